import { flushSync } from 'svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Backend } from '$lib/ipc/backend';
import { createFake } from '$lib/ipc/fake';
import { bareBundle } from './content';
import { BundlePreview } from './preview.svelte';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A backend whose previews are answered by hand, in any order. */
function byHand() {
  const fake = createFake();
  const waiting: ((() => void) | undefined)[] = [];
  const call = vi.fn((name: string, request: never) => {
    if (name !== 'preview_bundle') return fake.call(name as never, request);
    return new Promise((resolve) => waiting.push(() => resolve(fake.call('preview_bundle', request))));
  });
  return { backend: { ...fake, call } as unknown as Backend, call, answer: (turn: number) => waiting[turn]?.() };
}

const draft = (title: string) => bareBundle(title, ['wound-care']);

describe('the preview of a bundle', () => {
  it('shows the first at once, and then waits for a pause in typing', async () => {
    const fake = createFake();
    const call = vi.spyOn(fake, 'call');
    const preview = new BundlePreview(fake);
    preview.ask(draft('A'));
    await vi.advanceTimersByTimeAsync(1);
    expect(preview.presentation?.title).toBe('A');
    for (const title of ['AB', 'ABC', 'ABCD']) {
      preview.ask(draft(title));
      await vi.advanceTimersByTimeAsync(100);
    }
    expect(call).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(300);
    expect(call).toHaveBeenCalledTimes(2);
    expect(preview.presentation?.title).toBe('ABCD');
  });

  it('drops an answer that comes late', async () => {
    const { backend, answer } = byHand();
    const preview = new BundlePreview(backend);
    preview.ask(draft('old'));
    await vi.advanceTimersByTimeAsync(1);
    preview.ask(draft('new'));
    await vi.advanceTimersByTimeAsync(300);
    answer(1);
    await vi.advanceTimersByTimeAsync(1);
    answer(0);
    await vi.advanceTimersByTimeAsync(1);
    expect(preview.presentation?.title).toBe('new');
  });

  it('keeps the last one and says why, where the next one fails', async () => {
    const failing: Record<string, { code: string; params: Record<string, string> }> = {};
    const preview = new BundlePreview(createFake({ failing }));
    preview.ask(draft('A'));
    await vi.advanceTimersByTimeAsync(1);
    failing['preview_bundle'] = { code: 'not_disclosable', params: {} };
    preview.ask(draft('B'));
    await vi.advanceTimersByTimeAsync(300);
    expect(preview.presentation?.title).toBe('A');
    expect(preview.error?.code).toBe('not_disclosable');
  });

  it('asks once for each draft, whatever comes back', async () => {
    const fake = createFake();
    const call = vi.spyOn(fake, 'call');
    const preview = new BundlePreview(fake);
    const end = $effect.root(() => {
      $effect(() => preview.ask(draft('A')));
    });
    flushSync();
    for (let moment = 0; moment < 8; moment += 1) {
      await vi.advanceTimersByTimeAsync(300);
      flushSync();
    }
    expect(preview.presentation?.title).toBe('A');
    expect(call).toHaveBeenCalledTimes(1);
    end();
  });

  it('asks nothing once nobody looks', async () => {
    const fake = createFake();
    const call = vi.spyOn(fake, 'call');
    const preview = new BundlePreview(fake);
    preview.ask(draft('A'));
    preview.end();
    await vi.advanceTimersByTimeAsync(1000);
    expect(call).not.toHaveBeenCalled();
  });
});
