import { flushSync, mount, unmount } from 'svelte';
import { describe, expect, it } from 'vitest';
import { words } from '$lib/words/words.svelte';
import Verdict from './Verdict.svelte';
import { SEALS } from './seal';
import { VERDICTS, asVerdict, countVerdicts, isAuthored, markOfCheck, markOfLine, toneOf } from './verdict';

describe('the seal', () => {
  it('has a shape of its own for each of the nine verdicts', () => {
    expect(VERDICTS).toHaveLength(9);
    const shapes = VERDICTS.map((verdict) => JSON.stringify(SEALS[verdict]));
    expect(new Set(shapes).size).toBe(9);
    // The sign alone tells them apart too, for when a ring is too small to make out.
    const signs = VERDICTS.map((verdict) => SEALS[verdict].sign ?? 'cut out');
    expect(new Set(signs).size).toBe(9);
  });

  it('is solid for valid alone', () => {
    expect(VERDICTS.filter((verdict) => SEALS[verdict].solid !== undefined)).toEqual(['valid']);
    expect(SEALS.nothing.solid).toBeUndefined();
  });

  it('is green for valid alone', () => {
    expect(VERDICTS.filter((verdict) => toneOf(verdict) === 'good')).toEqual(['valid']);
  });

  it.each(VERDICTS.map((verdict) => [verdict]))('of %s stands beside its word in both languages', (verdict) => {
    for (const language of ['en', 'fr'] as const) {
      words.language = language;
      const target = document.createElement('div');
      const component = mount(Verdict, { target, props: { verdict } });
      flushSync();
      expect(target.querySelector('[data-verdict]')?.getAttribute('data-verdict')).toBe(verdict);
      expect(target.querySelector('svg')?.getAttribute('data-mark')).toBe(verdict);
      expect(target.querySelector('svg')?.getAttribute('aria-hidden')).toBe('true');
      expect(target.textContent?.trim().length).toBeGreaterThan(4);
      void unmount(component);
    }
    words.language = 'en';
  });
});

describe('a verdict', () => {
  it('that this build does not know is never good', () => {
    expect(asVerdict('excellent')).toBe('unverifiable');
    expect(asVerdict('VALID')).toBe('unverifiable');
  });

  it('without proven authorship is not told as the issuer’s word', () => {
    expect(VERDICTS.filter((verdict) => !isAuthored(verdict))).toEqual(['unverifiable', 'invalid', 'rejected']);
  });

  it('is counted best first, and what does not occur is left out', () => {
    expect(countVerdicts(['expired', 'valid', 'odd', 'valid'])).toEqual([
      { verdict: 'valid', count: 2 },
      { verdict: 'expired', count: 1 },
      { verdict: 'unverifiable', count: 1 },
    ]);
  });
});

describe('a mark', () => {
  it('beside a line is solid for a yes alone', () => {
    for (const line of ['intact', 'signer', 'current', 'about'] as const) {
      for (const state of ['no', 'unknown', 'care'] as const) {
        expect(markOfLine({ line, state, code: 'x', params: {} })).not.toBe('valid');
      }
      expect(markOfLine({ line, state: 'yes', code: 'x', params: {} })).toBe('valid');
    }
  });

  it('for what is unknown is never the broken ring', () => {
    for (const line of ['intact', 'signer', 'current', 'about'] as const) {
      expect(markOfLine({ line, state: 'unknown', code: 'x', params: {} })).not.toBe('invalid');
    }
  });

  it('beside a check is solid for a pass alone', () => {
    for (const outcome of ['fail', 'inconclusive', 'absent', 'skipped'] as const) {
      const check = { check: 'proof', purpose: null, outcome, code: 'x', params: {}, pointer: null };
      expect(markOfCheck(check)).not.toBe('valid');
    }
  });
});
