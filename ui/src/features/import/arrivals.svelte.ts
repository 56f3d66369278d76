import type { Backend } from '$lib/ipc/backend';
import type { Source } from './source';

/** How many may wait; a flood of links is no way to use a wallet. */
export const WAITING_LIMIT = 32;

/** What came while something else was under way: each waits its turn. */
export class Arrivals {
  waiting = $state.raw<readonly Source[]>([]);

  constructor(private readonly backend: Backend) {}

  /** What the system has handed to the program since the last time. */
  async fetch(): Promise<readonly Source[]> {
    const arrived = await this.backend.call('take_arrivals', {}).catch(() => []);
    return arrived.map((each) =>
      each.kind === 'text' ? { kind: 'text', text: each.text } : { kind: 'paths', paths: each.paths },
    );
  }

  put(source: Source): void {
    if (this.waiting.length < WAITING_LIMIT) this.waiting = [...this.waiting, source];
  }

  take(): Source | undefined {
    const [first, ...rest] = this.waiting;
    this.waiting = rest;
    return first;
  }
}
