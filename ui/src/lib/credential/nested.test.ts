import { flushSync, mount, unmount } from 'svelte';
import { afterEach, describe, expect, it } from 'vitest';
import { fakeDetails } from '$lib/ipc/fake/credentials';
import type { CheckView, NestedView, ReportView } from '$lib/ipc/generated';
import { words } from '$lib/words/words.svelte';
import Certificate from './Certificate.svelte';
import FourLines from './FourLines.svelte';
import Nested from './Nested.svelte';
import { enclosedIn, endorsementStanding, endorsementsIn } from './nested';
import { newerVersion, sayProofs } from './proofs';
import { spokenCode } from './spoken';
import { markOfCheck } from './verdict';

function detail(id: string) {
  const found = fakeDetails().find((each) => each.id === id);
  if (!found) throw new Error(id);
  return found;
}

function drawn(draw: (target: HTMLElement) => Record<string, unknown>, open = false): HTMLElement {
  const target = document.createElement('div');
  document.body.append(target);
  const component = draw(target);
  flushSync();
  if (open) {
    for (const details of target.querySelectorAll('details')) details.open = true;
    target.querySelectorAll('details').forEach((each) => each.dispatchEvent(new Event('toggle')));
    flushSync();
  }
  const copy = target.cloneNode(true) as HTMLElement;
  void unmount(component);
  target.remove();
  return copy;
}

const nested = (id: string, open = false) => {
  const { nested, credential } = detail(id);
  const props = { nested, associations: credential.associations, reader: 'learner' as const, level: 2 };
  return drawn((target) => mount(Nested, { target, props }), open);
};
const lines = (id: string) => {
  const { report, credential } = detail(id);
  return drawn((target) => mount(FourLines, { target, props: { report, credential, reader: 'learner' as const } }));
};
const text = (of: Element | null | undefined) => (of?.textContent ?? '').replace(/\s+/g, ' ');

afterEach(() => (words.language = 'en'));

describe('a record', () => {
  it('shows every credential inside with its own verdict, and says that none changes the outer one', () => {
    const page = nested('record');
    const verdicts = [...page.querySelectorAll('[data-testid="nested-credential"]')].map((each) =>
      each.getAttribute('data-verdict'),
    );
    expect(verdicts).toEqual(['valid', 'valid', 'revoked']);
    expect(text(page)).toContain('None of them changes the verdict on the record');
  });

  it('shows what is inside the inner ones once they are unfolded', () => {
    expect(nested('record').querySelector('[data-testid="endorsement"]')).toBeNull();
    expect(text(nested('record', true).querySelector('[data-testid="endorsement"]'))).toContain('Bluewater Health');
  });

  it('says in words how its parts relate, in both languages', () => {
    const relations = () => text(nested('record').querySelector('[data-testid="relations"]'));
    expect(relations()).toContain('“Personal Support Worker certificate” includes “Caring for Wound Infections”');
    words.language = 'fr';
    expect(relations()).toContain('Infections » précède');
  });

  it('hides nothing whose role this build does not know', () => {
    const { nested } = detail('record');
    const odd = nested.map((each): NestedView => ({ ...each, role: 'from_the_future' }));
    expect(enclosedIn(odd)).toHaveLength(3);
  });
});

describe('endorsements', () => {
  it('stand under what they endorse, each with its own verdict', () => {
    expect(endorsementsIn(detail('wound-care').nested).map(({ of, all }) => [of, all.length])).toEqual([
      ['endorses_achievement', 1],
      ['endorses_issuer', 1],
      ['endorses_something_else', 1],
    ]);
    const other = nested('wound-care').querySelector('[data-endorsed="endorses_something_else"]');
    expect(text(other)).toContain('not about the thing that it was put beside');
    expect(other?.querySelector('[data-verdict="unverifiable"]')).not.toBeNull();
    expect(text(other)).toContain('In the name of Friends of Lakehead');
  });

  it('are never called confirmed unless all of them hold', () => {
    const standing = (outcome: CheckView['outcome'], code: string) =>
      endorsementStanding({ checks: [{ check: 'endorsements', outcome, code }] } as unknown as ReportView);
    expect(standing('pass', 'endorsements_hold')).toBe('hold');
    expect(standing('inconclusive', 'endorsements_do_not_hold')).toBe('doubtful');
    expect(standing('inconclusive', 'endorsements_not_checked')).toBe('unchecked');
    expect(standing('skipped', 'skipped.proof_failed')).toBe('unchecked');
  });
});

