import { SvelteMap, SvelteSet } from 'svelte/reactivity';
import { toErrorView, type Backend } from '$lib/ipc/backend';
import type { BundleView, CreateBundle, CredentialListView, ErrorView } from '$lib/ipc/generated';
import { PARTS, bareBundle, contentOf, contentOfSaved, sameContent, type Part } from './content';

/** A bundle while it is written. */
export class BundleDraft {
  /** None until it is saved for the first time. */
  id = $state<string | null>(null);
  /** How often it was saved. */
  version = $state(0);
  title = $state('');
  audience = $state('');
  note = $state('');
  entries = $state.raw<readonly CredentialListView[]>([]);
  /** The titles of what left the wallet while it was written. */
  gone = $state.raw<readonly string[]>([]);
  saving = $state(false);
  error = $state.raw<ErrorView | null>(null);
  private readonly notes = new SvelteMap<string, string>();
  private readonly withheld = new SvelteMap<string, readonly string[]>();
  private readonly folded = new SvelteSet<Part>();
  private saved = $state.raw<CreateBundle>(bareBundle('', []));

  /** What it says and holds. */
  readonly content = $derived.by(() =>
    contentOf({
      title: this.title,
      note: this.note,
      audience: this.audience,
      credentials: this.entries.map(({ id }) => id),
      noteOn: (id) => this.notes.get(id),
      withheldOf: (id) => this.withheld.get(id),
      isFolded: (part) => this.folded.has(part),
    }),
  );
  /** Whether leaving it now would lose something. */
  readonly changed = $derived(!sameContent(this.content, this.saved));
  /** What the reader should hear about before it is shared. */
  readonly doubtful = $derived(this.entries.filter(({ verdict }) => verdict !== 'valid'));
  readonly foldedCount = $derived(this.folded.size);

  constructor(private readonly backend: Backend) {}

  /** Takes up a saved bundle. */
  async open(id: string): Promise<void> {
    await this.attempt(async () => this.take(await this.backend.call('show_bundle', { id })));
  }

  /** Begins a new one with these; nothing is lost by leaving it as it is. */
  begin(credentials: readonly CredentialListView[]): void {
    this.entries = credentials;
    this.saved = this.content;
  }

  add(credentials: readonly CredentialListView[]): void {
    const held = new Set(this.entries.map(({ id }) => id));
    this.entries = [...this.entries, ...credentials.filter(({ id }) => !held.has(id))];
  }

  remove(id: string): void {
    this.entries = this.entries.filter((each) => each.id !== id);
  }

  /** Puts the entry at `from` to `to`; places outside the list change nothing. */
  move(from: number, to: number): void {
    const entry = this.entries[from];
    if (!entry || from === to || to < 0 || to >= this.entries.length) return;
    this.entries = this.entries.toSpliced(from, 1).toSpliced(to, 0, entry);
  }

  noteOn = (id: string): string => this.notes.get(id) ?? '';

  setNote(id: string, note: string): void {
    this.notes.set(id, note);
  }

  withheldOf = (id: string): readonly string[] => this.withheld.get(id) ?? [];

  setWithheld(id: string, keys: readonly string[]): void {
    this.withheld.set(id, keys);
  }

  isFolded = (part: Part): boolean => this.folded.has(part);

  fold(part: Part, away: boolean): void {
    if (away) this.folded.add(part);
    else this.folded.delete(part);
  }

  /** Takes up what has become of its credentials; what is no longer in the wallet is taken out, and told. */
  follow(wallet: readonly CredentialListView[]): void {
    const known = new Map(wallet.map((each) => [each.id, each]));
    const lost = this.entries.filter(({ id }) => !known.has(id));
    if (lost.length > 0) this.gone = [...this.gone, ...lost.map(({ title }) => title.text)];
    const fresh = this.entries.flatMap(({ id }) => known.get(id) ?? []);
    const same = fresh.length === this.entries.length && fresh.every((each, place) => each === this.entries[place]);
    if (!same) this.entries = fresh;
  }

  /** Whether it is saved now. */
  async save(): Promise<boolean> {
    this.error = null;
    const { content } = this;
    if (content.title === '') this.error = { code: 'bundle_title_missing', params: {} };
    else if (content.credentials.length === 0) this.error = { code: 'bundle_empty', params: {} };
    if (this.error) return false;
    this.saving = true;
    const done = await this.attempt(async () => {
      const saved = await (this.id === null
        ? this.backend.call('create_bundle', content)
        : // An empty text takes a note or an audience out; nothing would leave it as it was.
          this.backend.call('edit_bundle', {
            ...content,
            id: this.id,
            note: content.note ?? '',
            audience: content.audience ?? '',
          }));
      // What was typed while it was saved stays typed.
      if (sameContent(this.content, content)) this.take(saved);
      else this.keep(saved);
    });
    this.saving = false;
    return done;
  }

  /** A copy of the saved bundle; none where it failed. */
  async duplicate(): Promise<BundleView | null> {
    const { id } = this;
    if (id === null) return null;
    let copy: BundleView | null = null;
    await this.attempt(async () => {
      copy = await this.backend.call('duplicate_bundle', { id });
    });
    return copy;
  }

  /** Whether it is gone. */
  async delete(): Promise<boolean> {
    const { id } = this;
    return id === null || this.attempt(() => this.backend.call('delete_bundle', { id }));
  }

  /** Asks about the doubtful ones again. */
  async askAgain(): Promise<void> {
    const ids = this.doubtful.map(({ id }) => id);
    await this.attempt(async () => {
      await this.backend.call('refresh', { ids });
      const fresh = await this.backend.call('list_credentials', { search: '' });
      this.entries = this.entries.map((entry) => fresh.find(({ id }) => id === entry.id) ?? entry);
    });
  }

  /** The learner does not want to keep what was not saved. */
  forget(): void {
    this.saved = this.content;
  }

  take(bundle: BundleView): void {
    this.title = bundle.title;
    this.audience = bundle.audience ?? '';
    this.note = bundle.note ?? '';
    this.entries = bundle.credentials;
    for (const { id } of bundle.credentials) {
      this.notes.set(id, bundle.notes[id] ?? '');
      this.withheld.set(id, bundle.withheld[id] ?? []);
    }
    for (const part of PARTS) this.fold(part, bundle.hidden_parts.includes(part));
    this.gone = [];
    this.keep(bundle);
  }

  private keep(bundle: BundleView): void {
    this.id = bundle.id;
    this.version = bundle.version;
    this.saved = contentOfSaved(bundle);
  }

  private async attempt(work: () => Promise<unknown>): Promise<boolean> {
    try {
      await work();
      return true;
    } catch (thrown) {
      this.error = toErrorView(thrown);
      return false;
    }
  }
}
