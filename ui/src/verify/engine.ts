// The checker's binding behind one function, so that it can run beside the page as well as in it.
import init, { Sequence, Session, lookInto, readCodes } from '../lib/wasm/attesta_wasm.js';
import type { Answer, Item, Pixels, Progress, Turn, Unsealed } from './checker';

/** What the page asks of the checker; what it speaks of later goes by its number. */
export type Call =
  | { readonly do: 'start'; readonly module: string | ArrayBuffer }
  | { readonly do: 'open'; readonly items: readonly Item[]; readonly language: string; readonly loopback: boolean }
  | { readonly do: 'turn'; readonly session: number; readonly now: string; readonly answers: readonly Answer[] }
  | { readonly do: 'unseal'; readonly session: number; readonly passphrase: string }
  | { readonly do: 'speak'; readonly session: number; readonly language: string }
  | { readonly do: 'look'; readonly content: Item['content'] }
  | { readonly do: 'codes'; readonly picture: Pixels; readonly search: boolean }
  | { readonly do: 'sequence' }
  | { readonly do: 'receive'; readonly sequence: number; readonly text: string }
  | { readonly do: 'end'; readonly what: number };

export interface Replies {
  start: null;
  open: number;
  turn: Turn;
  unseal: Unsealed;
  speak: null;
  look: string;
  codes: readonly string[];
  sequence: number;
  receive: Progress;
  end: null;
}

const bytesOf = (content: Item['content']): Uint8Array =>
  typeof content === 'string' ? new TextEncoder().encode(content) : content;

const sessions = new Map<number, Session>();
const sequences = new Map<number, Sequence>();
let last = 0;

function held<T>(map: ReadonlyMap<number, T>, number: number): T {
  const found = map.get(number);
  if (!found) throw new Error('it has ended');
  return found;
}

/** Answers one call. */
export async function handle(call: Call): Promise<Replies[Call['do']]> {
  switch (call.do) {
    case 'start':
      await init({ module_or_path: call.module });
      return null;
    case 'open': {
      const session = new Session(call.language, call.loopback);
      for (const { name, content } of call.items) session.add(name, bytesOf(content));
      sessions.set(++last, session);
      return last;
    }
    case 'turn':
      return JSON.parse(held(sessions, call.session).turn(call.now, JSON.stringify(call.answers))) as Turn;
    case 'unseal':
      return JSON.parse(held(sessions, call.session).unseal(call.passphrase)) as Unsealed;
    case 'speak':
      held(sessions, call.session).speak(call.language);
      return null;
    case 'look':
      return lookInto(bytesOf(call.content));
    case 'codes': {
      const { width, height, data } = call.picture;
      const rgba = new Uint8Array(data.buffer, data.byteOffset, data.length);
      return JSON.parse(readCodes(width, height, rgba, call.search)) as string[];
    }
    case 'sequence':
      sequences.set(++last, new Sequence());
      return last;
    case 'receive':
      return JSON.parse(held(sequences, call.sequence).receive(call.text)) as Progress;
    case 'end':
      sessions.get(call.what)?.free();
      sequences.get(call.what)?.free();
      sessions.delete(call.what);
      sequences.delete(call.what);
      return null;
  }
}
