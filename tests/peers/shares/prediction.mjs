// Version 2 of the share format: each bit is predicted from what came before, and only the surprise is written. Written
// from docs/share-format.md alone; the names are those of that page.
import {isUtf8} from 'node:buffer';
import {readFileSync} from 'node:fs';
import {Contexts, CONTEXTS, times} from './contexts.mjs';
import {closed, laidOpen, MOST_BYTES, number} from './laid-open.mjs';

const DICTIONARY = readFileSync(new URL('../../../crates/attesta-share/src/dictionary-2.txt', import.meta.url));
const POINTS = [
  1, 2, 3, 6, 10, 16, 27, 45, 73, 120, 194, 310, 488, 747, 1101, 1546, 2047, 2549, 2994, 3348, 3607, 3785, 3901, 3975,
  4022, 4050, 4068, 4079, 4085, 4089, 4092, 4093, 4094
];
const [OPINIONS, HISTORIES] = [20, 256];
const [TEXT_FOLLOWED, ALWAYS] = [18, 19];
const GIVEN = 2048;

const within = (least, most, value) => Math.max(least, Math.min(most, value));

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

/** A set of counters: for each the chance of a 1 in 18 bits, and how often it was used. */
class Counters {
  constructor(size) {
    this.chances = new Uint32Array(size).fill(131_072);
    this.uses = new Uint8Array(size);
  }

  opinion(which) {
    return STRETCH[this.chances[which] >> 6];
  }

  learn(which, bit) {
    const uses = this.uses[which];
    const room = bit ? 262_143 - this.chances[which] : this.chances[which];
    const step = Math.floor(room * 2 / (2 * uses + 3));
    this.chances[which] += bit ? step : -step;
    this.uses[which] = Math.min(63, uses + 1);
  }
}

/** A context's counter for each history; at first it knows the history's own bits. */
function historyCounters() {
  const counters = new Counters(HISTORIES);
  for(let history = 1; history < HISTORIES; history += 1) {
    [...history.toString(2).slice(1)].forEach(bit => counters.learn(history, Number(bit)));
    counters.uses[history] = 1;
  }
  return counters;
}

/** The slots of one context: the two opinions that it has. */
class Slots {
  constructor() {
    this.counters = new Counters(1 << 19);
    this.histories = new Uint8Array(1 << 19).fill(1);
    this.byHistory = historyCounters();
    this.slot = 0;
  }

  choose(context, known) {
    const x = times(context + times(known, 0x9E3779B1), 0x85EBCA6B);
    this.slot = times(x ^ x >>> 15, 0xC2B2AE35) >>> 13;
  }

  opinion() {
    return this.counters.opinion(this.slot);
  }

  opinionOfHistory() {
    return this.byHistory.opinion(this.histories[this.slot]);
  }

  learn(bit) {
    this.counters.learn(this.slot, bit);
    const history = this.histories[this.slot];
    this.byHistory.learn(history, bit);
    const longer = 2 * history + bit;
    this.histories[this.slot] = longer > 255 ? longer & 127 | 128 : longer;
  }
}

/** A set of weights: for each case, one for each opinion. */
class Weights {
  constructor(cases) {
    this.cases = Array.from({length: cases}, () => new Float64Array(OPINIONS).fill(5500));
  }

  odds(which, opinions) {
    this.chosen = this.cases[which];
    let sum = 0;
    for(let index = 0; index < OPINIONS; index += 1) {
      sum += opinions[index] * this.chosen[index];
    }
    this.mixed = within(-2047, 2047, Math.floor(sum / 65_536));
    return this.mixed;
  }

  learn(opinions, bit) {
    const error = (4096 * bit - squash(this.mixed)) * 6;
    for(let index = 0; index < OPINIONS; index += 1) {
      this.chosen[index] += (opinions[index] * error + 8192) >> 14;
    }
  }
}

/** What the reader expects, from everything that it has read so far, but for the given bytes. */
class Model {
  constructor() {
    this.text = new Uint8Array(DICTIONARY.length + MOST_BYTES);
    this.end = 0;
    this.contexts = new Contexts();
    this.slots = Array.from({length: CONTEXTS}, () => new Slots());
    this.remembered = new Int32Array(1 << 16).fill(-1);
    this.place = -1;
    this.equal = 0;
    this.followed = new Counters(64);
    this.byEqual = new Weights(4);
    this.byKnown = new Weights(256);
    this.opinions = new Int32Array(OPINIONS);
    this.opinions[ALWAYS] = 256;
  }

