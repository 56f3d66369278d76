import { say, sayDate } from '$lib/words/words.svelte';
import { asVerdict } from './verdict';

interface Dates {
  readonly verdict: string;
  readonly awarded: string | null;
  readonly valid_from: string | null;
  readonly valid_until: string | null;
}

/** The one date that matters beside a verdict: when it ended, begins, ends, or was earned. */
export function sayStanding({ verdict, awarded, valid_from, valid_until }: Dates): string {
  const known = asVerdict(verdict);
  if (known === 'expired' && valid_until) return say('standing.ended', { date: sayDate(valid_until) });
  if (known === 'not_yet_valid' && valid_from) return say('standing.begins', { date: sayDate(valid_from) });
  if ((known === 'valid' || known === 'status_unknown') && valid_until) {
    return say('standing.until', { date: sayDate(valid_until) });
  }
  const earned = awarded ?? valid_from;
  return earned ? say('standing.earned', { date: sayDate(earned) }) : '';
}
