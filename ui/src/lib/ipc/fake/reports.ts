import type { CheckOutcome, CheckView, LineState, LineView, ReportView } from '../generated';

type Params = Record<string, string>;

/** What a fake report says of one check. */
export interface Finding {
  readonly outcome: CheckOutcome;
  readonly code: string;
  readonly params?: Params;
}

export interface Findings {
  readonly host: string;
  readonly conformance?: Finding;
  readonly proof?: Finding;
  readonly issuer?: Finding;
  readonly validity?: Finding;
  readonly status?: Finding;
  readonly recipient?: Finding;
  readonly endorsements?: Finding;
  readonly recognition?: Finding;
  readonly refresh?: Finding;
  readonly schema?: Finding;
  readonly related?: Finding;
  readonly enclosed?: Finding;
  /** What further statuses say, by purpose. */
  readonly statuses?: Readonly<Record<string, Finding>>;
  readonly suite?: string;
}

const STATE: Record<CheckOutcome, LineState> = {
  pass: 'yes',
  fail: 'no',
  inconclusive: 'unknown',
  absent: 'unknown',
  skipped: 'unknown',
};

const OUT_OF_DATES = new Set(['expired', 'not_yet_valid', 'suspended']);

function check(name: string, finding: Finding, purpose: string | null = null): CheckView {
  return { check: name, purpose, outcome: finding.outcome, code: finding.code, params: finding.params ?? {}, pointer: null };
}

function line(name: LineView['line'], { outcome, code, params = {} }: Finding): LineView {
  return { line: name, state: OUT_OF_DATES.has(code) ? 'care' : STATE[outcome], code, params };
}

/** A report as the wallet would write it, from what its checks found. */
export function report(verdict: string, checkedAt: string, findings: Findings): ReportView {
  const { host } = findings;
  const asOf = { as_of: checkedAt };
  const conformance = findings.conformance ?? { outcome: 'pass', code: 'conforms' };
  const proof = findings.proof ?? { outcome: 'pass', code: 'signature_holds', params: { suite: findings.suite ?? 'eddsa-rdfc-2022' } };
  const issuer = findings.issuer ?? { outcome: 'pass', code: 'issuer_lists_key', params: { host, ...asOf } };
  const validity = findings.validity ?? { outcome: 'pass', code: 'never_expires' };
  const status = findings.status ?? {
    outcome: 'pass',
    code: 'status_clear',
    params: { purpose: 'revocation', host, ...asOf },
  };
  const recipient = findings.recipient ?? {
    outcome: 'pass',
    code: 'identifier_matches',
    params: { email: 'a…@gmail.com' },
  };
  const intact = conformance.outcome === 'pass' ? proof : conformance;
  const current =
    status.outcome === 'pass' && validity.outcome === 'pass'
      ? ({ outcome: 'pass', code: status.code === 'not_listed_as_revoked' ? 'still_good_by_site' : 'still_good', params: { host, ...asOf } } satisfies Finding)
      : status.outcome === 'pass'
        ? validity
        : status;
  return {
    verdict,
    checked_at: checkedAt,
    asked: [host],
    lines: [line('intact', intact), line('signer', issuer), line('current', current), line('about', recipient)],
    checks: [
      check('conformance', conformance),
      check('proof', proof),
      check('issuer', issuer),
      check('validity', validity),
      check('status', status, status.outcome === 'absent' ? null : 'revocation'),
      ...Object.entries(findings.statuses ?? {}).map(([purpose, finding]) => check('status', finding, purpose)),
      ...(findings.refresh ? [check('refresh', findings.refresh)] : []),
      ...(findings.schema ? [check('schema', findings.schema)] : []),
      ...(findings.related ? [check('related', findings.related)] : []),
      check('recipient', recipient),
      ...(findings.enclosed ? [check('enclosed', findings.enclosed)] : []),
      check('endorsements', findings.endorsements ?? { outcome: 'absent', code: 'absent.endorsements' }),
      check('recognition', findings.recognition ?? { outcome: 'skipped', code: 'skipped.no_registry_asked' }),
    ],
    resources: [
      { url: `https://${host}/.well-known/did.json`, from: 'network', fetched_at: checkedAt, failure: null },
      status.outcome === 'inconclusive'
        ? { url: `https://${host}/status/3`, from: 'failed', fetched_at: null, failure: status.params?.['failure'] ?? 'timed_out' }
        : { url: `https://${host}/status/3`, from: 'network', fetched_at: checkedAt, failure: null },
    ],
    contexts: ['https://www.w3.org/ns/credentials/v2 2025-05', 'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json 2024-09'],
  };
}
