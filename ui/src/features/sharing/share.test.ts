import { describe, expect, it, vi } from 'vitest';
import { createFake } from '$lib/ipc/fake';
import { hasEnded } from './ledger.svelte';
import { Sharing, formsInOrder, lastDay } from './share.svelte';

const today = new Date(2026, 0, 31);

describe('how long a share counts', () => {
  it.each([
    ['none', '', null],
    ['month', '', '2026-02-28'],
    ['half_year', '', '2026-07-31'],
    ['year', '', '2027-01-31'],
    ['date', '2026-12-24', '2026-12-24'],
  ] as const)('for %s', (term, chosen, day) => {
    expect(lastDay(term, chosen, today)).toBe(day);
  });

  it('has ended when its end has passed, and never without an end', async () => {
    const [share] = await createFake().call('list_shares', {});
    if (!share) throw new Error('the fake has shares');
    const at = new Date('2026-11-21T00:00:00Z');
    expect(hasEnded({ ...share, expires_at: '2026-11-20T23:59:59Z' }, at)).toBe(true);
    expect(hasEnded({ ...share, expires_at: '2026-11-21T23:59:59Z' }, at)).toBe(false);
    expect(hasEnded({ ...share, expires_at: null }, at)).toBe(false);
  });
});

describe('sharing', () => {
  const sharing = (pageIsSet = true, bundle = () => Promise.resolve('bundle-bluewater')) =>
    new Sharing(createFake({ page: pageIsSet }), bundle, 'For Bluewater Health', 3, pageIsSet);

  it('leads with the forms that need no page where there is none', () => {
    expect(formsInOrder(true)[0]).toBe('link');
    expect(formsInOrder(false)[0]).toBe('json');
    expect(sharing(false).form).toBe('json');
  });

  it('makes no bundle before the learner decides', async () => {
    const bundle = vi.fn(() => Promise.resolve('bundle-bluewater'));
    const task = sharing(true, bundle);
    task.another();
    expect(bundle).not.toHaveBeenCalled();
    await task.create(today);
    expect(bundle).toHaveBeenCalledOnce();
  });

  it('gives a link that opens in a browser', async () => {
    const task = sharing();
    await task.create(today);
    expect(task.share?.link).toMatch(/^https:\/\/verify\.attesta\.example\/#1/);
    expect(task.share?.opens_in_browser).toBe(true);
  });

  it('saves a file as soon as it is made, and says where', async () => {
    const task = sharing();
    task.form = 'json';
    await task.create(today);
    expect(task.savedTo).toBe('/home/amelie/Documents/attesta.json');
  });

  it('asks for the date where one was promised', async () => {
    const task = sharing();
    task.term = 'date';
    await task.create(today);
    expect(task.share).toBeNull();
    expect(task.error?.code).toBe('expiry_malformed');
  });
});
