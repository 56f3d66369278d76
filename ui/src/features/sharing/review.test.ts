import { afterEach, describe, expect, it, vi } from 'vitest';
import { createFake } from '$lib/ipc/fake';
import type { ConcernView } from '$lib/ipc/generated';
import { words } from '$lib/words/words.svelte';
import { sayConcern, sealOf } from './concern';
import { Review, reviewOf } from './review.svelte';

const NOW = new Date('2026-11-22T00:00:00Z');
const concern = (code: string, params: Record<string, string> = {}): ConcernView => ({
  credential: 'a',
  title: 'A',
  code,
  params,
});

afterEach(() => (words.language = 'en'));

describe('the review before sharing', () => {
  it('is empty where all is well', async () => {
    const backend = createFake();
    const review = new Review(backend, () => backend.call('review_bundle', { id: 'bundle-cuisine' }));
    await review.load();
    expect(review.byCredential).toEqual([]);
    expect(review.error).toBeNull();
  });

  it('names each credential once with all that is to be known', async () => {
    const concerns = [concern('expired'), concern('old_check', { when: '2026-01-01T00:00:00Z' })];
    const review = new Review(createFake(), () => Promise.resolve({ concerns, checked_at: null }));
    await review.load();
    expect(review.byCredential).toEqual([{ credential: 'a', title: 'A', concerns }]);
  });

  it('asks again only about those that there is something to say about', async () => {
    const backend = createFake({ stepMilliseconds: 1 });
    const call = vi.spyOn(backend, 'call');
    const review = new Review(backend, () => backend.call('review_bundle', { id: 'bundle-bluewater' }));
    await review.load();
    await review.askAgain();
    expect(call).toHaveBeenCalledWith('refresh', { ids: ['ppe'] });
    expect(review.asking).toBe(false);
  });

  it('that fails stops nobody', async () => {
    const review = new Review(createFake(), () => Promise.reject(Object.assign(new Error(), { code: 'bundle_not_found', params: {} })));
    await review.load();
    expect(review.error?.code).toBe('bundle_not_found');
    expect(review.byCredential).toEqual([]);
  });
});

describe('the review of a single credential', () => {
  async function codes(id: string, change: { until?: string; checked?: string } = {}) {
    const detail = await createFake().call('show_credential', { id });
    const credential = { ...detail.credential, valid_until: change.until ?? detail.credential.valid_until };
    const report = { ...detail.report, checked_at: change.checked ?? detail.report.checked_at };
    return reviewOf({ ...detail, credential, report }, NOW).concerns.map(({ code }) => code);
  }

  it.each([
    ['wound-care', {}, []],
    ['forklift', {}, ['revoked']],
    ['wound-care', { until: '2026-12-10T00:00:00Z' }, ['ends_soon']],
    ['wound-care', { checked: '2026-10-01T00:00:00Z' }, ['old_check']],
    ['forklift', { until: '2026-12-10T00:00:00Z' }, ['revoked']],
  ] as const)('%s with %j', async (id, change, expected) => {
    expect(await codes(id, change)).toEqual(expected);
  });
});

describe('a concern in words', () => {
  it.each([
    ['revoked', {}, 'Revoked by the issuer', 'revoked'],
    ['ends_soon', { until: '2026-12-01T00:00:00Z' }, 'Ends soon, on 1\u00a0December\u00a02026', null],
    ['removed', {}, 'No longer in your wallet', null],
  ] as const)('%s', (code, params, text, seal) => {
    expect(sayConcern(concern(code, params))).toBe(text);
    expect(sealOf(concern(code, params))).toBe(seal);
  });

  it('that this build does not know is named rather than hidden', () => {
    expect(sayConcern(concern('from_the_future'))).toContain('from_the_future');
  });
});
