import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Dropzone, filesBelow } from './dropzone.svelte';
import type { Source } from './source';

interface Given {
  files?: File[];
  items?: File[];
  text?: string;
}

/** An event as the window gets it; jsdom makes no transfers of its own. */
function event(type: 'drop' | 'paste', { files = [], items = [], text = '' }: Given): Event {
  const transfer = {
    files,
    items: items.map((file) => ({ kind: 'file', getAsFile: () => file, webkitGetAsEntry: () => null })),
    types: ['Files'],
    getData: (format: string) => (format === 'text/plain' ? text : ''),
  };
  return Object.assign(new Event(type, { bubbles: true, cancelable: true }), {
    [type === 'drop' ? 'dataTransfer' : 'clipboardData']: transfer,
  });
}

const entry = (name: string) =>
  ({ isFile: true, isDirectory: false, file: (done: (file: File) => void) => done(new File(['x'], name)) }) as unknown as FileSystemEntry;

/** A folder that tells its entries in two parts, as browsers do with long ones. */
function folder(...entries: FileSystemEntry[]): FileSystemEntry {
  const parts = [entries.slice(0, 1), entries.slice(1), []];
  return {
    isFile: false,
    isDirectory: true,
    createReader: () => ({ readEntries: (done: (entries: FileSystemEntry[]) => void) => done(parts.shift() ?? []) }),
  } as unknown as FileSystemEntry;
}

let received: Source[];
let stop: () => void;

beforeEach(() => {
  received = [];
  stop = new Dropzone((source) => received.push(source)).listen();
});

afterEach(() => {
  stop();
  document.body.replaceChildren();
});

describe('what is dropped or pasted', () => {
  it('as several files is received as one', () => {
    window.dispatchEvent(event('drop', { files: [new File(['a'], 'a.eml'), new File(['b'], 'b.png')] }));
    expect(received).toMatchObject([{ kind: 'files', files: [{ name: 'a.eml' }, { name: 'b.png' }] }]);
  });

  it('as a screenshot without a name is a picture', () => {
    window.dispatchEvent(event('paste', { items: [new File(['p'], '', { type: 'image/png' })] }));
    expect(received).toMatchObject([{ kind: 'files', files: [{ name: 'pasted.png' }] }]);
  });

  it('as text is received outside of a box, and left to a box that is written in', () => {
    window.dispatchEvent(event('paste', { text: ' https://college.example/1 ' }));
    expect(received).toEqual([{ kind: 'text', text: 'https://college.example/1' }]);
    const box = document.body.appendChild(document.createElement('textarea'));
    box.dispatchEvent(event('paste', { text: 'https://college.example/2' }));
    expect(received).toHaveLength(1);
  });

  it('as text with a picture beside it, into a box, stays text', () => {
    const box = document.body.appendChild(document.createElement('textarea'));
    const given = event('paste', { text: 'a table', items: [new File(['p'], 'image.png', { type: 'image/png' })] });
    box.dispatchEvent(given);
    expect(received).toEqual([]);
    expect(given.defaultPrevented).toBe(false);
  });

  it('as a picture alone, into a box, is received', () => {
    const box = document.body.appendChild(document.createElement('textarea'));
    box.dispatchEvent(event('paste', { items: [new File(['p'], 'image.png', { type: 'image/png' })] }));
    expect(received).toHaveLength(1);
  });

  it('as a folder yields every file below it', async () => {
    const files = await filesBelow([folder(entry('a.json'), folder(entry('b.eml')), entry('c.png')), entry('d.zip')]);
    expect(files.map(({ name }) => name)).toEqual(['a.json', 'b.eml', 'c.png', 'd.zip']);
  });

  it('as folders without end is left at a depth', async () => {
    let deep = folder(entry('deep.json'));
    for (let depth = 0; depth < 20; depth++) deep = folder(deep);
    expect(await filesBelow([deep])).toEqual([]);
  });
});
