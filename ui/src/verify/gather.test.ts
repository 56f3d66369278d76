import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Checker } from './checker';
import { gather } from './gather';
import { pictureKind } from './pictures';

const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const file = (name: string, bytes: number[] | string) =>
  new File([typeof bytes === 'string' ? bytes : new Uint8Array(bytes)], name);

/** A checker that finds these codes in pictures, one list for each picture. */
function checker(codes: string[][], baked = false): () => Promise<Checker> {
  const parts = new Set<string>();
  return () =>
    Promise.resolve({
      open: () => Promise.reject(new Error('none here')),
      lookInto: (content) =>
        Promise.resolve(
          typeof content === 'string'
            ? content.includes('#1u') ? '' : 'not_a_link'
            : baked ? '' : 'png_without_credential',
        ),
      readCodes: () => Promise.resolve(codes.shift() ?? []),
      sequence: () =>
        Promise.resolve({
          receive: (text) => {
            if (!text.startsWith('ur:')) return Promise.resolve({ part: false, received: 0, enough: 0, done: null });
            parts.add(text);
            return Promise.resolve({ part: true, received: parts.size, enough: 3, done: parts.size === 3 ? '1uwhole' : null });
          },
          end: () => undefined,
        }),
    });
}

/** jsdom has no canvas, so a picture is drawn as one grey pixel. */
function drawPictures() {
  vi.stubGlobal('createImageBitmap', () => Promise.resolve({ width: 1, height: 1, close: () => undefined }));
  vi.spyOn(HTMLCanvasElement.prototype, 'getContext').mockReturnValue({
    fillRect: () => undefined,
    drawImage: () => undefined,
    getImageData: () => ({ data: new Uint8ClampedArray(4) }),
  } as unknown as CanvasRenderingContext2D & GPUCanvasContext & ImageBitmapRenderingContext & WebGL2RenderingContext);
  // What is drawn is no film.
  vi.stubGlobal('HTMLVideoElement', Image);
}

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

describe('files that are opened together', () => {
  it('are each handed on with their name', async () => {
    const { items, unread } = await gather([file('a.json', '{}'), file('b.jwt', 'eyJ')], checker([]));
    expect(items.map(({ name }) => name)).toEqual(['a.json', 'b.jwt']);
    expect(unread).toEqual([]);
  });

  it('of more than the limit are not even read', async () => {
    const large = file('large.pdf', '%PDF-');
    Object.defineProperty(large, 'size', { value: 8 * 1024 * 1024 + 1 });
    vi.spyOn(large, 'arrayBuffer');
    expect(await gather([large], checker([]))).toEqual({
      items: [],
      unread: [{ name: 'large.pdf', error: { code: 'too_large', params: {} } }],
    });
    expect(large.arrayBuffer).not.toHaveBeenCalled();
  });

  it('with a credential baked in are no pictures of codes', async () => {
    const { items } = await gather([file('badge.png', PNG)], checker([], true));
    expect(items).toEqual([{ name: 'badge.png', content: new Uint8Array(PNG) }]);
  });

  it('that are pictures are looked at for codes', async () => {
    drawPictures();
    const { items, unread } = await gather(
      [file('code.png', PNG), file('cat.jpg', [0xff, 0xd8, 0xff]), file('site.png', PNG)],
      checker([['https://v.example/#1uabc'], [], ['https://site.example/']]),
    );
    expect(items).toEqual([{ name: 'code.png', content: 'https://v.example/#1uabc' }]);
    expect(unread.map(({ name, error }) => [name, error.code])).toEqual([
      ['cat.jpg', 'no_code_in_picture'],
      ['site.png', 'code_is_something_else'],
    ]);
  });

  it('that show the parts of a moving code are put together', async () => {
    drawPictures();
    const pictures = ['1', '2', '3'].map((name) => file(`${name}.png`, PNG));
    const whole = await gather(pictures, checker([['ur:1'], ['ur:2'], ['ur:3']]));
    expect(whole).toEqual({ items: [{ name: '3.png', content: '1uwhole' }], unread: [] });
    const more = [...pictures, file('4.png', PNG), file('5.png', PNG)];
    const twice = await gather(more, checker([['ur:1'], ['ur:2'], ['ur:3'], ['ur:1'], ['ur:2']]));
    expect(twice).toEqual(whole);
    const half = await gather(pictures.slice(0, 2), checker([['ur:1'], ['ur:2']]));
    expect(half.items).toEqual([]);
    expect(half.unread).toEqual([
      { name: '2.png', error: { code: 'sequence_incomplete', params: { received: '2', enough: '3' } } },
    ]);
  });
});

describe('a file', () => {
  it.each<[string, number[] | string, string | null]>([
    ['PNG', PNG, 'image/png'],
    ['JPEG', [0xff, 0xd8, 0xff, 0xe0], 'image/jpeg'],
    ['SVG', '<?xml version="1.0"?>\n<!-- drawn --><svg xmlns="http://www.w3.org/2000/svg"/>', 'image/svg+xml'],
    ['a page', '<!doctype html><body><svg></svg></body>', null],
    ['JSON', '{"type": "VerifiableCredential"}', null],
    ['nothing', '', null],
  ])('that begins as %s is told', (_what, bytes, kind) => {
    expect(pictureKind(typeof bytes === 'string' ? new TextEncoder().encode(bytes) : new Uint8Array(bytes))).toBe(kind);
  });
});
