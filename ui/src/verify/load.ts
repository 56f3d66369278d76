import { module, startWorker } from '$checker';
import type { Checker } from './checker';
import type { Call, Replies } from './engine';

type Ask = <C extends Call>(call: C) => Promise<Replies[C['do']]>;

/** How long a worker may take to say that it is there before the page does the work itself. */
const WORKER_MILLISECONDS = 10_000;

/** Whether the page itself is served from this machine, where a demo issuer may be as well. */
const isOnLoopback = (host: string): boolean => host === 'localhost' || host === '127.0.0.1';

interface Reply {
  readonly number: number;
  readonly reply?: unknown;
  readonly failed?: boolean;
}

/** The checker beside the page. */
async function inWorker(): Promise<Ask> {
  const worker = startWorker();
  const waiting = new Map<number, { resolve: (reply: never) => void; reject: (reason: Error) => void }>();
  let last = 0;
  const endAll = () => {
    for (const { reject } of waiting.values()) reject(new Error('the worker has ended'));
    waiting.clear();
  };
  worker.onmessage = ({ data }: MessageEvent<Reply>) => {
    const asked = waiting.get(data.number);
    waiting.delete(data.number);
    if (data.failed) asked?.reject(new Error('the checker failed'));
    else asked?.resolve(data.reply as never);
  };
  worker.onerror = (event) => {
    event.preventDefault();
    endAll();
  };
  const ask: Ask = (call) =>
    new Promise((resolve, reject) => {
      const number = ++last;
      waiting.set(number, { resolve, reject });
      worker.postMessage({ number, call });
    });
  const late = setTimeout(endAll, WORKER_MILLISECONDS);
  try {
    await ask({ do: 'start', module: await module() });
    return ask;
  } catch (thrown) {
    worker.terminate();
    throw thrown;
  } finally {
    clearTimeout(late);
  }
}

/** The checker in the page itself: for browsers that allow no worker to a file from the disk. */
async function inPage(): Promise<Ask> {
  const { handle } = await import('./engine');
  const ask: Ask = async (call) => {
    // What was just said on the page is painted before the work begins.
    if (call.do !== 'codes') await new Promise((resolve) => setTimeout(resolve, 30));
    return (await handle(call)) as never;
  };
  await ask({ do: 'start', module: await module() });
  return ask;
}

let loading: Promise<Checker> | undefined;

/** Loads the checker, once. */
export function loadChecker(): Promise<Checker> {
  loading ??= load().catch((thrown: unknown) => {
    // What failed for want of a connection may go well the next time.
    loading = undefined;
    throw thrown;
  });
  return loading;
}

async function load(): Promise<Checker> {
  const ask = await inWorker().catch(() => inPage());
  const loopback = isOnLoopback(location.hostname);
  return {
    open: async (items, language) => {
      const session = await ask({ do: 'open', items, language, loopback });
      return {
        turn: (now, answers) => ask({ do: 'turn', session, now, answers }),
        unseal: (passphrase) => ask({ do: 'unseal', session, passphrase }),
        speak: async (language) => void (await ask({ do: 'speak', session, language })),
        end: () => void ask({ do: 'end', what: session }),
      };
    },
    lookInto: (content) => ask({ do: 'look', content }),
    readCodes: (picture, effort) => ask({ do: 'codes', picture, search: effort === 'search' }),
    sequence: async () => {
      const sequence = await ask({ do: 'sequence' });
      return {
        receive: (text) => ask({ do: 'receive', sequence, text }),
        end: () => void ask({ do: 'end', what: sequence }),
      };
    },
  };
}
