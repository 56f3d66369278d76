import { toErrorView, type Backend } from '$lib/ipc/backend';
import type { ErrorView, ShareView } from '$lib/ipc/generated';

/** Everything that was ever shared, newest first. */
export class Ledger {
  all = $state.raw<readonly ShareView[]>([]);
  loaded = $state(false);
  error = $state.raw<ErrorView | null>(null);

  constructor(private readonly backend: Backend) {}

  async load(): Promise<void> {
    try {
      const shares = await this.backend.call('list_shares', {});
      this.all = shares.sort((a, b) => b.created_at.localeCompare(a.created_at));
      this.error = null;
    } catch (thrown) {
      this.error = toErrorView(thrown);
    } finally {
      this.loaded = true;
    }
  }
}

/** Whether a share has stopped counting. */
export const hasEnded = ({ expires_at }: ShareView, now: Date): boolean =>
  expires_at !== null && new Date(expires_at).getTime() <= now.getTime();
