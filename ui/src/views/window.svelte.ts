import { untrack } from 'svelte';
import type { Backend } from '$lib/ipc/backend';
import type { DemoLink, PresentationView, ShareView } from '$lib/ipc/generated';
import { toErrorView } from '$lib/ipc/backend';
import { sayError } from '$lib/words/words.svelte';
import { toast } from '$lib/components/live.svelte';
import { go, hrefs } from '$lib/route.svelte';
import { BundleList } from '../features/bundles/list.svelte';
import { CredentialList } from '../features/credentials/list.svelte';
import { Arrivals } from '../features/import/arrivals.svelte';
import { Dropzone } from '../features/import/dropzone.svelte';
import { Import } from '../features/import/import.svelte';
import type { Source } from '../features/import/source';
import { Settings } from '../features/settings/settings.svelte';
import { Ledger } from '../features/sharing/ledger.svelte';
import { Sharing } from '../features/sharing/share.svelte';

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
    return this.shareOpen || this.showOpen || this.choosingOpen;
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
    this.beginSharing(async () => (await this.bundles.ofOne(id, title)).id, title, 1);
  }

  shareBundle(id: string): void {
    const bundle = this.bundles.all.find((each) => each.id === id);
    this.beginSharing(() => Promise.resolve(id), bundle?.title ?? '', bundle?.credentials.length ?? 0);
  }

  /** Shows a share again, as it was made. */
  lookAt(share: ShareView): void {
    const sharing = this.newSharing(() => Promise.resolve(share.bundle), share.title, share.count);
    sharing.share = share;
    this.sharing = sharing;
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

  /** Opens a bundle that somebody shared. */
  async openShare(text: string): Promise<void> {
    const presentation = await this.attempt(this.backend.call('open_share', { text }));
    if (!presentation) return;
    this.received = presentation;
    go(hrefs.received);
  }

  private beginSharing(bundle: () => Promise<string>, title: string, count: number): void {
    this.sharing = this.newSharing(bundle, title, count);
    this.shareOpen = true;
  }

  private newSharing(bundle: () => Promise<string>, title: string, count: number): Sharing {
    return new Sharing(this.backend, bundle, title, count, Boolean(this.settings.view?.verifier_url));
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
