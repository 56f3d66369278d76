import { describe, expect, it } from 'vitest';
import { createFake } from '$lib/ipc/fake';
import { BundleDraft } from './draft.svelte';
import { BundleList } from './list.svelte';

const settled = () => new Promise((resolve) => setTimeout(resolve, 5));

async function opened() {
  const backend = createFake({ stepMilliseconds: 1 });
  const draft = new BundleDraft(backend);
  await draft.open('bundle-bluewater');
  await settled();
  return { backend, draft };
}

const order = (draft: BundleDraft) => draft.entries.map(({ id }) => id);

describe('a bundle being written', () => {
  it('opens as it was saved, unchanged', async () => {
    const { draft } = await opened();
    expect(order(draft)).toEqual(['wound-care', 'ppe', 'menus-sante']);
    expect(draft.changed).toBe(false);
  });

  it('moves entries and stops at the ends', async () => {
    const { draft } = await opened();
    draft.move(2, 0);
    expect(order(draft)).toEqual(['menus-sante', 'wound-care', 'ppe']);
    expect(draft.changed).toBe(true);
    draft.move(0, -1);
    draft.move(2, 3);
    expect(order(draft)).toEqual(['menus-sante', 'wound-care', 'ppe']);
    draft.move(0, 2);
    expect(draft.changed).toBe(false);
  });

  it('takes each credential once', async () => {
    const { backend, draft } = await opened();
    const all = await backend.call('list_credentials', { search: '' });
    draft.add(all.filter(({ id }) => id === 'ppe' || id === 'cpr'));
    expect(order(draft)).toEqual(['wound-care', 'ppe', 'menus-sante', 'cpr']);
  });

  it('warns of everything that is not genuine and current', async () => {
    const { draft } = await opened();
    expect(draft.doubtful.map(({ id }) => id)).toEqual(['ppe']);
  });

  it('is previewed in its order with what the reader will see', async () => {
    const { draft } = await opened();
    draft.move(1, 0);
    draft.title = 'Changed';
    expect(draft.presentation.title).toBe('Changed');
    expect(draft.presentation.earner).toBe('Amélie Tremblay');
    expect(draft.presentation.credentials.map(({ verdict }) => verdict)).toEqual(['status_unknown', 'valid', 'valid']);
    expect(draft.presentation.verdict).toBe('status_unknown');
  });

  it('is saved with a title and at least one credential, and not otherwise', async () => {
    const { draft } = await opened();
    draft.title = '  ';
    expect(await draft.save()).toBe(false);
    expect(draft.error?.code).toBe('bundle_title_missing');
    draft.title = 'For the city';
    order(draft).forEach((id) => draft.remove(id));
    expect(await draft.save()).toBe(false);
    expect(draft.error?.code).toBe('bundle_empty');
  });

  it('keeps a note that is taken out out', async () => {
    const { backend, draft } = await opened();
    draft.note = '';
    draft.move(0, 1);
    expect(await draft.save()).toBe(true);
    expect(draft.changed).toBe(false);
    const saved = await backend.call('show_bundle', { id: 'bundle-bluewater' });
    expect(saved.credentials.map(({ id }) => id)).toEqual(['ppe', 'wound-care', 'menus-sante']);
  });
});

describe('sharing a single credential', () => {
  it('uses the bundle that holds it alone, and makes one only once', async () => {
    const backend = createFake();
    const list = new BundleList(backend);
    expect((await list.ofOne('menus-sante', 'x')).id).toBe('bundle-cuisine');
    const made = await list.ofOne('cpr', 'CPR Level C');
    expect((await list.ofOne('cpr', 'CPR Level C')).id).toBe(made.id);
    expect(list.all).toHaveLength(3);
  });
});
