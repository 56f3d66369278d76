import { toErrorView, type Backend } from '$lib/ipc/backend';
import type { BundleVersionView, BundleView, ErrorView } from '$lib/ipc/generated';

/** The versions of one bundle, the newest first. */
export class BundleVersions {
  all = $state.raw<readonly BundleVersionView[]>([]);
  /** The version that is being gone back to. */
  restoring = $state<number | null>(null);
  error = $state.raw<ErrorView | null>(null);

  constructor(private readonly backend: Backend) {}

  async load(id: string): Promise<void> {
    this.error = null;
    try {
      const versions = await this.backend.call('bundle_versions', { id });
      this.all = versions.toSorted((a, b) => b.version - a.version);
    } catch (thrown) {
      this.error = toErrorView(thrown);
    }
  }

  /** Makes an earlier version the newest; how many of its credentials are no longer in the wallet comes along. */
  async restore(id: string, { version, count }: BundleVersionView): Promise<{ bundle: BundleView; missing: number } | null> {
    if (this.restoring !== null) return null;
    this.restoring = version;
    this.error = null;
    try {
      const bundle = await this.backend.call('restore_bundle', { id, version });
      return { bundle, missing: Math.max(0, count - bundle.credentials.length) };
    } catch (thrown) {
      this.error = toErrorView(thrown);
      return null;
    } finally {
      this.restoring = null;
    }
  }
}
