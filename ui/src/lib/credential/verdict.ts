import type { CheckView, LineView } from '$lib/ipc/generated';

/** Every verdict, from best to worst. */
export const VERDICTS = [
  'valid',
  'status_unknown',
  'not_yet_valid',
  'expired',
  'suspended',
  'revoked',
  'unverifiable',
  'invalid',
  'rejected',
] as const;

export type Verdict = (typeof VERDICTS)[number];

/** The verdict of that name. A name that this build does not know counts as not verified, never as good. */
export function asVerdict(name: string): Verdict {
  return VERDICTS.find((verdict) => verdict === name) ?? 'unverifiable';
}

/** The colour family that repeats what shape and word say. */
export type Tone = 'good' | 'care' | 'bad' | 'none';

const TONES: Record<Verdict, Tone> = {
  valid: 'good',
  status_unknown: 'none',
  not_yet_valid: 'care',
  expired: 'care',
  suspended: 'care',
  revoked: 'bad',
  unverifiable: 'none',
  invalid: 'bad',
  rejected: 'none',
};

export const toneOf = (verdict: Verdict): Tone => TONES[verdict];

/** Whether the checks established who signed it, so that it may be read as that issuer's word. */
export function isAuthored(verdict: Verdict): boolean {
  return verdict !== 'invalid' && verdict !== 'unverifiable' && verdict !== 'rejected';
}

/** How many there are of each verdict, best first; verdicts that do not occur are left out. */
export function countVerdicts(verdicts: readonly string[]): { verdict: Verdict; count: number }[] {
  const known = verdicts.map(asVerdict);
  return VERDICTS.map((verdict) => ({ verdict, count: known.filter((each) => each === verdict).length })).filter(
    ({ count }) => count > 0,
  );
}

/** A mark: the seal of a verdict, or the one for a question that did not arise. */
export type Mark = Verdict | 'nothing';

const MARK_OF_CODE: Readonly<Record<string, Mark>> = {
  revoked: 'revoked',
  suspended: 'suspended',
  expired: 'expired',
  proof_expired: 'expired',
  not_yet_valid: 'not_yet_valid',
  proof_created_in_future: 'not_yet_valid',
};

/** The mark beside one of the four plain lines. */
export function markOfLine({ line, state, code }: LineView): Mark {
  if (state === 'yes') return 'valid';
  // Being about somebody else is no fault of the credential.
  if (line === 'about') return code.startsWith('skipped.') || code.startsWith('absent.') ? 'nothing' : 'unverifiable';
  if (state === 'unknown') return line === 'current' ? 'status_unknown' : 'unverifiable';
  return MARK_OF_CODE[code] ?? (state === 'care' ? 'expired' : 'invalid');
}

/** Checks on which the verdict does not rest: their "no" is no mark against the credential itself. */
const BESIDE_THE_VERDICT = new Set([
  'refresh',
  'schema',
  'related',
  'recipient',
  'enclosed',
  'endorsements',
  'recognition',
]);

/** The mark beside a check. */
export function markOfCheck({ check, outcome, code }: CheckView): Mark {
  switch (outcome) {
    case 'pass':
      return 'valid';
    case 'fail':
      return BESIDE_THE_VERDICT.has(check) ? 'unverifiable' : (MARK_OF_CODE[code] ?? 'invalid');
    case 'inconclusive':
      return check === 'status' ? 'status_unknown' : 'unverifiable';
    case 'absent':
    case 'skipped':
      return 'nothing';
  }
}
