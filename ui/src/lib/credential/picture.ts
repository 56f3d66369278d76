/** Deep inks that white letters stand on with room to spare. */
const INKS = ['#1f5c7a', '#7a4a1f', '#2f6b4f', '#8a2f3f', '#4b3f8a', '#57534a', '#2b5a8c', '#6d3a6b', '#3f6212', '#7c3f12'];

/** Words that say nothing about a title. */
const SMALL_WORDS = new Set('a an and at by de des du en et for in la le les of on pour sur the to un une with à aux au'.split(' '));

/** One of the inks, always the same for the same issuer. */
export function inkOf(issuer: string): string {
  // FNV-1a, which spreads short names well.
  let hash = 0x811c9dc5;
  for (const unit of issuer) hash = Math.imul(hash ^ (unit.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  return INKS[(hash ^ (hash >>> 16)) % INKS.length] ?? '#57534a';
}

/** Up to two first letters of a title's telling words. */
export function initialsOf(title: string): string {
  const words = title.split(/[\s\-–’'/]+/u).filter((word) => /^[\p{L}\p{N}]/u.test(word));
  const telling = words.filter((word) => word.length > 1 && !SMALL_WORDS.has(word.toLowerCase()));
  const chosen = telling.length > 0 ? telling : words;
  return chosen
    .slice(0, 2)
    .map((word) => [...word][0]?.toLocaleUpperCase() ?? '')
    .join('');
}

/** A picture that may be shown: one we re-encoded ourselves. A remote address would tell its server who looks. */
export function isOwnPicture(image: string | null): image is string {
  return image !== null && /^data:image\/(png|jpeg|webp|gif);base64,/.test(image);
}
