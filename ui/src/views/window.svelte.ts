import { untrack } from 'svelte';
import type { Backend } from '$lib/ipc/backend';
import type { BundleReviewView, DemoLink, ErrorView, PresentationView, ShareView } from '$lib/ipc/generated';
import { toErrorView } from '$lib/ipc/backend';
import { sayError, words } from '$lib/words/words.svelte';
import { toast } from '$lib/components/live.svelte';
import { go, hrefs } from '$lib/route.svelte';
import { BundleList, changeOf } from '../features/bundles/list.svelte';
import { CredentialList } from '../features/credentials/list.svelte';
import { Arrivals } from '../features/import/arrivals.svelte';
import { Dropzone } from '../features/import/dropzone.svelte';
import { Import } from '../features/import/import.svelte';
import type { Source } from '../features/import/source';
import { Settings } from '../features/settings/settings.svelte';
import { Ledger } from '../features/sharing/ledger.svelte';
import { reviewOf } from '../features/sharing/review.svelte';
import { Sharing, type ShareMeans, type ShareSubject } from '../features/sharing/share.svelte';

/** What the window holds across its screens; here the features meet. */
export class WindowState {
  readonly credentials: CredentialList;
  readonly bundles: BundleList;
  readonly ledger: Ledger;
  readonly settings: Settings;
  readonly task: Import;
  readonly dropzone: Dropzone;
  /** What came while something else was under way. */
  readonly arrivals: Arrivals;

  importing = $state(false);
  demoLinks = $state.raw<readonly DemoLink[]>([]);
  /** The sharing under way. */
  sharing = $state.raw<Sharing | null>(null);
  shareOpen = $state(false);
  /** The QR code shown over the whole window. */
  shown = $state.raw<ShareView | null>(null);
  showOpen = $state(false);
  /** Credentials that wait for the learner to name a bundle. */
  choosing = $state.raw<readonly string[]>([]);
  choosingOpen = $state(false);
  /** A bundle that somebody shared with the learner. */
  received = $state.raw<PresentationView | null>(null);
  /** One that opens only with a passphrase, and why the last one did not open it. */
  sealed = $state.raw<{ text: string; error: ErrorView | null } | null>(null);

  constructor(readonly backend: Backend) {
    this.credentials = new CredentialList(backend);
    this.bundles = new BundleList(backend);
    this.ledger = new Ledger(backend);
    this.settings = new Settings(backend);
    this.task = new Import(backend);
    this.arrivals = new Arrivals(backend);
    // What the learner drops or pastes replaces what was only looked at; nothing pushes aside what is under way.
    this.dropzone = new Dropzone((source) => this.receive(source, !this.task.engaged));
  }

  /** Reads everything and keeps up with changes; the answer ends it. */
  async start(): Promise<() => void> {
    await this.settings.load();
    const reload = () => Promise.all([this.credentials.load(), this.bundles.load(), this.ledger.load()]);
    const stops = await Promise.all([
      this.backend.onCredentialsChanged(() => void reload()),
      this.backend.onArrival(() => void this.fetchArrivals()),
    ]);
    await reload();
    // What was handed over before the window was there.
    await this.fetchArrivals();
    if (this.settings.view?.development) {
      this.demoLinks = await this.backend.call('demo_links', {}).catch(() => []);
    }
    return () => stops.forEach((stop) => stop());
  }

  add(): void {
    this.task.reset();
    this.importing = true;
  }

  /** Whether a dialog other than the import's is open: what arrives waits until it is closed. */
  get occupied(): boolean {
    return this.shareOpen || this.showOpen || this.choosingOpen || this.sealed !== null;
  }

  /** Goes on with what waits longest. */
  next(): void {
    const source = this.arrivals.take();
    if (!source) return;
    this.importing = true;
    void this.task.give(source);
  }

  /** What arrived meanwhile has its turn once every dialog is closed. The window calls it whenever that may be so. */
  serve(): void {
    if (!this.importing && !this.occupied && this.arrivals.waiting.length > 0) untrack(() => this.next());
  }

  /** Keeps an e-mail address as one of the learner's own; whether it was taken. */
  addAddress = async (email: string): Promise<boolean> => {
    const known = this.settings.view?.emails ?? [];
    return this.settings.change({ emails: [...known, email] });
  };

