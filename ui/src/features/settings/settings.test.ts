import { beforeAll, describe, expect, it, vi } from 'vitest';
import { createFake } from '$lib/ipc/fake';
import { words } from '$lib/words/words.svelte';
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
