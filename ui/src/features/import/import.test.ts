import { describe, expect, it, vi } from 'vitest';
import { createFake } from '$lib/ipc/fake';
import { Import, SIZE_LIMIT_BYTES } from './import.svelte';

const quick = { stepMilliseconds: 1 };
const LINK = 'https://college.example/claim/1';

describe('an import', () => {
  it('names the host and waits for consent before anything is asked', async () => {
    const task = new Import(createFake({ ...quick, empty: true }));
    await task.offerText(LINK);
    expect(task.stage).toMatchObject({ at: 'consent', recognised: { kind: 'link', host: 'college.example' } });
    expect(task.steps).toEqual([]);
  });

  it('tells each step once and ends with the verdict', async () => {
    const task = new Import(createFake({ ...quick, empty: true }));
    await task.offerText(LINK);
    await task.confirm();
    expect(task.steps.map(({ step }) => step)).toEqual(['read', 'contact', 'found', 'check', 'stored']);
    expect(task.stage).toMatchObject({ at: 'done', results: [{ outcome: 'imported', verdict: 'valid' }] });
  });

  it('of what is there already is a duplicate', async () => {
    const task = new Import(createFake(quick));
    await task.offerText(LINK);
    await task.confirm();
    expect(task.stage).toMatchObject({ at: 'done', results: [{ outcome: 'duplicate' }] });
  });

  it('that is stopped keeps nothing', async () => {
    const backend = createFake({ stepMilliseconds: 20, empty: true });
    const task = new Import(backend);
    await task.offerText(LINK);
    const done = task.confirm();
    await vi.waitFor(() => expect(task.steps.length).toBeGreaterThan(0));
    await task.cancel();
    await done;
    expect(task.stage).toMatchObject({ at: 'done', results: [{ outcome: 'failed', error: { code: 'cancelled' } }] });
    expect(await backend.call('list_credentials', { search: '' })).toEqual([]);
  });

  it('that is stopped before it begins asks nobody', async () => {
    const backend = createFake({ stepMilliseconds: 20, empty: true });
    const task = new Import(backend);
    await task.offerText(LINK);
    const done = task.confirm();
    await task.cancel();
    await done;
    expect(task.error?.code).toBe('cancelled');
    expect(task.steps).toEqual([]);
    expect(await backend.call('list_credentials', { search: '' })).toEqual([]);
  });

  it.each([
    ['', 'empty_input'],
    ['   ', 'empty_input'],
    ['hello', 'not_a_link'],
    ['x'.repeat(SIZE_LIMIT_BYTES + 1), 'too_large'],
  ])('refuses what is nothing to import', async (text, code) => {
    const task = new Import(createFake(quick));
    await task.offerText(text);
    expect(task.error?.code).toBe(code);
    expect(task.stage.at).toBe('ask');
  });

  it('refuses a file over the limit without reading it', () => {
    const task = new Import(createFake(quick));
    const file = new File(['x'], 'big.json');
    Object.defineProperty(file, 'size', { value: SIZE_LIMIT_BYTES + 1 });
    task.offerFile(file);
    expect(task.error?.code).toBe('too_large');
    expect(task.stage.at).toBe('ask');
  });

  it('of a file sends its bytes', async () => {
    const sent: unknown[] = [];
    const fake = createFake(quick);
    const task = new Import({
      ...fake,
      call: (name, request) => {
        sent.push([name, request]);
        return fake.call(name, request);
      },
    });
    task.offerFile(new File([new Uint8Array([0, 255, 16])], 'badge.png'));
    await task.confirm();
    expect(sent).toEqual([['import_file', { name: 'badge.png', base64: 'AP8Q' }]]);
  });

  it('that fails goes back to the box with the error and the text', async () => {
    const task = new Import(createFake({ ...quick, failing: { import_text: { code: 'offline', params: { host: 'x' } } } }));
    await task.offerText(LINK);
    await task.confirm();
    expect(task.error?.code).toBe('offline');
    expect(task.stage.at).toBe('ask');
    expect(task.text).toBe(LINK);
  });

  it('shows a share link as a bundle, not as a credential', async () => {
    const task = new Import(createFake(quick));
    await task.offerText('https://verify.example/#1uabc');
    expect(task.stage).toMatchObject({ at: 'consent', recognised: { kind: 'share_link' } });
  });
});
