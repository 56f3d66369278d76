// Version 2 of the share format: each bit is predicted from what came before, and only the surprise is written. Written
// from docs/share-format.md alone; the names are those of that page.
import {readFileSync} from 'node:fs';

const DICTIONARY = readFileSync(new URL('../../../crates/attesta-share/src/dictionary-2.txt', import.meta.url));
const MOST_BYTES = 65_536;
const POINTS = [
  1, 2, 3, 6, 10, 16, 27, 45, 73, 120, 194, 310, 488, 747, 1101, 1546, 2047, 2549, 2994, 3348, 3607, 3785, 3901, 3975,
  4022, 4050, 4068, 4079, 4085, 4089, 4092, 4093, 4094
];
const ORDERS = [1, 2, 3, 4, 6];
const [TOKEN, END_OF_TOKEN] = [0xFE, 0xFF];

const within = (least, most, value) => Math.max(least, Math.min(most, value));
const times = (a, b) => Math.imul(a, b) >>> 0;

function squash(odds) {
  const [i, w] = [(odds + 2048) >> 7, odds & 127];
  return (POINTS[i] * (128 - w) + POINTS[i + 1] * w + 64) >> 7;
}

const STRETCH = (() => {
  const table = new Int16Array(4096).fill(2047);
  let odds = -2047;
  for(let chance = 0; chance < 4096; chance += 1) {
    while(odds < 2047 && squash(odds) < chance) {
      odds += 1;
    }
    table[chance] = odds;
  }
  return table;
})();

/** A set of counters: for each the chance of a 1 in 22 bits, and how often it was used. */
class Counters {
  constructor(size) {
    this.chances = new Uint32Array(size).fill(2_097_152);
    this.uses = new Uint8Array(size);
  }

  opinion(number) {
    return STRETCH[this.chances[number] >> 10];
  }

  learn(number, bit) {
    const uses = this.uses[number];
    const room = bit ? 4_194_303 - this.chances[number] : this.chances[number];
    const step = Math.floor(room * 2 / (2 * uses + 3));
    this.chances[number] += bit ? step : -step;
    this.uses[number] = Math.min(255, uses + 1);
  }
}

/** What the reader expects, from everything that it has read so far. */
class Model {
  constructor() {
    this.text = new Uint8Array(DICTIONARY.length + MOST_BYTES);
    this.end = 0;
    this.word = 0;
    this.contexts = new Uint32Array(7);
    this.sets = Array.from({length: 7}, () => new Counters(1 << 19));
    this.remembered = new Int32Array(1 << 16).fill(-1);
    this.place = -1;
    this.equal = 0;
    this.followed = new Counters(64);
    this.weights = Array.from({length: 4}, () => new Array(9).fill(18_000));
    this.opinions = new Array(9).fill(0);
    this.opinions[8] = 256;
    this.numbers = new Array(7).fill(0);
  }

  /** The chance of a 1, where `known` are the byte's known bits behind a leading 1. */
  chance(known, bitsLeft) {
    for(const [index, set] of this.sets.entries()) {
      const x = times(this.contexts[index] + times(known, 0x9E3779B1), 0x85EBCA6B);
      this.numbers[index] = times((x ^ x >>> 15) >>> 0, 0xC2B2AE35) >>> 13;
      this.opinions[index] = set.opinion(this.numbers[index]);
    }
    this.expected = this.equal === 0 ? undefined : this.text[this.place] >> bitsLeft & 1;
    this.counter = 2 * Math.min(this.equal, 31) + (this.expected ?? 0);
    this.opinions[7] = this.equal === 0 ? 0 : this.followed.opinion(this.counter);
    this.set = this.equal === 0 ? 0 : this.equal < 16 ? 1 : this.equal < 28 ? 2 : 3;
    const weights = this.weights[this.set];
    const sum = this.opinions.reduce((all, opinion, index) => all + opinion * weights[index], 0);
    this.mixed = squash(within(-2047, 2047, Math.floor(sum / 65_536)));
    return within(1, 4095, this.mixed);
  }

