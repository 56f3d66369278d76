// The page in a folder of a host: the checker lies beside it.
import address from '../../lib/wasm/attesta_wasm_bg.wasm?url';

/** Where the checker's WebAssembly is. */
export const module = (): Promise<string> => Promise.resolve(new URL(address, document.baseURI).href);

export const startWorker = (): Worker => new Worker(new URL('../worker.ts', import.meta.url), { type: 'module' });
