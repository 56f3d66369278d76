import { describe, expect, it } from 'vitest';
import { createFake } from '$lib/ipc/fake';
import { CredentialList } from './list.svelte';

async function loaded() {
  const list = new CredentialList(createFake({ stepMilliseconds: 1 }));
  await list.load();
  return list;
}

describe('the list', () => {
  it('counts current and doubtful, and together they are all', async () => {
    const list = await loaded();
    expect(list.counts).toEqual({ all: 13, current: 6, needs_a_look: 7 });
    list.filter = 'current';
    expect(list.shown.every(({ verdict }) => verdict === 'valid')).toBe(true);
    list.filter = 'needs_a_look';
    expect(list.shown.some(({ verdict }) => verdict === 'valid')).toBe(false);
  });

  it('counts within what the search finds', async () => {
    const list = await loaded();
    await list.find('secour');
    expect(list.counts.all).toBe(1);
    expect(list.shown[0]?.title.text).toBe('Secourisme général');
    await list.find('');
    expect(list.counts.all).toBe(13);
  });

  it('drops a search that a later one has overtaken', async () => {
    const fake = createFake();
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    const list = new CredentialList({
      ...fake,
      call: async (name, request) => {
        if (name === 'list_credentials' && (request as { search: string }).search === 'cpr') await held;
        return fake.call(name, request);
      },
    });
    await list.load();
    const slow = list.find('cpr');
    await list.find('welding');
    release();
    await slow;
    expect(list.shown.map(({ id }) => id)).toEqual(['welding']);
  });

  it.each([
    ['newest', 'apprentice'],
    ['title', 'apprentice'],
    ['issuer', 'welding'],
    ['ending', 'cpr'],
    ['received', 'first-aid-2019'],
  ] as const)('in the order %s begins with %s', async (sort, first) => {
    const list = await loaded();
    list.sort = sort;
    expect(list.shown[0]?.id).toBe(first);
  });

  it('tells an error and can be asked again', async () => {
    const list = new CredentialList(createFake({ failing: { list_credentials: { code: 'wallet_locked', params: {} } } }));
    await list.load();
    expect(list.error?.code).toBe('wallet_locked');
    expect(list.loaded).toBe(true);
  });
});