  learn(bit) {
    this.sets.forEach((set, index) => set.learn(this.numbers[index], bit));
    const error = (4096 * bit - this.mixed) * 4;
    const weights = this.weights[this.set];
    this.opinions.forEach((opinion, index) => { weights[index] += Math.floor((opinion * error + 8192) / 16_384); });
    if(this.equal > 0) {
      this.followed.learn(this.counter, bit);
      if(bit !== this.expected) {
        this.equal = 0;
      }
    }
  }

  /** Takes a whole byte in. */
  take(byte) {
    this.text[this.end] = byte;
    this.end += 1;
    if(this.equal > 0) {
      this.place += 1;
      this.equal += 1;
    }
    const small = byte >= 0x41 && byte <= 0x5A ? byte + 0x20 : byte;
    const inWord = byte >= 0x80 || (small >= 0x61 && small <= 0x7A);
    this.word = inWord ? times(this.word + small + 1, 0x3D4D51CB) : 0;
    let hash = 0;
    for(let k = 1; k <= 6; k += 1) {
      hash = times(hash + (this.text[this.end - k] ?? 0) + 1, 0x2F0B4C47);
      const order = ORDERS.indexOf(k);
      if(order >= 0) {
        this.contexts[order + 1] = hash;
      }
    }
    this.contexts[6] = this.word + 256 * byte;
    if(this.end >= 6) {
      this.follow(hash >>> 16);
    }
  }

  follow(key) {
    const place = this.remembered[key];
    this.remembered[key] = this.end;
    if(this.equal > 0 || place < 0) {
      return;
    }
    let equal = 0;
    while(equal < 32 && equal < place && this.text[place - 1 - equal] === this.text[this.end - 1 - equal]) {
      equal += 1;
    }
    if(equal >= 6) {
      [this.place, this.equal] = [place, equal];
    }
  }

  /** Reads or learns one byte: `next(chance)` says each bit. */
  byte(next) {
    let known = 1;
    for(let bitsLeft = 7; bitsLeft >= 0; bitsLeft -= 1) {
      const bit = next(this.chance(known, bitsLeft), bitsLeft);
      this.learn(bit);
      known = 2 * known + bit;
    }
    this.take(known & 0xFF);
    return known & 0xFF;
  }
}

/** The presentation in the prediction's bytes. */
export function predicted(bytes) {
  let [length, at] = [0, 0];
  do {
    length += (bytes[at] & 0x7F) * 2 ** (7 * at);
    at += 1;
  } while(at < 4 && bytes[at - 1] & 0x80);
  if(!(length <= MOST_BYTES)) {
    throw new Error('the presentation is too long');
  }
  const model = new Model();
  for(const learned of DICTIONARY) {
    model.byte((chance, bitsLeft) => learned >> bitsLeft & 1);
  }
  let [low, high, code] = [0, 2 ** 32 - 1, 0];
  const more = () => {
    code = (code % 2 ** 24) * 256 + (bytes[at] ?? 0);
    at += 1;
  };
  for(let count = 0; count < 4; count += 1) {
    more();
  }
  const text = Uint8Array.from({length}, () => model.byte(chance => {
    const middle = low + Math.floor((high - low) / 4096) * chance;
    const bit = code <= middle ? 1 : 0;
    [low, high] = bit ? [low, middle] : [middle + 1, high];
    while(low >>> 24 === high >>> 24) {
      [low, high] = [(low % 2 ** 24) * 256, (high % 2 ** 24) * 256 + 255];
      more();
    }
    return bit;
  }));
  return closed(text);
}

// Tokens that were laid open, put back as they were.
function closed(text) {
  const open = [[]];
  for(const byte of text) {
    if(byte === TOKEN) {
      open.push([]);
    } else if(byte === END_OF_TOKEN && open.length > 1) {
      const token = Buffer.from(open.pop()).toString('base64url');
      open.at(-1).push(...Buffer.from(token));
    } else {
      open.at(-1).push(byte);
    }
  }
  if(open.length !== 1) {
    throw new Error('a token has no end');
  }
  return Buffer.from(open[0]);
}
