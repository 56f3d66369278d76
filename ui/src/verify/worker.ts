// Runs the checker beside the page, so that the page stays alive while it works.
import { handle, type Call } from './engine';

interface Numbered {
  readonly number: number;
  readonly call: Call;
}

self.onmessage = async ({ data: { number, call } }: MessageEvent<Numbered>) => {
  try {
    self.postMessage({ number, reply: await handle(call) });
  } catch {
    // What went wrong may name what was opened, and the page has one answer for it.
    self.postMessage({ number, failed: true });
  }
};
