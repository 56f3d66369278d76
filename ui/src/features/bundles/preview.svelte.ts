import { untrack } from 'svelte';
import { toErrorView, type Backend } from '$lib/ipc/backend';
import type { CreateBundle, ErrorView, PresentationView } from '$lib/ipc/generated';

/** A pause in typing that long is taken for the end of a thought. */
const PAUSE_MILLISECONDS = 250;

/** What the reader would see of a bundle that is being written. */
export class BundlePreview {
  presentation = $state.raw<PresentationView | null>(null);
  /** Why what is shown is not up to date. */
  error = $state.raw<ErrorView | null>(null);
  private timer: ReturnType<typeof setTimeout> | undefined;
  /** Counts the questions, so that an answer to an earlier one never takes a later one's place. */
  private turn = 0;

  constructor(private readonly backend: Backend) {}

  /** Asks how the draft would look, once nothing more comes for a moment. */
  ask(draft: CreateBundle): void {
    const turn = ++this.turn;
    clearTimeout(this.timer);
    // An answer is no reason to ask again.
    const pause = untrack(() => this.presentation) === null ? 0 : PAUSE_MILLISECONDS;
    this.timer = setTimeout(() => void this.fetch(draft, turn), pause);
  }

  /** Nobody looks any more. */
  end(): void {
    this.turn++;
    clearTimeout(this.timer);
  }

  private async fetch(draft: CreateBundle, turn: number): Promise<void> {
    try {
      const presentation = await this.backend.call('preview_bundle', { draft });
      if (turn !== this.turn) return;
      this.presentation = presentation;
      this.error = null;
    } catch (thrown) {
      if (turn === this.turn) this.error = toErrorView(thrown);
    }
  }
}
