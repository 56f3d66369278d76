import { toBase64 } from '$lib/base64';
import type { DroppedFile, ErrorView, SkippedView } from '$lib/ipc/generated';

/** What a text may weigh; the wallet holds the same limit. */
export const TEXT_LIMIT_BYTES = 8 * 1024 * 1024;
/** What files given together may weigh: a mailbox or an archive may be larger than a credential. */
export const FILES_LIMIT_BYTES = 64 * 1024 * 1024;
/** How many files may be given together. */
export const FILES_LIMIT_COUNT = 1000;

/** What the learner or the system gives: a text, files' contents, or paths that the wallet reads itself. */
export type Source =
  | { kind: 'text'; text: string }
  | { kind: 'files'; files: readonly File[] }
  | { kind: 'paths'; paths: readonly string[] };

/** What can be read of the files, and what not; one that can't be read takes nothing from the others. */
export interface ReadFiles {
  readonly files: DroppedFile[];
  readonly skipped: SkippedView[];
}

const problem = (code: string, params: Record<string, string> = {}): ErrorView => ({ code, params });

/** Why a text is not even looked at. */
export function textProblem(text: string): ErrorView | null {
  if (text.trim() === '') return problem('empty_input');
  return new Blob([text]).size > TEXT_LIMIT_BYTES ? problem('too_large') : null;
}

/** Reads files one after the other, within the limits. */
export async function readFiles(given: readonly File[]): Promise<ReadFiles> {
  const files: DroppedFile[] = [];
  const skipped: SkippedView[] = [];
  let left = FILES_LIMIT_BYTES;
  for (const file of given.slice(0, FILES_LIMIT_COUNT)) {
    const name = file.name;
    if (file.size > left) {
      skipped.push({ name, error: problem('carrier_too_large', { limit: String(FILES_LIMIT_BYTES / 1024 / 1024) }) });
      continue;
    }
    try {
      files.push({ name, base64: toBase64(new Uint8Array(await file.arrayBuffer())) });
      left -= file.size;
    } catch {
      skipped.push({ name, error: problem('file_unreadable', { name }) });
    }
  }
  const first = given[FILES_LIMIT_COUNT];
  if (first) skipped.push({ name: first.name, error: problem('carrier_too_many', { limit: String(FILES_LIMIT_COUNT) }) });
  return { files, skipped };
}
