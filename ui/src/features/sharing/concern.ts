import type { ConcernView } from '$lib/ipc/generated';
import { VERDICTS } from '$lib/credential/verdict';
import { say, sayCode, sayDate, sayMoment } from '$lib/words/words.svelte';

const isVerdict = (code: string): boolean => (VERDICTS as readonly string[]).includes(code);

/** The first value that is given under one of these names. */
const first = (params: ConcernView['params'], ...names: string[]): string | undefined =>
  names.map((name) => params[name]).find((value) => value !== undefined && value !== '');

/** What there is to know, in words. */
export function sayConcern({ code, params }: ConcernView): string {
  if (isVerdict(code)) return sayCode(`verdict.${code}`);
  switch (code) {
    case 'not_about_me':
      return say('concern.not_about_me');
    case 'ends_soon':
      return say('concern.ends_soon', { date: sayDate(first(params, 'until', 'date') ?? '') });
    case 'old_check':
      return say('concern.old_check', { moment: sayMoment(first(params, 'when', 'checked_at', 'as_of') ?? '') });
    case 'removed':
      return say('concern.removed');
    default:
      return sayCode(`code.${code}`, params);
  }
}

/** The seal that goes with it: a verdict's own, or none where it says nothing about the credential itself. */
export const sealOf = ({ code }: ConcernView): string | null => (isVerdict(code) ? code : null);
