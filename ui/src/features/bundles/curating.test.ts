import { describe, expect, it, vi } from 'vitest';
import { createFake } from '$lib/ipc/fake';
import { Disclosures, isShown, parentOf } from './disclosure.svelte';
import { Suggestion } from './suggest.svelte';
import { BundleVersions } from './versions.svelte';

const claim = (key: string) => ({ key, path: key.slice(1).split('/'), value: '' });
const claims = ['/level', '/level/listening', '/level/speaking', '/levels'].map(claim);

describe('what is left out of a credential', () => {
  it.each([
    ['/level', [], true],
    ['/level', ['/level'], false],
    ['/level/listening', ['/level'], false],
    ['/levels', ['/level'], true],
    ['/level', ['/level/listening'], true],
  ] as const)('%s with %j left out is shown: %s', (key, withheld, shown) => {
    expect(isShown(claim(key), withheld)).toBe(shown);
  });

  it('takes along what is inside it', () => {
    expect(parentOf(claim('/level/listening'), claims)?.key).toBe('/level');
    expect(parentOf(claim('/levels'), claims)).toBeUndefined();
  });

  it('is offered only where the issuer’s signature allows it, and asked once for each', async () => {
    const backend = createFake();
    const call = vi.spyOn(backend, 'call');
    const disclosures = new Disclosures(backend);
    await Promise.all([disclosures.ask('wound-care'), disclosures.ask('wound-care'), disclosures.ask('language-card')]);
    expect(call).toHaveBeenCalledTimes(2);
    expect(disclosures.of('wound-care')).toEqual({ by: 'none', claims: [] });
    expect(disclosures.of('language-card')?.by).toBe('sd_jwt');
  });

  it('can be asked again after a failure', async () => {
    const failing: Record<string, { code: string; params: Record<string, string> }> = {
      disclosable: { code: 'internal', params: {} },
    };
    const disclosures = new Disclosures(createFake({ failing }));
    await disclosures.ask('language-card');
    expect(disclosures.error?.code).toBe('internal');
    delete failing['disclosable'];
    await disclosures.ask('language-card');
    expect(disclosures.of('language-card')?.claims.length).toBeGreaterThan(0);
  });
});

describe('a suggestion from a job posting', () => {
  const posting = 'Personal support worker\nWe look for wound assessment and infection control. Nutrition is an asset.';

  it('chooses what fits and is valid, the best first, without what is in the bundle', async () => {
    const suggestion = new Suggestion(createFake());
    suggestion.posting = posting;
    await suggestion.find(['menus-sante']);
    expect(suggestion.found?.suggested[0]?.credential.id).toBe('wound-care');
    expect(suggestion.found?.suggested[0]?.matched).toContain('Wound assessment');
    expect(suggestion.picked.map(({ id }) => id)).toEqual(['wound-care', 'record']);
    suggestion.choose('wound-care', false);
    expect(suggestion.picked.map(({ id }) => id)).toEqual(['record']);
  });

  it('asks nothing without a text, and forgets the text afterwards', async () => {
    const backend = createFake();
    const call = vi.spyOn(backend, 'call');
    const suggestion = new Suggestion(backend);
    suggestion.posting = '  \n';
    await suggestion.find([]);
    expect(call).not.toHaveBeenCalled();
    suggestion.posting = posting;
    await suggestion.find([]);
    suggestion.forget();
    expect([suggestion.posting, suggestion.found, suggestion.chosen.size]).toEqual(['', null, 0]);
  });
});

describe('earlier versions of a bundle', () => {
  it('are listed with the newest first and gone back to', async () => {
    const versions = new BundleVersions(createFake());
    await versions.load('bundle-bluewater');
    expect(versions.all.map(({ version }) => version)).toEqual([2, 1]);
    const [, first] = versions.all;
    if (!first) throw new Error('the fake has two versions');
    const done = await versions.restore('bundle-bluewater', first);
    expect(done?.bundle).toMatchObject({ version: 3, note: null });
    expect(done?.missing).toBe(0);
  });

  it('say how many of their credentials are no longer in the wallet', async () => {
    const backend = createFake();
    const versions = new BundleVersions(backend);
    await versions.load('bundle-bluewater');
    await backend.call('remove_credential', { id: 'wound-care' });
    const [, first] = versions.all;
    if (!first) throw new Error('the fake has two versions');
    const done = await versions.restore('bundle-bluewater', first);
    expect(done?.missing).toBe(1);
    expect(done?.bundle.credentials.map(({ id }) => id)).toEqual(['menus-sante']);
  });

  it('stay as they are where going back fails', async () => {
    const error = { code: 'bundle_version_not_found', params: {} };
    const versions = new BundleVersions(createFake({ failing: { restore_bundle: error } }));
    await versions.load('bundle-bluewater');
    const [newest] = versions.all;
    if (!newest) throw new Error('the fake has two versions');
    expect(await versions.restore('bundle-bluewater', newest)).toBeNull();
    expect(versions.error).toEqual(error);
  });
});
