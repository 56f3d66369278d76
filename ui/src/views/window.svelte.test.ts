import { flushSync } from 'svelte';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { createFake, type FakeOptions } from '$lib/ipc/fake';
import { WindowState } from './window.svelte';

const one = { kind: 'text', text: 'https://one.example/claim' } as const;
const two = { kind: 'text', text: 'https://two.example/claim' } as const;
const hosts = (state: WindowState) => state.task.selection.hosts;
let stop: () => void = () => undefined;

/** The window's state, as it keeps its promise that what waits has its turn once every dialog is closed. */
async function open(options: FakeOptions = {}) {
  const fake = createFake({ stepMilliseconds: 5, empty: true, ...options });
  const state = new WindowState(fake);
  const end = await state.start();
  const effects = $effect.root(() => {
    $effect(() => state.serve());
  });
  stop = () => {
    end();
    effects();
  };
  return { fake, state };
}

beforeAll(() => {
  vi.stubGlobal('matchMedia', () => ({ matches: false, addEventListener: () => undefined }));
});

afterEach(() => stop());

describe('what the system hands over', () => {
  it('before the window is there is offered at its start, and nobody is asked', async () => {
    const { state } = await open({ arrivals: [one] });
    await vi.waitFor(() => expect(state.task.stage.at).toBe('offer'));
    expect(state.importing).toBe(true);
    expect(hosts(state)).toEqual(['one.example']);
    expect(state.task.steps).toEqual([]);
  });

  it('while the window is open is offered too', async () => {
    const { state, fake } = await open();
    expect(state.importing).toBe(false);
    fake.arrive(one);
    await vi.waitFor(() => expect(hosts(state)).toEqual(['one.example']));
  });

  it('as files is read by their paths', async () => {
    const { state } = await open({ arrivals: [{ kind: 'files', paths: ['/home/amelie/badge.json'] }] });
    await vi.waitFor(() => expect(state.task.selection.picked).toMatchObject([{ kind: 'document' }]));
  });

  it('while something is under way waits its turn', async () => {
    const { state, fake } = await open({ arrivals: [one] });
    await vi.waitFor(() => expect(state.task.stage.at).toBe('offer'));
    const done = state.task.confirm();
    fake.arrive(two);
    await vi.waitFor(() => expect(state.arrivals.waiting).toHaveLength(1));
    await done;
    expect(state.task.stage.at).toBe('review');
    expect(state.task.staged.map(({ item }) => item)).toEqual([one.text]);
    state.importing = false;
    state.task.reset();
    flushSync();
    await vi.waitFor(() => expect(hosts(state)).toEqual(['two.example']));
    expect(state.importing).toBe(true);
    expect(state.arrivals.waiting).toEqual([]);
  });

  it('as several things is offered one after the other', async () => {
    const { state } = await open({ arrivals: [one, two] });
    await vi.waitFor(() => expect(hosts(state)).toEqual(['one.example']));
    expect(state.arrivals.waiting).toHaveLength(1);
    state.next();
    await vi.waitFor(() => expect(hosts(state)).toEqual(['two.example']));
  });

  it('while another dialog is open waits until it is closed', async () => {
    const { state, fake } = await open();
    state.choosingOpen = true;
    fake.arrive(one);
    await vi.waitFor(() => expect(state.arrivals.waiting).toHaveLength(1));
    expect(state.importing).toBe(false);
    state.choosingOpen = false;
    flushSync();
    await vi.waitFor(() => expect(hosts(state)).toEqual(['one.example']));
  });

  it('is never more than can wait', async () => {
    const { state } = await open({ arrivals: Array.from({ length: 100 }, () => one) });
    await vi.waitFor(() => expect(state.task.stage.at).toBe('offer'));
    expect(state.arrivals.waiting.length).toBeLessThanOrEqual(32);
  });
});

describe('an address that a mail came to', () => {
  it('joins the learner’s own when they say so', async () => {
    const { state } = await open();
    expect(await state.addAddress('amelie@school.example')).toBe(true);
    expect(state.settings.view?.emails).toEqual(['amelie.tremblay@gmail.example', 'amelie@school.example']);
  });
});

describe('what somebody shares', () => {
  it('opens at once where it is not locked', async () => {
    const { state } = await open();
    await state.openShare('https://verify.attesta.example/#1u');
    expect(state.received?.title).toBe('For Bluewater Health');
    expect(state.sealed).toBeNull();
  });

  it('waits for its passphrase where it is locked, and says when one does not fit', async () => {
    const { state } = await open();
    await state.openShare('sealed');
    expect(state.sealed).toEqual({ text: 'sealed', error: null });
    expect(state.occupied).toBe(true);
    await state.openShare('sealed', 'another passphrase');
    expect(state.sealed?.error?.code).toBe('passphrase_wrong');
    expect(state.received).toBeNull();
    await state.openShare('sealed', 'lake-cedar-amber');
    expect(state.sealed).toBeNull();
    expect(state.received).not.toBeNull();
  });
});

describe('sharing from the window', () => {
  it('leaves out of the bundle what the learner leaves out, and goes on', async () => {
    const { state } = await open({ empty: false });
    state.shareBundle('bundle-bluewater');
    await state.sharing?.review.load();
    expect(state.sharing?.review.byCredential.map(({ credential }) => credential)).toEqual(['ppe']);
    expect(await state.sharing?.leaveOut('ppe')).toBe(true);
    expect(state.sharing?.count).toBe(2);
    expect(state.sharing?.review.concerns).toEqual([]);
    const bundle = state.bundles.all.find(({ id }) => id === 'bundle-bluewater');
    expect(bundle?.credentials.map(({ id }) => id)).toEqual(['wound-care', 'menus-sante']);
    expect(bundle?.audience).toBe('Bluewater Health, personal support');
  });

  it('of a single credential makes no bundle for the review', async () => {
    const { state } = await open({ empty: false });
    state.shareCredential('forklift');
    await state.sharing?.review.load();
    expect(state.sharing?.review.concerns.map(({ code }) => code)).toEqual(['revoked']);
    expect(state.bundles.all).toHaveLength(2);
    expect(await state.sharing?.leaveOut('forklift')).toBe(false);
  });

  it('of something whose bundle is gone shows it, and offers no other form', async () => {
    const { state, fake } = await open({ empty: false });
    await fake.call('delete_bundle', { id: 'bundle-cuisine' });
    await state.bundles.load();
    const share = state.ledger.all.find(({ bundle }) => bundle === 'bundle-cuisine');
    if (!share) throw new Error('the fake has shared it');
    state.lookAt(share);
    expect(state.sharing?.share).toEqual(share);
    expect(state.sharing?.subject.gone).toBe(true);
  });
});
