// A reader of share links, written from docs/share-format.md alone: Node's zlib and hashes, and @noble for the passphrase.
import {createHash} from 'node:crypto';
import {readFileSync} from 'node:fs';
import {inflateRawSync} from 'node:zlib';
import {xchacha20poly1305} from '@noble/ciphers/chacha.js';
import {argon2idAsync} from '@noble/hashes/argon2.js';
import {predicted} from './prediction.mjs';

const DICTIONARY = readFileSync(new URL('../../../crates/attesta-share/src/dictionary-1.txt', import.meta.url));
const MOST_BYTES = 8 << 20;
/** What the character after the version says: the encoding, and whether a passphrase opens it. */
const ENCODINGS = {
  u: {decode: fromBase64url, sealed: false}, n: {decode: fromDigits, sealed: false},
  s: {decode: fromBase64url, sealed: true}, d: {decode: fromDigits, sealed: true}
};
const DIGITS = [0, 3, 5, 8, 10, 13, 15, 17];
/** How each version is compressed. */
const EXPANDED = {1: inflated, 2: predicted};

/** The presentation in a link or its fragment, as its exact text. */
export async function readShare(link, passphrase) {
  const fragment = link.slice(link.indexOf('#') + 1);
  const [version, encoding] = fragment;
  const expand = EXPANDED[version];
  if(!expand) {
    throw new Error(`version ${version} is newer than this reader`);
  }
  const {decode, sealed} = ENCODINGS[encoding] ?? {};
  if(!decode) {
    throw new Error(`there is no encoding ${encoding}`);
  }
  const bytes = decode(fragment.slice(2));
  const [checksum, body] = [bytes.subarray(0, 4), bytes.subarray(4)];
  const header = Buffer.from(`attesta:share#${version}${sealed ? 's' : 'u'}`);
  if(sealed || version !== '1') {
    assertChecksum(checksum, header, body);
  }
  const presentation = expand(sealed ? await unsealed(body, header, passphrase) : body);
  if(!sealed && version === '1') {
    assertChecksum(checksum, presentation);
  }
  return presentation.toString();
}

/** The presentation in the message of a sequence of codes: version and encoding, then the payload's bytes themselves. */
export const readMessage = (message, passphrase) =>
  readShare(`#${message.subarray(0, 2)}${message.subarray(2).toString('base64url')}`, passphrase);

function inflated(body) {
  const {buffer, engine} = inflateRawSync(body, {dictionary: DICTIONARY, maxOutputLength: MOST_BYTES, info: true});
  if(engine.bytesWritten !== body.length) {
    throw new Error('something follows the stream');
  }
  return buffer;
}

async function unsealed(body, header, passphrase) {
  if(!passphrase) {
    throw new Error('a passphrase is needed');
  }
  const [salt, nonce, sealed] = [body.subarray(0, 16), body.subarray(16, 40), body.subarray(40)];
  // RFC 8265, OpaqueString: every space is U+0020, and Unicode form NFC.
  const typed = passphrase.trim().replace(/\p{Zs}/gu, ' ').normalize('NFC');
  const key = await argon2idAsync(typed, salt, {t: 3, m: 64 * 1024, p: 1, dkLen: 32});
  return xchacha20poly1305(key, nonce, header).decrypt(sealed);
}

function assertChecksum(checksum, ...parts) {
  const hash = createHash('sha256');
  parts.forEach(part => hash.update(part));
  if(!hash.digest().subarray(0, 4).equals(checksum)) {
    throw new Error('it was cut or altered');
  }
}

function fromBase64url(text) {
  const bytes = Buffer.from(text, 'base64url');
  if(bytes.toString('base64url') !== text) {
    throw new Error('this is not base64url');
  }
  return bytes;
}

function fromDigits(text) {
  const groups = text.match(/\d{17}|\d+$/g) ?? [];
  if(groups.join('') !== text) {
    throw new Error('these are not digits alone');
  }
  return Buffer.concat(groups.map(group => {
    const length = DIGITS.indexOf(group.length);
    const number = BigInt(group);
    if(length < 1 || number >= 1n << BigInt(8 * length)) {
      throw new Error('a group of digits does not fit');
    }
    return Buffer.from(number.toString(16).padStart(2 * length, '0'), 'hex');
  }));
}
