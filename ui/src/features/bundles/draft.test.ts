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
    draft.audience = ' ';
    draft.move(0, 1);
    expect(await draft.save()).toBe(true);
    expect(draft.changed).toBe(false);
    const saved = await backend.call('show_bundle', { id: 'bundle-bluewater' });
    expect(saved).toMatchObject({ note: null, audience: null, version: 3 });
    expect(saved.credentials.map(({ id }) => id)).toEqual(['ppe', 'wound-care', 'menus-sante']);
  });

  it('keeps the note, the details left out and the folded parts of each save', async () => {
    const { backend, draft } = await opened();
    draft.add((await backend.call('list_credentials', { search: 'linguistique' })));
    draft.setNote('ppe', '  On every shift.  ');
    draft.setNote('wound-care', '');
    draft.setWithheld('language-card', ['/level/speaking', '/family_name']);
    draft.fold('evidence', true);
    expect(draft.changed).toBe(true);
    expect(await draft.save()).toBe(true);
    expect(await backend.call('show_bundle', { id: 'bundle-bluewater' })).toMatchObject({
      notes: { ppe: 'On every shift.' },
      withheld: { 'language-card': ['/family_name', '/level/speaking'] },
      hidden_parts: ['evidence'],
    });
  });

  it('is unchanged again once a change is undone', async () => {
    const { draft } = await opened();
    const note = draft.noteOn('wound-care');
    draft.setNote('wound-care', 'x');
    draft.setWithheld('ppe', ['/a']);
    draft.fold('picture', true);
    expect(draft.changed).toBe(true);
    draft.setNote('wound-care', `${note} `);
    draft.setWithheld('ppe', []);
    draft.fold('picture', false);
    expect(draft.changed).toBe(false);
  });

  it('says nothing of a credential that was taken out', async () => {
    const { draft } = await opened();
    draft.remove('wound-care');
    expect(draft.content.notes).toEqual({});
  });

  it('that is new and untouched is lost without a question', async () => {
    const backend = createFake();
    const draft = new BundleDraft(backend);
    draft.begin(await backend.call('list_credentials', { search: 'menus' }));
    expect(draft.changed).toBe(false);
    draft.title = 'x';
    expect(draft.changed).toBe(true);
    draft.forget();
    expect(draft.changed).toBe(false);
  });

  it('names what has left the wallet meanwhile and goes on without it', async () => {
    const { backend, draft } = await opened();
    await backend.call('remove_credential', { id: 'ppe' });
    draft.follow(await backend.call('list_credentials', { search: '' }));
    expect(order(draft)).toEqual(['wound-care', 'menus-sante']);
    expect(draft.gone).toEqual(['Donning and Doffing PPE']);
  });

  it('keeps what is typed while it is being saved', async () => {
    const { draft } = await opened();
    draft.title = 'First';
    const saving = draft.save();
    draft.title = 'Second';
    expect(await saving).toBe(true);
    expect(draft.title).toBe('Second');
    expect(draft.changed).toBe(true);
  });

  it('is duplicated as it was saved', async () => {
    const { draft } = await opened();
    const copy = await draft.duplicate();
    expect(copy?.title).toContain('For Bluewater Health');
    expect(copy?.id).not.toBe(draft.id);
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
