import { CHECKED_AT } from './credentials';
import { report } from './reports';
import type { CredentialDetailView, PresentationView, PresentedCredentialView } from '../generated';

/** What a reader sees of these credentials. */
export function fakePresentation(
  details: readonly CredentialDetailView[],
  title: string,
  note: string | null,
  curated: { audience?: string | null; hiddenParts?: readonly string[]; notes?: Readonly<Record<string, string | undefined>> } = {},
): PresentationView {
  const { audience = null, hiddenParts = [], notes = {} } = curated;
  const credentials: PresentedCredentialView[] = details.map(({ id, credential, report, nested }) => ({
    credential,
    report,
    nested,
    error: null,
    error_params: {},
    note: notes[id] ?? null,
    verdict: report.verdict,
  }));
  return {
    holder: 'did:key:z6MkfFakeLearnerKeyForDesignWorkOnly1111111111',
    title,
    note,
    audience,
    hidden_parts: [...hiddenParts],
    earner: 'Amélie Tremblay',
    valid_until: null,
    created: CHECKED_AT,
    report: { ...report('valid', CHECKED_AT, { host: 'lakeheadvalley.example' }), asked: [] },
    verdict: 'valid',
    credentials,
  };
}
