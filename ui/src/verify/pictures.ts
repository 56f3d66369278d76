import type { Pixels } from './checker';

/** The longest side of a picture that is looked at for codes: a screenshot of a large screen keeps its points. */
const LONGEST_SIDE = 2560;
/** A second, coarser look: what is photographed very large is found more surely when it is small. */
const COARSE_SIDE = 1100;

/** What begins as each kind of picture does: https://mimesniff.spec.whatwg.org/#matching-an-image-type-pattern */
const BEGINNINGS: readonly (readonly [string, readonly (number | null)[]])[] = [
  ['image/png', [0x89, 0x50, 0x4e, 0x47]],
  ['image/jpeg', [0xff, 0xd8, 0xff]],
  ['image/gif', [0x47, 0x49, 0x46, 0x38]],
  ['image/webp', [0x52, 0x49, 0x46, 0x46, null, null, null, null, 0x57, 0x45, 0x42, 0x50]],
  ['image/bmp', [0x42, 0x4d]],
  ['image/avif', [null, null, null, null, 0x66, 0x74, 0x79, 0x70, 0x61, 0x76, 0x69]],
  ['image/heic', [null, null, null, null, 0x66, 0x74, 0x79, 0x70, 0x68, 0x65, 0x69]],
];

/** The kind of picture that bytes begin as; none where they are something else. */
export function pictureKind(bytes: Uint8Array): string | null {
  const known = BEGINNINGS.find(([, start]) => start.every((byte, at) => byte === null || bytes[at] === byte));
  if (known) return known[0];
  const head = new TextDecoder().decode(bytes.subarray(0, 1024)).trimStart();
  return /^(<\?xml[^>]*>\s*)?(<!--[\s\S]*?-->\s*)*(<!DOCTYPE svg[^>]*>\s*)?<svg[\s>]/i.test(head) ? 'image/svg+xml' : null;
}

/** A picture's pixels, the finest first; none where the browser can't draw it. */
export async function pixelsOf(bytes: Uint8Array<ArrayBuffer>, kind: string): Promise<Pixels[]> {
  const drawing = await draw(bytes, kind);
  if (!drawing || drawing.width === 0 || drawing.height === 0) return [];
  const longest = Math.max(drawing.width, drawing.height);
  const sides = longest > COARSE_SIDE * 1.3 ? [LONGEST_SIDE, COARSE_SIDE] : [LONGEST_SIDE];
  const pixels = sides.map((side) => scaled(drawing, Math.min(1, side / longest)));
  if ('close' in drawing) drawing.close();
  return pixels.filter((each) => each !== null);
}

async function draw(bytes: Uint8Array<ArrayBuffer>, kind: string): Promise<ImageBitmap | HTMLImageElement | null> {
  try {
    if (kind !== 'image/svg+xml') return await createImageBitmap(new Blob([bytes], { type: kind }));
    // A drawing is shown as a picture, where it can run nothing and load nothing.
    const image = new Image();
    const { toBase64 } = await import('$lib/base64');
    image.src = `data:${kind};base64,${toBase64(bytes)}`;
    await image.decode();
    return image;
  } catch {
    return null;
  }
}

/** What a canvas makes of a picture at a scale. */
export function scaled(
  source: ImageBitmap | HTMLImageElement | HTMLVideoElement,
  scale: number,
  onto?: HTMLCanvasElement,
): Pixels | null {
  const [wide, high] =
    source instanceof HTMLVideoElement ? [source.videoWidth, source.videoHeight] : [source.width, source.height];
  const canvas = onto ?? document.createElement('canvas');
  const width = Math.max(1, Math.round(wide * scale));
  const height = Math.max(1, Math.round(high * scale));
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) return null;
  // Behind what is see-through lies paper.
  context.fillStyle = '#fff';
  context.fillRect(0, 0, width, height);
  context.drawImage(source, 0, 0, width, height);
  const { data } = context.getImageData(0, 0, width, height);
  return { width, height, data };
}
