/** As many bytes at a time as an argument list can hold. */
const CHUNK = 0x8000;

/** Base64 (RFC 4648 section 4) of bytes. */
export function toBase64(bytes: Uint8Array): string {
  let binary = '';
  for (let from = 0; from < bytes.length; from += CHUNK) {
    binary += String.fromCharCode(...bytes.subarray(from, from + CHUNK));
  }
  return btoa(binary);
}
