// The text laid open: in version 2 of the share format, tokens stand decoded, and what nobody can foresee stands as its
// bytes. Written from docs/share-format.md alone; the names are those of that page.
import {isUtf8} from 'node:buffer';

/** A presentation has no more in version 2, laid open or not. */
export const MOST_BYTES = 65_536;
const MOST_LEVELS = 4;
const [LONG_KEY, UUID, HEXADECIMAL, BASE58, BASE64URL, AGAIN, TOKEN, END_OF_TOKEN] =
  [0xF7, 0xF8, 0xF9, 0xFA, 0xFB, 0xFC, 0xFE, 0xFF];
const ED25519 = [0xED, 0x01];
const DIGITS = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';
const WORDS = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?![^-_])|[^-_]+/g;

/** What stands behind each mark: how many bytes (where there is none, a number says it), and their characters. */
const PIECES = {
  [LONG_KEY]: {size: 32, characters: bytes => `z${toBase58(Buffer.from([...ED25519, ...bytes]))}`},
  [UUID]: {size: 16, characters: toUuid},
  [HEXADECIMAL]: {characters: bytes => bytes.toString('hex')},
  [BASE58]: {characters: bytes => `z${toBase58(bytes)}`},
  [BASE64URL]: {characters: bytes => bytes.toString('base64url')}
};

/** A number as `byte` reads it, seven bits at a time. */
export function number(byte) {
  let value = 0;
  for(let place = 0; place < 4; place += 1) {
    const next = byte();
    value += (next & 0x7F) * 2 ** (7 * place);
    if(next < 0x80) {
      if(next === 0 && place > 0) {
        break;
      }
      return value;
    }
  }
  throw new Error('this is not a number');
}

/** The text that is laid open in so many bytes; `next(given)` reads each of them. */
export function closed(length, next) {
  const [open, pieces] = [[''], []];
  let [left, size] = [length, 0];
  const byte = given => {
    if(left === 0) {
      throw new Error('a piece has no end');
    }
    left -= 1;
    return next(given);
  };
  const put = characters => {
    size += characters.length;
    if(size > MOST_BYTES) {
      throw new Error('the presentation is too long');
    }
    open[open.length - 1] += characters;
  };
  const piece = mark => {
    const count = PIECES[mark].size ?? number(() => byte(false));
    const bytes = Array.from({length: Math.min(count, left + 1)}, () => byte(true));
    pieces.push(PIECES[mark].characters(Buffer.from(bytes)));
    return pieces.at(-1);
  };
  const again = since => {
    if(since >= pieces.length) {
      throw new Error('a piece stands for none before it');
    }
    return pieces.at(-1 - since);
  };
  while(left > 0) {
    const first = byte(false);
    if(first === TOKEN) {
      open.push('');
    } else if(first === END_OF_TOKEN && open.length > 1) {
      const decoded = Buffer.from(open.pop(), 'latin1');
      size -= decoded.length;
      put(decoded.toString('base64url'));
    } else if(first === AGAIN) {
      put(again(number(() => byte(false))));
    } else {
      put(PIECES[first] ? piece(first) : String.fromCharCode(first));
    }
  }
  if(open.length !== 1) {
    throw new Error('a token has no end');
  }
  return Buffer.from(open[0], 'latin1');
}

/** A text, laid open. */
export function laidOpen(text) {
  return Buffer.from(new LayingOpen().text(text.toString('latin1'), 0), 'latin1');
}

/** Lays a text open; it and its runs are strings with one character for each byte. */
class LayingOpen {
  constructor() {
    this.pieces = new Map();
  }

  text(text, level) {
    return text.replace(/[\w-]+/g, run => this.run(run, level));
  }

  run(run, level) {
    const decoded = level < MOST_LEVELS ? tokenIn(run) : undefined;
    if(decoded) {
      return `${written(TOKEN)}${this.text(decoded, level + 1)}${written(END_OF_TOKEN)}`;
    }
    if(run.startsWith('u') && isBase64url(run.slice(1))) {
      return `u${this.piece(run.slice(1), BASE64URL, Buffer.from(run.slice(1), 'base64url'))}`;
    }
    if(run.length >= 20 && run.length <= 512 && mixed(run, 3) && /^z[1-9A-HJ-NP-Za-km-z]+$/.test(run)) {
      const bytes = fromBase58(run.slice(1));
      const isKey = bytes.length === 34 && bytes[0] === ED25519[0] && bytes[1] === ED25519[1];
      return isKey ? this.piece(run, LONG_KEY, bytes.subarray(2)) : this.piece(run, BASE58, bytes);
    }
    if(isBase64url(run)) {
      return this.piece(run, BASE64URL, Buffer.from(run, 'base64url'));
    }
    return run.replace(WORDS, word => this.word(word));
  }

  word(word) {
    if(word.includes('-')) {
      return this.piece(word, UUID, Buffer.from(word.replaceAll('-', ''), 'hex'));
    }
    const isPiece = /^[0-9a-f]{16,}$/.test(word) && word.length % 2 === 0 && mixed(word, 4);
    return isPiece ? this.piece(word, HEXADECIMAL, Buffer.from(word, 'hex')) : word;
  }

  piece(characters, mark, bytes) {
    const before = this.pieces.get(characters);
    if(before !== undefined) {
      return written(AGAIN, ...numbered(this.pieces.size - 1 - before));
    }
    this.pieces.set(characters, this.pieces.size);
    const count = PIECES[mark].size ? [] : numbered(bytes.length);
    return written(mark, ...count) + bytes.toString('latin1');
  }
}

const written = (...bytes) => String.fromCharCode(...bytes);

function numbered(value) {
  return value < 0x80 ? [value] : [0x80 | value & 0x7F, ...numbered(value >> 7)];
}

/** Whether neighbours are of different kinds in one place of n or more. */
const mixed = (text, n) => n * (text.match(/[a-z]+|[A-Z]+|[0-9]+|[-_]+/g).length - 1) >= text.length;

const isStrict = text => Buffer.from(text, 'base64url').toString('base64url') === text;

const isBase64url = text =>
  text.length >= 20 && /[A-Z]/.test(text) && /[a-z]/.test(text) && mixed(text, 3) && isStrict(text);

function tokenIn(run) {
  if(run.length >= 16 && /^[eW]/.test(run) && isStrict(run)) {
    const decoded = Buffer.from(run, 'base64url');
    return /^[{[]/.test(decoded.toString('latin1')) && isUtf8(decoded) ? decoded.toString('latin1') : undefined;
  }
}

function toUuid(bytes) {
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

function toBase58(bytes) {
  // Each byte has a character of its own at least, and a piece has 511 behind the `z` at most.
  if(bytes.length > 511) {
    throw new Error('a piece is too long');
  }
  let digits = '';
  for(let rest = BigInt(`0x0${bytes.toString('hex')}`); rest > 0n; rest /= 58n) {
    digits = DIGITS[Number(rest % 58n)] + digits;
  }
  const first = bytes.findIndex(byte => byte !== 0);
  return DIGITS[0].repeat(first < 0 ? bytes.length : first) + digits;
}

function fromBase58(text) {
  const [zeros] = text.match(/^1*/);
  const value = [...text].reduce((all, digit) => all * 58n + BigInt(DIGITS.indexOf(digit)), 0n);
  const hexadecimal = value === 0n ? '' : value.toString(16);
  const bytes = Buffer.from(hexadecimal.padStart(hexadecimal.length + hexadecimal.length % 2, '0'), 'hex');
  return Buffer.concat([Buffer.alloc(zeros.length), bytes]);
}