  /** The chance of a 1, where `known` are the byte's known bits behind a leading 1. */
  chance(known, bitsLeft) {
    this.slots.forEach((slots, index) => {
      slots.choose(this.contexts.all[index], known);
      this.opinions[index] = slots.opinion();
      this.opinions[CONTEXTS + index] = slots.opinionOfHistory();
    });
    this.expected = this.equal === 0 ? undefined : this.text[this.place] >> bitsLeft & 1;
    this.counter = 2 * Math.min(this.equal, 31) + (this.expected ?? 0);
    this.opinions[TEXT_FOLLOWED] = this.equal === 0 ? 0 : this.followed.opinion(this.counter);
    const set = this.equal === 0 ? 0 : this.equal < 16 ? 1 : this.equal < 28 ? 2 : 3;
    const both = this.byEqual.odds(set, this.opinions) + this.byKnown.odds(known, this.opinions);
    return within(1, 4095, squash(both >> 1));
  }

  learn(bit) {
    this.slots.forEach(slots => slots.learn(bit));
    this.byEqual.learn(this.opinions, bit);
    this.byKnown.learn(this.opinions, bit);
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
    const hashes = [0];
    for(let k = 1; k <= 6; k += 1) {
      hashes.push(times(hashes[k - 1] + (this.text[this.end - k] ?? 0) + 1, 0x2F0B4C47));
    }
    this.contexts.take(byte, hashes.slice(1, 5));
    if(this.end >= 6) {
      this.follow(hashes[6] >>> 16);
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

/** The arithmetic coder's reader. */
class Coder {
  constructor(bytes) {
    this.bytes = bytes;
    [this.low, this.high, this.code, this.at] = [0, 2 ** 32 - 1, 0, 0];
    for(let count = 0; count < 4; count += 1) {
      this.more();
    }
  }

  more() {
    this.code = (this.code % 2 ** 24) * 256 + (this.bytes[this.at] ?? 0);
    this.at += 1;
  }

  bit(chance) {
    const middle = this.low + Math.floor((this.high - this.low) / 4096) * chance;
    const bit = this.code <= middle ? 1 : 0;
    [this.low, this.high] = bit ? [this.low, middle] : [middle + 1, this.high];
    while(this.low >>> 24 === this.high >>> 24) {
      [this.low, this.high] = [(this.low % 2 ** 24) * 256, (this.high % 2 ** 24) * 256 + 255];
      this.more();
    }
    return bit;
  }

  givenByte() {
    return Array.from({length: 8}, () => this.bit(GIVEN)).reduce((known, bit) => 2 * known + bit, 0);
  }

  /** Whether the bytes end as a writer ends them: as few as do, and the least number. */
  isAtEnd() {
    const units = [2 ** 32, 2 ** 24, 2 ** 16, 2 ** 8, 1];
    const least = units.map(unit => Math.ceil(this.low / unit) * unit);
    const count = least.findIndex(value => value <= this.high);
    return this.bytes.length === this.at - 4 + count && this.code === least[count];
  }
}

/** A model that has learned the dictionary. */
function learned() {
  const model = new Model();
  const text = laidOpen(DICTIONARY);
  let at = 0;
  closed(text.length, given => {
    const byte = text[at];
    at += 1;
    return given ? byte : model.byte((chance, bitsLeft) => byte >> bitsLeft & 1);
  });
  return model;
}

/** The presentation in the prediction's bytes. */
export function predicted(bytes) {
  let at = 0;
  const length = number(() => {
    at += 1;
    return bytes[at - 1];
  });
  if(length > MOST_BYTES) {
    throw new Error('the presentation is too long');
  }
  const [model, coder, text] = [learned(), new Coder(bytes.subarray(at)), []];
  const presentation = closed(length, given => {
    const byte = given ? coder.givenByte() : model.byte(chance => coder.bit(chance));
    text.push(byte);
    return byte;
  });
  if(!coder.isAtEnd() || !isUtf8(presentation) || !laidOpen(presentation).equals(Buffer.from(text))) {
    throw new Error('another payload stands for this presentation');
  }
  return presentation;
}
