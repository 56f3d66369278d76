import { describe, expect, it } from 'vitest';
import { FILES_LIMIT_BYTES, FILES_LIMIT_COUNT, readFiles } from './source';

const file = (name: string, bytes: number[] = [0, 255, 16]) => new File([new Uint8Array(bytes)], name);

function sized(name: string, size: number): File {
  const made = file(name);
  Object.defineProperty(made, 'size', { value: size });
  return made;
}

describe('files that are given together', () => {
  it('are sent as their bytes, in their order', async () => {
    const { files, skipped } = await readFiles([file('badge.png'), file('mail.eml', [65])]);
    expect(files).toEqual([
      { name: 'badge.png', base64: 'AP8Q' },
      { name: 'mail.eml', base64: 'QQ==' },
    ]);
    expect(skipped).toEqual([]);
  });

  it('lose only the one that is too large', async () => {
    const { files, skipped } = await readFiles([file('a.json'), sized('huge.mbox', FILES_LIMIT_BYTES + 1), file('b.json')]);
    expect(files.map(({ name }) => name)).toEqual(['a.json', 'b.json']);
    expect(skipped).toEqual([{ name: 'huge.mbox', error: { code: 'carrier_too_large', params: { limit: '64' } } }]);
  });

  it('share one limit', async () => {
    const half = FILES_LIMIT_BYTES / 2;
    const { files, skipped } = await readFiles([sized('a', half), sized('b', half), file('c')]);
    expect(files.map(({ name }) => name)).toEqual(['a', 'b']);
    expect(skipped.map(({ name }) => name)).toEqual(['c']);
  });

  it('lose only the one that can’t be read', async () => {
    const gone = file('gone.json');
    gone.arrayBuffer = () => Promise.reject(new Error('NotReadableError'));
    const { files, skipped } = await readFiles([gone, file('here.json')]);
    expect(files.map(({ name }) => name)).toEqual(['here.json']);
    expect(skipped).toEqual([{ name: 'gone.json', error: { code: 'file_unreadable', params: { name: 'gone.json' } } }]);
  });

  it('are read up to a number, and the rest is told once', async () => {
    const many = Array.from({ length: FILES_LIMIT_COUNT + 5 }, (_, index) => file(`${index}.json`));
    const { files, skipped } = await readFiles(many);
    expect(files).toHaveLength(FILES_LIMIT_COUNT);
    expect(skipped.map(({ error }) => error.code)).toEqual(['carrier_too_many']);
  });
});