describe('how it is proven', () => {
  it('is said for each form of signature', () => {
    expect(sayProofs(detail('wound-care').report)).toEqual(['Signature within the document (eddsa-rdfc-2022)']);
    expect(sayProofs(detail('language-card').report)).toEqual([
      'Signed token whose details can be shown one by one, ES256',
    ]);
    expect(sayProofs(detail('first-aid-2019').report)).toEqual([]);
  });

  it('counts several signatures and leaves out those that do not hold', () => {
    const { report } = detail('wound-care');
    const proof = report.checks.find(({ check }) => check === 'proof');
    if (!proof) throw new Error('no proof');
    const other: CheckView = { ...proof, params: { suite: 'RS256 (JWT)', created: '2026-03-12T00:00:00Z' } };
    const failed: CheckView = { ...proof, outcome: 'fail', code: 'signature_mismatch' };
    expect(sayProofs({ ...report, checks: [proof, other, failed] })).toEqual([
      'Signature 1 of 2: Signature within the document (eddsa-rdfc-2022)',
      'Signature 2 of 2: Signed token, RS256 (JWT), signed 12\u00a0March\u00a02026',
    ]);
  });

  it('never calls a badge signed that its issuer’s site vouches for', () => {
    const signer = text(lines('first-aid-2019').querySelector('[data-line="signer"]'));
    expect(signer).toContain('Hosted by Prairie Safety Council');
    expect(signer).not.toContain('Signed');
  });

  it('names the registry and both names where they differ', () => {
    const signer = text(lines('wound-care').querySelector('[data-line="signer"]'));
    expect(signer).toContain('Registry of Maritime Colleges lists this issuer as Lakehead Valley College');
    expect(signer).toContain('The issuer calls itself');
  });

  it('says beside a good seal that a schema is not kept to or a pinned file was exchanged', () => {
    const { report, credential } = detail('wound-care');
    const flaw = (check: string, code: string): CheckView => ({
      check,
      code,
      outcome: 'fail',
      purpose: null,
      params: { host: 'schemas.example', expected: 'name', count: '1' },
      pointer: null,
    });
    const checks = [...report.checks, flaw('schema', 'schema_violated'), flaw('related', 'digest_mismatch')];
    const props = { report: { ...report, checks }, credential, reader: 'learner' as const };
    const page = text(drawn((target) => mount(FourLines, { target, props })).querySelector('[data-line="intact"]'));
    expect(page).toContain('schemas.example');
    expect(page).toContain('not what was pinned');
    expect(checks.slice(-2).map(markOfCheck)).toEqual(['unverifiable', 'unverifiable']);
  });

  it('shows an issuer’s message beside the status without making it one', () => {
    expect(text(lines('record').querySelector('[data-line="current"]'))).toContain('“under review until spring”');
  });
});

describe('a credential in its own terms', () => {
  it('shows every claim and what was disclosed, and misses nothing that only a badge has', () => {
    const { credential, report } = detail('language-card');
    const props = { credential, report, verdict: report.verdict };
    const page = drawn((target) => mount(Certificate, { target, props }));
    expect(text(page.querySelector('[data-testid="claims"]'))).toContain('level / listening C1');
    expect(text(page.querySelector('[data-testid="selection"]'))).toContain('3 of at most 6 details');
    expect(text(page)).not.toContain('Not stated by the issuer');
  });
});

describe('a newer version', () => {
  it.each([
    ['refresh', 'newer_version', 'known'],
    ['refresh', 'no_newer_version', 'none'],
    ['refresh', 'skipped.refresh_not_asked', 'offered'],
    ['status', 'status_notice', 'known'],
    ['status', 'status_clear', 'none'],
  ] as const)('by the check %s with %s is %s', (check, code, expected) => {
    const found = { check, code, purpose: check === 'status' ? 'refresh' : null, outcome: 'pass', params: {}, pointer: null };
    expect(newerVersion({ checks: [found] } as unknown as ReportView)).toBe(expected);
  });
});

describe('the sentence of a check', () => {
  it.each([
    ['status_notice', { message: 'wait' }, 'status_message'],
    ['status_notice', { purpose: 'refresh' }, 'status_newer'],
    ['status_notice', {}, 'status_notice'],
    ['revoked', { reason: 'error' }, 'revoked_because'],
    ['status_unreachable', { last_known: 'clear' }, 'status_last_known'],
    ['status_unreachable', { last_known: 'set' }, 'status_unreachable'],
  ])('%s with %j is that of %s', (code, params, expected) => {
    expect(spokenCode({ code, params: params as Record<string, string> })).toBe(expected);
  });
});
