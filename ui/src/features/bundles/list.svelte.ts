import { toErrorView, type Backend } from '$lib/ipc/backend';
import type { BundleView, EditBundle, ErrorView } from '$lib/ipc/generated';
import { bareBundle } from './content';

/** A change that leaves everything else as it is. */
export const changeOf = (change: Partial<EditBundle> & Pick<EditBundle, 'id'>): EditBundle => ({
  title: null,
  note: null,
  audience: null,
  credentials: null,
  notes: null,
  withheld: null,
  hidden_parts: null,
  ...change,
});

/** All bundles, last changed first. */
export class BundleList {
  all = $state.raw<readonly BundleView[]>([]);
  loaded = $state(false);
  error = $state.raw<ErrorView | null>(null);

  constructor(private readonly backend: Backend) {}

  async load(): Promise<void> {
    try {
      const bundles = await this.backend.call('list_bundles', {});
      this.all = bundles.sort((a, b) => b.updated_at.localeCompare(a.updated_at));
      this.error = null;
    } catch (thrown) {
      this.error = toErrorView(thrown);
    } finally {
      this.loaded = true;
    }
  }

  /** Puts credentials at the end of a bundle, leaving out what it already holds; the answer is the changed bundle. */
  async addTo(id: string, credentials: readonly string[]): Promise<BundleView | null> {
    const held = this.all.find((bundle) => bundle.id === id)?.credentials.map((each) => each.id) ?? [];
    const order = [...held, ...credentials.filter((each) => !held.includes(each))];
    try {
      const changed = await this.backend.call('edit_bundle', changeOf({ id, credentials: order }));
      await this.load();
      return changed;
    } catch (thrown) {
      this.error = toErrorView(thrown);
      return null;
    }
  }

  /** The bundle that holds this credential alone and whole, where there is one. */
  alone(credential: string): BundleView | undefined {
    return this.all.find(
      ({ credentials, withheld }) =>
        credentials.length === 1 && credentials[0]?.id === credential && (withheld[credential] ?? []).length === 0,
    );
  }

  /** The bundle that holds this credential alone, made where there is none yet: what "Share" on a credential shares. */
  async ofOne(credential: string, title: string): Promise<BundleView> {
    await this.load();
    const known = this.alone(credential);
    if (known) return known;
    const made = await this.backend.call('create_bundle', bareBundle(title, [credential]));
    await this.load();
    return made;
  }
}
