import type { Source } from './source';
import { FILES_LIMIT_COUNT } from './source';

/** How deep folders are followed; mail folders and badge exports are shallow. */
const DEPTH_LIMIT = 8;

const EXTENSIONS: Readonly<Record<string, string>> = {
  'image/png': 'png',
  'image/jpeg': 'jpg',
  'image/gif': 'gif',
  'image/webp': 'webp',
  'image/svg+xml': 'svg',
  'application/pdf': 'pdf',
  'message/rfc822': 'eml',
};

/** A screenshot in the clipboard has no name of its own. */
function named(file: File): File {
  if (file.name !== '') return file;
  return new File([file], `pasted.${EXTENSIONS[file.type] ?? 'bin'}`, { type: file.type });
}

/** The files of a drop or paste; WebKit offers a pasted picture among the items alone. */
function filesOf(data: DataTransfer): File[] {
  if (data.files.length > 0) return [...data.files].map(named);
  return [...data.items].flatMap((item) => {
    const file = item.kind === 'file' ? item.getAsFile() : null;
    return file === null ? [] : [named(file)];
  });
}

const textOf = (data: DataTransfer) => (data.getData('text/uri-list') || data.getData('text/plain')).trim();

function sourceOf(data: DataTransfer | null): Source | null {
  if (data === null) return null;
  const files = filesOf(data);
  if (files.length > 0) return { kind: 'files', files };
  const text = textOf(data);
  return text === '' ? null : { kind: 'text', text };
}

/** Folders among what was dropped. They must be asked for while the drop is being handled. */
function foldersOf(data: DataTransfer | null): FileSystemEntry[] {
  const entries = [...(data?.items ?? [])].flatMap((item) => {
    const entry = item.kind === 'file' ? (item.webkitGetAsEntry?.() ?? null) : null;
    return entry === null ? [] : [entry];
  });
  return entries.some((entry) => entry.isDirectory) ? entries : [];
}

/** Every file below these entries, within the limits; what can't be opened is left out. */
export async function filesBelow(entries: readonly FileSystemEntry[], depth = 0): Promise<File[]> {
  const found: File[] = [];
  for (const entry of entries) {
    // One more than may be given, so that the limit is told.
    if (found.length > FILES_LIMIT_COUNT) break;
    try {
      if (entry.isFile) {
        found.push(await new Promise<File>((done, failed) => (entry as FileSystemFileEntry).file(done, failed)));
      } else if (depth < DEPTH_LIMIT) {
        found.push(...(await filesBelow(await entriesOf(entry as FileSystemDirectoryEntry), depth + 1)));
      }
    } catch {
      continue;
    }
  }
  return found;
}

/** A folder's entries; it tells them in parts. */
async function entriesOf(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const all: FileSystemEntry[] = [];
  while (all.length <= FILES_LIMIT_COUNT) {
    const part = await new Promise<FileSystemEntry[]>((done, failed) => reader.readEntries(done, failed));
    if (part.length === 0) break;
    all.push(...part);
  }
  return all;
}

const carries = (data: DataTransfer | null) =>
  data !== null && ['Files', 'text/uri-list', 'text/plain'].some((type) => data.types.includes(type));

const isWriting = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  (target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLInputElement);

/** Takes drops and pastes anywhere on the window, except where the learner is writing. */
export class Dropzone {
  hovering = $state(false);
  private depth = 0;
  /** A link or text of the window itself is being dragged: that is no arrival. */
  private ownDrag = false;

  constructor(private readonly receive: (source: Source) => void) {}

  /** Listens until the answer is called. */
  listen(target: Window = window): () => void {
    const start = () => (this.ownDrag = true);
    const end = () => (this.ownDrag = false);
    const enter = (event: DragEvent) => {
      if (this.ownDrag || !carries(event.dataTransfer)) return;
      this.depth++;
      this.hovering = true;
    };
    const over = (event: DragEvent) => {
      if (this.ownDrag || !carries(event.dataTransfer)) return;
      // Without this the window would open the file itself.
      event.preventDefault();
    };
    const leave = () => {
      this.depth = Math.max(0, this.depth - 1);
      if (this.depth === 0) this.hovering = false;
    };
    const drop = (event: DragEvent) => {
      this.depth = 0;
      this.hovering = false;
      if (this.ownDrag) return;
      const folders = foldersOf(event.dataTransfer);
      const source = sourceOf(event.dataTransfer);
      // Text let go in a box being written in belongs there.
      if (source?.kind === 'text' && isWriting(event.target)) return;
      event.preventDefault();
      if (folders.length > 0) void filesBelow(folders).then((files) => this.receive({ kind: 'files', files }));
      else if (source) this.receive(source);
    };
    const paste = (event: ClipboardEvent) => {
      const data = event.clipboardData;
      // Office programs put a picture beside the text they copy; who is writing wants the text.
      if (data !== null && isWriting(event.target) && textOf(data) !== '') return;
      const source = sourceOf(data);
      if (!source) return;
      event.preventDefault();
      this.receive(source);
    };
    target.addEventListener('dragstart', start);
    target.addEventListener('dragend', end);
    target.addEventListener('dragenter', enter);
    target.addEventListener('dragover', over);
    target.addEventListener('dragleave', leave);
    target.addEventListener('drop', drop);
    target.addEventListener('paste', paste);
    return () => {
      target.removeEventListener('dragstart', start);
      target.removeEventListener('dragend', end);
      target.removeEventListener('dragenter', enter);
      target.removeEventListener('dragover', over);
      target.removeEventListener('dragleave', leave);
      target.removeEventListener('drop', drop);
      target.removeEventListener('paste', paste);
    };
  }
}
