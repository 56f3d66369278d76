import { toErrorView, type Backend } from '$lib/ipc/backend';
import type { CredentialListView, ErrorView, RefreshResultView } from '$lib/ipc/generated';

export const FILTERS = ['all', 'current', 'needs_a_look'] as const;
export type Filter = (typeof FILTERS)[number];

export const SORTS = ['newest', 'title', 'issuer', 'ending', 'received'] as const;
export type Sort = (typeof SORTS)[number];

const belongs: Record<Filter, (credential: CredentialListView) => boolean> = {
  all: () => true,
  current: (credential) => credential.verdict === 'valid',
  needs_a_look: (credential) => credential.verdict !== 'valid',
};

const byText = (a: string, b: string) => a.localeCompare(b, undefined, { sensitivity: 'base', numeric: true });
const latestFirst = (a: string | null, b: string | null) => (b ?? '').localeCompare(a ?? '');

const compare: Record<Sort, (a: CredentialListView, b: CredentialListView) => number> = {
  newest: (a, b) => latestFirst(a.awarded ?? a.valid_from, b.awarded ?? b.valid_from),
  title: (a, b) => byText(a.title.text, b.title.text),
  issuer: (a, b) => byText(a.issuer.text, b.issuer.text) || byText(a.title.text, b.title.text),
  // Without an end comes last.
  ending: (a, b) => (a.valid_until ?? '9').localeCompare(b.valid_until ?? '9'),
  received: (a, b) => latestFirst(a.received_at, b.received_at),
};

/** The learner's credentials, and what of them is shown. */
export class CredentialList {
  all = $state.raw<readonly CredentialListView[]>([]);
  loaded = $state(false);
  error = $state.raw<ErrorView | null>(null);
  refreshing = $state(false);
  filter = $state<Filter>('all');
  sort = $state<Sort>('newest');
  /** The records that answer the search; none while nothing is searched. */
  private matches = $state.raw<ReadonlySet<string> | null>(null);
  private text = $state('');
  private asked = 0;

  private readonly searched = $derived(this.all.filter(({ id }) => this.matches === null || this.matches.has(id)));
  readonly shown = $derived(this.searched.filter(belongs[this.filter]).sort(compare[this.sort]));
  readonly counts = $derived(
    Object.fromEntries(FILTERS.map((filter) => [filter, this.searched.filter(belongs[filter]).length])) as Record<
      Filter,
      number
    >,
  );
  /** When any of them was last checked. */
  readonly checkedAt = $derived(this.all.map((each) => each.checked_at).reduce((a, b) => (a > b ? a : b), ''));

  constructor(private readonly backend: Backend) {}

  get search(): string {
    return this.text;
  }

  async load(): Promise<void> {
    try {
      this.all = await this.backend.call('list_credentials', { search: '' });
      this.error = null;
      await this.find(this.text);
    } catch (thrown) {
      this.error = toErrorView(thrown);
    } finally {
      this.loaded = true;
    }
  }

  /** Searches; an answer that a later search has overtaken is dropped. */
  async find(text: string): Promise<void> {
    this.text = text;
    const turn = ++this.asked;
    if (text.trim() === '') {
      this.matches = null;
      return;
    }
    try {
      const found = await this.backend.call('list_credentials', { search: text });
      if (turn === this.asked) this.matches = new Set(found.map(({ id }) => id));
    } catch (thrown) {
      if (turn === this.asked) this.error = toErrorView(thrown);
    }
  }

  /** Asks about all of them again; the answers say what changed. */
  async refreshAll(): Promise<readonly RefreshResultView[]> {
    this.refreshing = true;
    try {
      const results = await this.backend.call('refresh', { ids: [] });
      await this.load();
      return results;
    } catch (thrown) {
      this.error = toErrorView(thrown);
      return [];
    } finally {
      this.refreshing = false;
    }
  }
}
