import { SvelteSet } from 'svelte/reactivity';
import { toErrorView, type Backend } from '$lib/ipc/backend';
import type { CredentialListView, ErrorView, SuggestionView } from '$lib/ipc/generated';

/** A job posting while credentials that fit it are looked for. Nothing of it is kept. */
export class Suggestion {
  posting = $state('');
  found = $state.raw<SuggestionView | null>(null);
  busy = $state(false);
  error = $state.raw<ErrorView | null>(null);
  readonly chosen = new SvelteSet<string>();

  constructor(private readonly backend: Backend) {}

  /** Looks for what fits and chooses it, except what the bundle holds already. */
  async find(held: readonly string[]): Promise<void> {
    if (this.posting.trim() === '' || this.busy) return;
    this.busy = true;
    this.error = null;
    this.chosen.clear();
    try {
      const found = await this.backend.call('suggest_credentials', { text: this.posting });
      for (const { credential } of found.suggested) {
        if (credential.verdict === 'valid' && !held.includes(credential.id)) this.chosen.add(credential.id);
      }
      this.found = found;
    } catch (thrown) {
      this.error = toErrorView(thrown);
    } finally {
      this.busy = false;
    }
  }

  choose(id: string, yes: boolean): void {
    if (yes) this.chosen.add(id);
    else this.chosen.delete(id);
  }

  /** What was chosen, the best first. */
  get picked(): readonly CredentialListView[] {
    return (this.found?.suggested ?? []).map(({ credential }) => credential).filter(({ id }) => this.chosen.has(id));
  }

  /** Forgets the posting and what was found. */
  forget(): void {
    this.posting = '';
    this.again();
  }

  /** Back to the posting. */
  again(): void {
    this.found = null;
    this.error = null;
    this.chosen.clear();
  }
}
