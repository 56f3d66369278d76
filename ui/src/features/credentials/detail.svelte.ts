import { toErrorView, type Backend } from '$lib/ipc/backend';
import type { CredentialDetailView, ErrorView, RefreshResultView } from '$lib/ipc/generated';

/** One credential with its last report. */
export class CredentialDetail {
  view = $state.raw<CredentialDetailView | null>(null);
  error = $state.raw<ErrorView | null>(null);
  asking = $state(false);
  raw = $state<string | null>(null);
  /** Why a page could not be kept beside it. */
  linkError = $state.raw<ErrorView | null>(null);

  constructor(
    private readonly backend: Backend,
    readonly id: string,
  ) {}

  async load(): Promise<void> {
    try {
      this.view = await this.backend.call('show_credential', { id: this.id });
      this.error = null;
    } catch (thrown) {
      this.error = toErrorView(thrown);
    }
  }

  /** Asks its issuer again. */
  async askAgain(): Promise<RefreshResultView | undefined> {
    this.asking = true;
    try {
      const [result] = await this.backend.call('refresh', { ids: [this.id] });
      await this.load();
      return result;
    } catch (thrown) {
      this.error = toErrorView(thrown);
      return undefined;
    } finally {
      this.asking = false;
    }
  }

  async loadRaw(): Promise<void> {
    if (this.raw !== null) return;
    try {
      this.raw = (await this.backend.call('raw_credential', { id: this.id })).json;
    } catch (thrown) {
      this.error = toErrorView(thrown);
    }
  }

  /** Keeps a page beside it; nobody is asked. Whether it was kept. */
  keepLink(url: string): Promise<boolean> {
    return this.changeLinks(this.backend.call('keep_link', { credential: this.id, url }));
  }

  /** Whether the page is no longer kept. */
  removeLink(url: string): Promise<boolean> {
    return this.changeLinks(this.backend.call('remove_link', { credential: this.id, url }));
  }

  private async changeLinks(change: Promise<unknown>): Promise<boolean> {
    this.linkError = null;
    try {
      await change;
    } catch (thrown) {
      this.linkError = toErrorView(thrown);
      return false;
    }
    await this.load();
    return true;
  }

  /** Whether it is gone. */
  async remove(): Promise<boolean> {
    try {
      await this.backend.call('remove_credential', { id: this.id });
      return true;
    } catch (thrown) {
      this.error = toErrorView(thrown);
      return false;
    }
  }
}
