import type { Backend } from '$lib/ipc/backend';
import type { DemoLink, PresentationView, ShareView } from '$lib/ipc/generated';
import { toErrorView } from '$lib/ipc/backend';
import { sayError } from '$lib/words/words.svelte';
import { toast } from '$lib/components/live.svelte';
import { go, hrefs } from '$lib/route.svelte';
import { BundleList } from '../features/bundles/list.svelte';
import { CredentialList } from '../features/credentials/list.svelte';
import { Dropzone } from '../features/import/dropzone.svelte';
import { Import } from '../features/import/import.svelte';
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
    this.dropzone = new Dropzone((arrival) => {
      if (this.task.stage.at === 'working') return;
      this.importing = true;
      if (arrival.kind === 'file') this.task.offerFile(arrival.file);
      else void this.task.offerText(arrival.text);
    });
  }

  /** Reads everything and keeps up with changes; the answer ends it. */
  async start(): Promise<() => void> {
    await this.settings.load();
    const reload = () => Promise.all([this.credentials.load(), this.bundles.load(), this.ledger.load()]);
    const stop = await this.backend.onCredentialsChanged(() => void reload());
    await reload();
    if (this.settings.view?.development) {
      this.demoLinks = await this.backend.call('demo_links', {}).catch(() => []);
    }
    return stop;
  }

  add(): void {
    this.task.reset();
    this.importing = true;
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
