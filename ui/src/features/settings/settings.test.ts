import { flushSync, mount, unmount } from 'svelte';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { createFake } from '$lib/ipc/fake';
import { fakeDetails } from '$lib/ipc/fake/credentials';
import { words } from '$lib/words/words.svelte';
import KnowIssuer from './KnowIssuer.svelte';
import RegistryChoice from './RegistryChoice.svelte';
import { Settings, isEmail } from './settings.svelte';

beforeAll(() => {
  vi.stubGlobal('matchMedia', () => ({ matches: false, addEventListener: () => undefined }));
});

describe('the settings', () => {
  it('change language and colours at once', async () => {
    const settings = new Settings(createFake());
    await settings.load();
    await settings.change({ language: 'fr' });
    expect(words.language).toBe('fr');
    expect(document.documentElement.lang).toBe('fr-CA');
    await settings.change({ theme: 'dark', language: 'en' });
    expect(document.documentElement.dataset['theme']).toBe('dark');
    await settings.change({ theme: '' });
    expect(document.documentElement.dataset['theme']).toBe('light');
    expect(words.language).toBe('en');
  });

  it('leave a refused address as it was and name its field', async () => {
    const settings = new Settings(createFake());
    await settings.load();
    const before = settings.view?.verifier_url;
    expect(await settings.change({ verifier_url: 'http://insecure.example' })).toBe(false);
    expect(settings.errorAt).toBe('verifier_url');
    expect(settings.view?.verifier_url).toBe(before);
  });

  it('ask a registry only once it is chosen, and forget one that the learner added and removes', async () => {
    const settings = new Settings(createFake());
    await settings.load();
    const [own, offered] = settings.view?.registries ?? [];
    if (!own || !offered) throw new Error('no registries');
    expect([own.chosen, offered.chosen]).toEqual([true, false]);
    await settings.change({ registries: [{ ...offered, chosen: true }] });
    expect(settings.view?.registries.map(({ url, chosen }) => [url, chosen])).toEqual([[offered.url, true]]);
    expect(await settings.change({ registries: [{ ...offered, url: 'http://insecure.example', chosen: true }] })).toBe(false);
    expect(settings.errorAt).toBe('registries');
  });

  it('say of every registry who will be contacted', async () => {
    const settings = new Settings(createFake());
    await settings.load();
    const registries = settings.view?.registries ?? [];
    const target = document.createElement('div');
    const props = { registries, error: undefined, onchange: () => Promise.resolve(true) };
    const component = mount(RegistryChoice, { target, props });
    flushSync();
    for (const { url } of registries) expect(target.textContent).toContain(`${new URL(url).host} is contacted`);
    void unmount(component);
  });

  it('offer the address book only for an issuer that is shown to have signed', () => {
    const offered = (id: string) => {
      const view = fakeDetails().find((each) => each.id === id);
      if (!view) throw new Error(id);
      const settings = new Settings(createFake());
      return settings.load().then(() => {
        const target = document.createElement('div');
        const component = mount(KnowIssuer, { target, props: { view, settings } });
        flushSync();
        const found = target.querySelector('[data-testid="know-issuer"]') !== null;
        void unmount(component);
        return found;
      });
    };
    return Promise.all(['wound-care', 'welding', 'service-client', 'language-card'].map(offered)).then((found) =>
      expect(found).toEqual([true, false, false, false]),
    );
  });

  it.each([
    ['a@b.ca', true],
    [' amelie.tremblay@college.example ', true],
    ['amelie', false],
    ['a@b', false],
    ['a b@c.ca', false],
  ])('take %j for an e-mail address: %s', (text, answer) => {
    expect(isEmail(text)).toBe(answer);
  });
});
