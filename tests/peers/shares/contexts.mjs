// What came before, as version 2 of the share format tells it to the model. Written from docs/share-format.md alone;
// the names are those of that page.
export const CONTEXTS = 9;
const [TOKEN, END_OF_TOKEN] = [0xFE, 0xFF];
const [QUOTE, COLON, BACKSLASH] = Buffer.from('":\\');

/** A product, kept modulo 2³². */
export const times = (a, b) => Math.imul(a, b) >>> 0;

/** The name of the JSON member that a place belongs to. */
class Names {
  constructor() {
    this.name = 0;
    this.string = 0;
    this.inString = false;
    this.escaped = false;
  }

  take(byte) {
    const escaped = this.escaped;
    this.escaped = false;
    if(byte === TOKEN || byte === END_OF_TOKEN) {
      this.inString = byte === END_OF_TOKEN;
    } else if(!this.inString) {
      if(byte === QUOTE) {
        [this.inString, this.string] = [true, 0];
      } else if(byte === COLON) {
        this.name = (this.string | 1) >>> 0;
      }
    } else if(byte === QUOTE && !escaped) {
      this.inString = false;
    } else {
      this.string = times(this.string + byte + 1, 0x2F0B4C47);
      this.escaped = byte === BACKSLASH && !escaped;
    }
  }
}

/** What came before, told in nine ways. */
export class Contexts {
  constructor() {
    this.all = new Uint32Array(CONTEXTS);
    this.word = 0;
    this.wordBefore = 0;
    this.names = new Names();
    this.lettersAndDigits = 0;
    this.kinds = 0;
  }

  /** Takes the last byte in; `hashes` are those of the last one, two, three and four. */
  take(byte, hashes) {
    this.takeWord(byte);
    this.names.take(byte);
    this.takeKind(byte);
    this.all.set(hashes, 1);
    this.all[5] = this.word + 256 * byte;
    this.all[6] = this.all[5] + times(this.wordBefore, 0x51ED270B);
    this.all[7] = times(this.names.name, 0x9E3779B1) ^ times(hashes[0], 3);
    this.all[8] = times(256 * this.kinds + Math.min(8, this.lettersAndDigits), 0x3D4D51CB);
  }

  takeWord(byte) {
    const small = byte >= 0x41 && byte <= 0x5A ? byte + 0x20 : byte;
    if(byte >= 0x80 || (small >= 0x61 && small <= 0x7A)) {
      this.word = times(this.word + small + 1, 0x3D4D51CB);
    } else if(this.word !== 0) {
      [this.wordBefore, this.word] = [this.word, 0];
    }
  }

  takeKind(byte) {
    const character = String.fromCharCode(byte);
    if(/[A-Za-z0-9]/.test(character)) {
      this.lettersAndDigits += 1;
      this.kinds |= /[0-9]/.test(character) ? 1 : /[g-z]/.test(character) ? 2 : /[A-Z]/.test(character) ? 4 : 0;
    } else {
      [this.lettersAndDigits, this.kinds] = [0, 0];
    }
  }
}
