// The page as one file: the checker stands in it, compressed.
import CheckerWorker from '../worker?worker&inline';

/** The checker's WebAssembly. Each call unpacks it anew, since a worker is given its own. */
export async function module(): Promise<ArrayBuffer> {
  const packed = document.querySelector('#attesta-checker')?.textContent?.trim() ?? '';
  const bytes = Uint8Array.from(atob(packed), (each) => each.charCodeAt(0));
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate'))).arrayBuffer();
}

export const startWorker = (): Worker => new CheckerWorker();
