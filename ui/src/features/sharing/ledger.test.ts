import { describe, expect, it } from 'vitest';
import { createFake, type FakeOptions } from '$lib/ipc/fake';
import type { ShareView } from '$lib/ipc/generated';
import { Ledger, hasEnded, type ShareFilter } from './ledger.svelte';

const NOW = new Date('2026-11-22T00:00:00Z');
const byForm = ({ form }: ShareView) => form;

async function loaded(options: FakeOptions = {}) {
  const ledger = new Ledger(createFake({ stepMilliseconds: 1, ...options }));
  await ledger.load();
  return ledger;
}

describe('what was shared', () => {
  it('stands with the newest first', async () => {
    const { all } = await loaded();
    const times = all.map(({ created_at }) => created_at);
    expect(times).toEqual(times.toSorted().reverse());
    expect(all[0]?.form).toBe('link');
  });

  it('has ended when its end has passed, and never without an end', async () => {
    const [share] = (await loaded()).all;
    if (!share) throw new Error('the fake has shares');
    const at = new Date('2026-11-21T00:00:00Z');
    expect(hasEnded({ ...share, expires_at: '2026-11-20T23:59:59Z' }, at)).toBe(true);
    expect(hasEnded({ ...share, expires_at: '2026-11-21T23:59:59Z' }, at)).toBe(false);
    expect(hasEnded({ ...share, expires_at: null }, at)).toBe(false);
  });

  it.each([
    ['all', 8],
    ['open', 6],
    ['over', 2],
    ['concerns', 1],
  ] as const)('is filtered: %s', async (filter: ShareFilter, count) => {
    const ledger = await loaded();
    ledger.filter = filter;
    expect(ledger.found(NOW, byForm)).toHaveLength(count);
    expect(ledger.countOf(filter, NOW)).toBe(count);
  });

  it.each([
    ['bluewater', 4],
    ['okafor', 1],
    ['beausejour', 1],
    ['pdf', 1],
    ['nobody of this name', 0],
  ] as const)('is searched for %s', async (search, count) => {
    const ledger = await loaded();
    ledger.search = ` ${search} `;
    expect(ledger.found(NOW, byForm)).toHaveLength(count);
    ledger.showAll();
    expect(ledger.found(NOW, byForm)).toHaveLength(8);
  });

  it('needs no search where it is short', async () => {
    expect((await loaded({ empty: true })).worthSearching).toBe(false);
  });
});

describe('stopping a link', () => {
  const hosted = (ledger: Ledger) => {
    const share = ledger.all.find(({ stopping }) => stopping === 'possible');
    if (!share) throw new Error('the fake has a share that can be stopped');
    return share;
  };

  it('shows it as stopped', async () => {
    const ledger = await loaded();
    const share = hosted(ledger);
    expect((await ledger.stop(share)).stopping).toBe('stopped');
    expect(ledger.all.find(({ id }) => id === share.id)?.stopping).toBe('stopped');
  });

  it('that fails leaves it open, and can be tried again', async () => {
    const failing: FakeOptions['failing'] = { stop_share: { code: 'publisher_unreachable', params: { host: 'a.example' } } };
    const ledger = await loaded({ failing });
    const share = hosted(ledger);
    await expect(ledger.stop(share)).rejects.toMatchObject({ code: 'publisher_unreachable' });
    expect(hosted(ledger)).toEqual(share);
    delete failing.stop_share;
    expect((await ledger.stop(share)).stopping).toBe('stopped');
  });
});
