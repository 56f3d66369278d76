import { toErrorView, type Backend } from '$lib/ipc/backend';
import type { ErrorView, SavedFile, ShareFile, ShareForm, ShareView } from '$lib/ipc/generated';

/** How long a share counts. */
export const TERMS = ['none', 'month', 'half_year', 'year', 'date'] as const;
export type Term = (typeof TERMS)[number];

const MONTHS: Record<Exclude<Term, 'none' | 'date'>, number> = { month: 1, half_year: 6, year: 12 };

/** The last day on which it counts, as `2027-01-31`; none for no end. A day the later month lacks becomes its last. */
export function lastDay(term: Term, chosen: string, today: Date): string | null {
  if (term === 'none') return null;
  if (term === 'date') return chosen || null;
  const year = today.getFullYear();
  const month = today.getMonth() + MONTHS[term];
  const lastOfMonth = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  return new Date(Date.UTC(year, month, Math.min(today.getDate(), lastOfMonth))).toISOString().slice(0, 10);
}

/** The forms, those first that need no page where there is none. */
export function formsInOrder(pageIsSet: boolean): readonly ShareForm[] {
  return pageIsSet ? ['link', 'qr', 'json'] : ['json', 'link', 'qr'];
}

/** The sharing of one bundle. */
export class Sharing {
  form = $state<ShareForm>('link');
  term = $state<Term>('none');
  chosenDay = $state('');
  share = $state.raw<ShareView | null>(null);
  savedTo = $state<string | null>(null);
  busy = $state(false);
  error = $state.raw<ErrorView | null>(null);

  constructor(
    private readonly backend: Backend,
    /** Gives the bundle; called when the learner decides, not before. */
    private readonly bundle: () => Promise<string>,
    readonly title: string,
    readonly count: number,
    readonly pageIsSet: boolean,
  ) {
    this.form = formsInOrder(pageIsSet)[0] ?? 'link';
  }

  /** Signs it and makes the chosen form. */
  async create(today: Date): Promise<void> {
    if (this.term === 'date' && this.chosenDay === '') {
      this.error = { code: 'expiry_malformed', params: { value: '' } };
      return;
    }
    this.busy = true;
    this.error = null;
    this.savedTo = null;
    try {
      const expires = lastDay(this.term, this.chosenDay, today);
      const bundle = await this.bundle();
      const share = await this.backend.call('share_bundle', { bundle, form: this.form, expires });
      // A file is nothing until it has a place.
      if (share.form === 'json') await this.save('json', share.id);
      this.share = share;
    } catch (thrown) {
      this.error = toErrorView(thrown);
    } finally {
      this.busy = false;
    }
  }

  /** Saves a file of the share where the learner says. */
  async save(file: ShareFile, id = this.share?.id): Promise<void> {
    if (id === undefined) return;
    try {
      const saved: SavedFile = await this.backend.call('save_share', { id, file });
      if (saved.path !== null) this.savedTo = saved.path;
    } catch (thrown) {
      this.error = toErrorView(thrown);
    }
  }

  /** Back to the choice of forms. */
  another(): void {
    this.share = null;
    this.savedTo = null;
    this.error = null;
  }
}