  private async fetchArrivals(): Promise<void> {
    for (const source of await this.arrivals.fetch()) {
      const { at } = this.task.stage;
      this.receive(source, !this.task.busy && (at === 'ask' || at === 'done'));
    }
  }

  /** Looks at it now where the sheet is free for it, else in its turn. */
  private receive(source: Source, free: boolean): void {
    this.arrivals.put(source);
    if (free && !this.occupied && this.arrivals.waiting.length === 1) this.next();
  }

  copy = (text: string): Promise<unknown> => this.attempt(this.backend.call('copy_text', { text }));

  openBrowser = (url: string): Promise<unknown> => this.attempt(this.backend.call('open_in_browser', { url }));

  /** Shares one credential: as the bundle that holds it alone, made only when the learner goes through with it. */
  shareCredential(id: string): void {
    const title = this.credentials.all.find((each) => each.id === id)?.title.text ?? '';
    this.beginSharing({
      title,
      count: 1,
      inPart: false,
      bundle: async () => (await this.bundles.ofOne(id, title)).id,
      review: () => this.reviewCredential(id),
    });
  }

  shareBundle(id: string): void {
    this.beginSharing(this.subjectOf(id));
  }

  /** Shares the bundle of an earlier share again, as it is now. */
  shareAnew(bundle: string): void {
    this.beginSharing(this.subjectOf(bundle));
  }

  /** Shows a share again, as it was made. */
  lookAt(share: ShareView): void {
    const subject = { ...this.subjectOf(share.bundle), title: share.title, count: share.count };
    this.sharing = Sharing.again(this.backend, share, subject, this.means);
    this.shareOpen = true;
  }

  show(): void {
    this.shown = this.sharing?.share ?? null;
    this.showOpen = this.shown !== null;
  }

  chooseBundle(credentials: readonly string[]): void {
    this.choosing = credentials;
    if (this.bundles.all.length === 0) go(hrefs.newBundle(credentials));
    else this.choosingOpen = true;
  }

  /** Opens a bundle that somebody shared; a sealed one waits for its passphrase. */
  async openShare(text: string, passphrase: string | null = null): Promise<void> {
    try {
      this.received = await this.backend.call('open_share', { text, passphrase });
      this.sealed = null;
      go(hrefs.received);
    } catch (thrown) {
      const error = toErrorView(thrown);
      if (error.code === 'passphrase_needed') this.sealed = { text, error: null };
      else if (error.code === 'passphrase_wrong') this.sealed = { text, error };
      else toast(sayError(error).text);
    }
  }

  /** What the settings hold ready for a share. */
  private get means(): ShareMeans {
    const { view } = this.settings;
    return {
      pageIsSet: Boolean(view?.verifier_url),
      publisher: view?.publisher_url ?? null,
      paper: view?.paper ?? 'letter',
      language: words.language,
    };
  }

  private subjectOf(id: string): ShareSubject {
    const bundle = this.bundles.all.find((each) => each.id === id);
    return {
      title: bundle?.title ?? '',
      gone: bundle === undefined,
      count: bundle?.credentials.length ?? 0,
      inPart: Object.values(bundle?.withheld ?? {}).some((keys) => keys.length > 0),
      bundle: () => Promise.resolve(id),
      review: () => this.backend.call('review_bundle', { id }),
      leaveOut: (credential) => this.leaveOut(id, credential),
    };
  }

  private async leaveOut(id: string, credential: string): Promise<void> {
    const bundle = await this.backend.call('show_bundle', { id });
    const credentials = bundle.credentials.map((each) => each.id).filter((each) => each !== credential);
    await this.backend.call('edit_bundle', changeOf({ id, credentials }));
    await this.bundles.load();
  }

  /** What there is to know about one credential, from its bundle where it has one of its own. */
  private async reviewCredential(id: string): Promise<BundleReviewView> {
    const alone = this.bundles.alone(id);
    if (alone) return this.backend.call('review_bundle', { id: alone.id });
    return reviewOf(await this.backend.call('show_credential', { id }), new Date());
  }

  private beginSharing(subject: ShareSubject): void {
    this.sharing = new Sharing(this.backend, subject, this.means);
    this.shareOpen = true;
  }

  /** The answer, or nothing after the error was shown. */
  private async attempt<T>(work: Promise<T>): Promise<T | undefined> {
    try {
      return await work;
    } catch (thrown) {
      toast(sayError(toErrorView(thrown)).text);
      return undefined;
    }
  }
}
