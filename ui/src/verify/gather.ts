import type { ErrorView } from '$lib/ipc/generated';
import type { Checker, Item, SequenceSession, Unread } from './checker';
import { pictureKind, pixelsOf } from './pictures';
import { SIZE_LIMIT_BYTES, type Gathered } from './visit.svelte';

/** More files than anybody looks through at once. */
const MOST_FILES = 64;

const plain = (code: string, params: Record<string, string> = {}): ErrorView => ({ code, params });

/** What the checker says of pictures that carry no credential inside. */
const NOTHING_BAKED_IN = new Set(['png_without_credential', 'picture_without_credential']);

/** What a picture without a code, and one whose code is something else, comes to. */
export const NO_CODE = 'no_code_in_picture';
export const OTHER_CODE = 'code_is_something_else';

/**
 * Reads the files that were chosen, dropped or pasted together. Pictures that carry no credential inside are looked at
 * for codes, and the parts of an animated sequence are put together over all of them.
 */
export async function gather(files: readonly File[], load: () => Promise<Checker>): Promise<Gathered> {
  const items: Item[] = [];
  const unread: Unread[] = [];
  let sequence: SequenceSession | null = null;
  let missing: { name: string; error: ErrorView } | null = null;

  /** Takes what a picture's codes say; yields why there is nothing in it. */
  async function takeCodes(name: string, texts: readonly string[], checker: Checker): Promise<ErrorView | null> {
    let error: ErrorView | null = plain(NO_CODE);
    for (const text of texts) {
      sequence ??= await checker.sequence();
      const { part, received, enough, done } = await sequence.receive(text);
      if (part) {
        missing = done === null ? { name, error: plain('sequence_incomplete', { received: `${received}`, enough: `${enough}` }) } : null;
        // A moving code goes on after it is whole; it is opened once.
        if (done !== null && !items.some(({ content }) => content === done)) items.push({ name, content: done });
        error = null;
      } else if ((await checker.lookInto(text)) === 'not_a_link') {
        if (error) error = plain(OTHER_CODE);
      } else {
        items.push({ name, content: text });
        error = null;
      }
    }
    return error;
  }

  async function take(file: File): Promise<ErrorView | null> {
    if (file.size > SIZE_LIMIT_BYTES) return plain('too_large');
    const bytes = new Uint8Array(await file.arrayBuffer());
    const kind = pictureKind(bytes);
    if (kind === null) {
      items.push({ name: file.name, content: bytes });
      return null;
    }
    const checker = await load();
    const mayBeBaked = kind === 'image/png' || kind === 'image/svg+xml';
    if (mayBeBaked && !NOTHING_BAKED_IN.has(await checker.lookInto(bytes))) {
      items.push({ name: file.name, content: bytes });
      return null;
    }
    let error: ErrorView | null = plain(NO_CODE);
    for (const pixels of await pixelsOf(bytes, kind)) {
      const texts = await checker.readCodes(pixels, 'search');
      if (texts.length === 0) continue;
      error = await takeCodes(file.name, texts, checker);
      break;
    }
    return error;
  }

  for (const file of files.slice(0, MOST_FILES)) {
    const error = await take(file).catch(() => plain('file_unreadable'));
    if (error) unread.push({ name: file.name, error });
  }
  if (files.length > MOST_FILES) unread.push({ name: '', error: plain('too_many_items', { limit: `${MOST_FILES}` }) });
  (sequence as SequenceSession | null)?.end();
  if (missing) unread.push(missing);
  return { items, unread };
}

/** The one thing that a text is. */
export const textOnly = (text: string): Gathered => ({ items: [{ name: '', content: text }], unread: [] });
