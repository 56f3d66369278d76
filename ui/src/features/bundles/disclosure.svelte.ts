import { SvelteMap } from 'svelte/reactivity';
import { toErrorView, type Backend } from '$lib/ipc/backend';
import type { DisclosableClaimView, DisclosableView, ErrorView } from '$lib/ipc/generated';

/** The claim that this one goes with: where that is left out, this one is too. */
export function parentOf(
  { key }: DisclosableClaimView,
  claims: readonly DisclosableClaimView[],
): DisclosableClaimView | undefined {
  return claims
    .filter((each) => each.key !== key && key.startsWith(`${each.key}/`))
    .sort((a, b) => b.key.length - a.key.length)[0];
}

/** Whether the reader gets to see a claim. */
export function isShown({ key }: DisclosableClaimView, withheld: readonly string[]): boolean {
  return !withheld.some((each) => key === each || key.startsWith(`${each}/`));
}

/** What each credential lets its holder leave out, asked once for each. */
export class Disclosures {
  error = $state.raw<ErrorView | null>(null);
  private readonly known = new SvelteMap<string, DisclosableView>();
  private readonly asked = new Set<string>();

  constructor(private readonly backend: Backend) {}

  /** None until it has been asked. */
  of = (id: string): DisclosableView | undefined => this.known.get(id);

  async ask(id: string): Promise<void> {
    if (this.asked.has(id)) return;
    this.asked.add(id);
    try {
      this.known.set(id, await this.backend.call('disclosable', { id }));
    } catch (thrown) {
      this.asked.delete(id);
      this.error = toErrorView(thrown);
    }
  }
}
