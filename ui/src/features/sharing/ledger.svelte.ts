import { toErrorView, type Backend } from '$lib/ipc/backend';
import type { ErrorView, ShareView } from '$lib/ipc/generated';

export const SHARE_FILTERS = ['all', 'open', 'over', 'concerns'] as const;
export type ShareFilter = (typeof SHARE_FILTERS)[number];

/** With fewer there is nothing to search. */
const WORTH_SEARCHING = 6;

/** Whether a share has stopped counting. */
export const hasEnded = ({ expires_at }: ShareView, now: Date): boolean =>
  expires_at !== null && new Date(expires_at).getTime() <= now.getTime();

/** Whether it has ended by its date or was stopped. */
export const isOver = (share: ShareView, now: Date): boolean => share.stopping === 'stopped' || hasEnded(share, now);

function passes(share: ShareView, filter: ShareFilter, now: Date): boolean {
  switch (filter) {
    case 'all':
      return true;
    case 'open':
      return !isOver(share, now);
    case 'over':
      return isOver(share, now);
    case 'concerns':
      return share.concerns.length > 0 && !isOver(share, now);
  }
}

/** Without accents and case, so that "cuisiniere" finds "Cuisinière". */
const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** Everything that was ever shared, newest first. */
export class Ledger {
  all = $state.raw<readonly ShareView[]>([]);
  loaded = $state(false);
  error = $state.raw<ErrorView | null>(null);
  search = $state('');
  filter = $state<ShareFilter>('all');

  constructor(private readonly backend: Backend) {}

  async load(): Promise<void> {
    try {
      const shares = await this.backend.call('list_shares', {});
      this.all = shares.toSorted((a, b) => b.created_at.localeCompare(a.created_at));
      this.error = null;
    } catch (thrown) {
      this.error = toErrorView(thrown);
    } finally {
      this.loaded = true;
    }
  }

  get worthSearching(): boolean {
    return this.all.length >= WORTH_SEARCHING;
  }

  /** Those that fit what is searched for; `nameOf` names a form as the learner reads it. */
  found(now: Date, nameOf: (share: ShareView) => string): readonly ShareView[] {
    const wanted = plain(this.search.trim());
    return this.all.filter(
      (share) =>
        passes(share, this.filter, now) &&
        [share.title, share.recipient ?? '', nameOf(share)].some((text) => plain(text).includes(wanted)),
    );
  }

  countOf(filter: ShareFilter, now: Date): number {
    return this.all.filter((share) => passes(share, filter, now)).length;
  }

  showAll(): void {
    this.search = '';
    this.filter = 'all';
  }

  /** Asks its host to forget a share. What goes wrong is thrown: the share is then as open as before. */
  stop = async (share: ShareView): Promise<ShareView> => {
    const stopped = await this.backend.call('stop_share', { id: share.id });
    this.all = this.all.map((each) => (each.id === stopped.id ? stopped : each));
    return stopped;
  };
}
