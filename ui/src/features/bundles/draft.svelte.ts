import { SvelteMap } from 'svelte/reactivity';
import { toErrorView, type Backend } from '$lib/ipc/backend';
import type {
  BundleView,
  CredentialDetailView,
  CredentialListView,
  ErrorView,
  PresentationView,
  PresentedCredentialView,
  ReportView,
} from '$lib/ipc/generated';
import { VERDICTS, asVerdict } from '$lib/credential/verdict';

interface Saved {
  readonly title: string;
  readonly note: string;
  readonly order: readonly string[];
}

const NOTHING_SAVED: Saved = { title: '', note: '', order: [] };

/** A bundle while it is written: what the learner typed, and what the reader would see of it. */
export class BundleDraft {
  /** None until it is saved for the first time. */
  id = $state<string | null>(null);
  title = $state('');
  note = $state('');
  entries = $state.raw<readonly CredentialListView[]>([]);
  saving = $state(false);
  error = $state.raw<ErrorView | null>(null);
  private saved = $state.raw<Saved>(NOTHING_SAVED);
  private readonly details = new SvelteMap<string, CredentialDetailView>();

  readonly changed = $derived(
    this.title.trim() !== this.saved.title ||
      this.note.trim() !== this.saved.note ||
      this.entries.map(({ id }) => id).join() !== this.saved.order.join(),
  );
  /** What the reader should hear about before it is shared. */
  readonly doubtful = $derived(this.entries.filter(({ verdict }) => verdict !== 'valid'));
  readonly presentation = $derived(this.present());

  constructor(private readonly backend: Backend) {}

  /** Takes up a saved bundle. */
  async open(id: string): Promise<void> {
    try {
      this.take(await this.backend.call('show_bundle', { id }));
    } catch (thrown) {
      this.error = toErrorView(thrown);
    }
  }

  add(credentials: readonly CredentialListView[]): void {
    const held = new Set(this.entries.map(({ id }) => id));
    this.entries = [...this.entries, ...credentials.filter(({ id }) => !held.has(id))];
    void this.readDetails();
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

  /** Whether it is saved now. */
  async save(): Promise<boolean> {
    this.error = null;
    const title = this.title.trim();
    if (title === '') this.error = { code: 'bundle_title_missing', params: {} };
    else if (this.entries.length === 0) this.error = { code: 'bundle_empty', params: {} };
    if (this.error) return false;
    const note = this.note.trim();
    const credentials = this.entries.map(({ id }) => id);
    this.saving = true;
    try {
      this.take(
        this.id === null
          ? await this.backend.call('create_bundle', { title, note: note || null, credentials })
          : await this.backend.call('edit_bundle', { id: this.id, title, note, credentials }),
      );
      return true;
    } catch (thrown) {
      this.error = toErrorView(thrown);
      return false;
    } finally {
      this.saving = false;
    }
  }

  /** Whether it is gone. */
  async delete(): Promise<boolean> {
    if (this.id === null) return true;
    try {
      await this.backend.call('delete_bundle', { id: this.id });
      return true;
    } catch (thrown) {
      this.error = toErrorView(thrown);
      return false;
    }
  }

  /** Asks about the doubtful ones again. */
  async askAgain(): Promise<void> {
    const ids = this.doubtful.map(({ id }) => id);
    try {
      await this.backend.call('refresh', { ids });
      const fresh = await this.backend.call('list_credentials', { search: '' });
      this.entries = this.entries.map((entry) => fresh.find(({ id }) => id === entry.id) ?? entry);
      for (const id of ids) this.details.delete(id);
      await this.readDetails();
    } catch (thrown) {
      this.error = toErrorView(thrown);
    }
  }

  private take(bundle: BundleView): void {
    this.id = bundle.id;
    this.title = bundle.title;
    this.note = bundle.note ?? '';
    this.entries = bundle.credentials;
    this.saved = {
      title: this.title.trim(),
      note: this.note.trim(),
      order: bundle.credentials.map(({ id }) => id),
    };
    void this.readDetails();
  }

  private async readDetails(): Promise<void> {
    const missing = this.entries.filter(({ id }) => !this.details.has(id));
    await Promise.all(
      missing.map(async ({ id }) => {
        try {
          this.details.set(id, await this.backend.call('show_credential', { id }));
        } catch (thrown) {
          this.error = toErrorView(thrown);
        }
      }),
    );
  }

  /** The bundle as its reader will see it, from the last reports. */
  private present(): PresentationView {
    const credentials: PresentedCredentialView[] = this.entries.flatMap(({ id }) => {
      const detail = this.details.get(id);
      if (!detail) return [];
      const { credential, report, nested } = detail;
      return [{ credential, report, nested, error: null, error_params: {}, verdict: report.verdict }];
    });
    const earners = new Set(credentials.map(({ credential }) => credential?.earner ?? null));
    const worst = Math.max(0, ...credentials.map(({ verdict }) => VERDICTS.indexOf(asVerdict(verdict))));
    return {
      holder: null,
      title: this.title.trim() || null,
      note: this.note.trim() || null,
      earner: earners.size === 1 ? ([...earners][0] ?? null) : null,
      valid_until: null,
      created: null,
      report: NO_REPORT,
      verdict: VERDICTS[worst] ?? 'rejected',
      credentials,
    };
  }
}

/** A preview is not signed yet, so there is nothing to report on. */
const NO_REPORT: ReportView = {
  verdict: 'unverifiable',
  checked_at: '',
  asked: [],
  lines: [],
  checks: [],
  resources: [],
  contexts: [],
};
