import type { Decision, ImportOutcome, ImportResultView, Relation, StagedView } from '$lib/ipc/generated';

const CHOICES: Readonly<Record<Relation, readonly Decision[]>> = {
  new: ['keep', 'decline'],
  duplicate: ['decline'],
  newer: ['replace', 'keep', 'decline'],
  older: ['decline', 'keep'],
  same_award: ['keep', 'replace', 'decline'],
};

/** Verdicts of what nobody can show to be its issuer’s. */
const NOBODYS: readonly string[] = ['rejected', 'invalid', 'unverifiable'];

/**
 * What can become of a credential that came; the likeliest first. Of one that is kept already, nothing. What nobody can
 * show to be the issuer’s takes the place of none that is: the wallet would keep it beside.
 */
export function choicesOf({ relation, suggested, verdict, related }: StagedView): readonly Decision[] {
  const pushesAside = NOBODYS.includes(verdict) && related !== null && !NOBODYS.includes(related.verdict);
  const choices = CHOICES[relation].filter((choice) => choice !== 'replace' || !pushesAside);
  return choices.includes(suggested) ? choices : [suggested, ...choices];
}

/** Whether there is anything to decide: what is kept already stays as it is. */
export const isOpen = ({ relation }: StagedView): boolean => relation !== 'duplicate';

/** Whether what it is related to came with it, and is not in the wallet. */
export const isHere = ({ related }: StagedView, staged: readonly StagedView[]): boolean =>
  related !== null && staged.some(({ id }) => id === related.id);

/** How it is kept where the learner wants all that came: in its predecessor's place where it is a newer version. */
export function keepingOf(staged: StagedView): Decision {
  const { relation, suggested } = staged;
  if (!isOpen(staged)) return suggested;
  if (suggested !== 'decline') return suggested;
  return relation === 'newer' ? 'replace' : 'keep';
}

/** What became of a credential, as the learner reads it: with the record to open, even where nothing was done. */
export interface Outcome {
  readonly outcome: ImportOutcome;
  readonly id: string | null;
  readonly name: string | null;
  readonly verdict: string | null;
  readonly error: ImportResultView['error'];
}

/** Puts what was decided beside what became of it. Leaving a duplicate alone is no refusal. */
export function outcomesOf(staged: readonly StagedView[], results: readonly ImportResultView[]): Outcome[] {
  return results.map((result, index) => {
    const came = staged[index];
    const untouched = result.outcome === 'declined' && came?.relation === 'duplicate';
    return {
      outcome: untouched ? 'duplicate' : result.outcome,
      id: result.id ?? (untouched ? recordOf(came, staged, results) : null),
      name: result.name ?? came?.credential.title.text ?? null,
      verdict: result.verdict ?? came?.verdict ?? null,
      error: result.error,
    };
  });
}

/** The record that a duplicate stands for; of a twin that came with it, what became of that one. */
function recordOf({ related }: StagedView, staged: readonly StagedView[], results: readonly ImportResultView[]): string | null {
  if (related === null) return null;
  const twin = staged.findIndex(({ id }) => id === related.id);
  return twin === -1 ? related.id : (results[twin]?.id ?? null);
}

/** Whether it ended up in the wallet. */
export const isKept = ({ outcome, id }: Outcome): boolean =>
  outcome === 'duplicate' ? id !== null : outcome !== 'failed' && outcome !== 'declined';
