import type { NestedView, ReportView } from '$lib/ipc/generated';

/** What an endorsement can be of, in the order in which it is shown. */
export const ENDORSED = [
  'endorses_achievement',
  'endorses_credential',
  'endorses_issuer',
  'endorses_subject',
  'endorses_something_else',
] as const;

export type Endorsed = (typeof ENDORSED)[number];

/** The credentials that a record collects. A role that this build does not know is shown among them, never hidden. */
export const enclosedIn = (nested: readonly NestedView[]): NestedView[] =>
  nested.filter(({ role }) => !ENDORSED.some((each) => each === role));

/** The endorsements, under what they endorse. */
export function endorsementsIn(nested: readonly NestedView[]): { of: Endorsed; all: NestedView[] }[] {
  return ENDORSED.map((of) => ({ of, all: nested.filter(({ role }) => role === of) })).filter(
    ({ all }) => all.length > 0,
  );
}

/** What may be said of the endorsements as a whole. */
export type EndorsementStanding = 'hold' | 'doubtful' | 'unchecked';

export function endorsementStanding({ checks }: ReportView): EndorsementStanding {
  const found = checks.find(({ check }) => check === 'endorsements');
  if (found?.outcome === 'pass') return 'hold';
  return found?.code === 'endorsements_do_not_hold' ? 'doubtful' : 'unchecked';
}

/** Who says it, as far as it says so itself. */
export const nameOf = ({ credential }: NestedView): string =>
  credential?.issuer.name?.text ?? credential?.issuer.host ?? credential?.issuer.id ?? '';
