import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { VERDICTS } from '$lib/credential/verdict';
import { en } from './en';
import { fr } from './fr';
import { MESSAGES, messageOf } from './messages';
import type { Phrase } from './phrase';
import { languageOf, say, sayCode, sayDate, sayError, sayMoment, words } from './words.svelte';

const textsOf = (phrase: Phrase): string[] => (typeof phrase === 'string' ? [phrase] : [phrase.one, phrase.other]);
const namesIn = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();

afterEach(() => (words.language = 'en'));

describe('the labels of the interface', () => {
  it('exist in both languages under the same keys', () => {
    expect(Object.keys(fr).sort()).toEqual(Object.keys(en).sort());
  });

  it('ask for the same values in both languages', () => {
    for (const [key, phrase] of Object.entries(en)) {
      const other = fr[key as keyof typeof fr];
      const names = new Set(textsOf(phrase).flatMap(namesIn));
      expect(new Set(textsOf(other).flatMap(namesIn)), key).toEqual(names);
    }
  });

  it('are used: none is left over', () => {
    const root = join(import.meta.dirname, '../..');
    const sources = readdirSync(root, { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.(svelte|ts)$/.test(name) && !/words\/(en|fr)[./]|\.test\.ts$/.test(name))
      .map((name) => readFileSync(join(root, name), 'utf8'))
      .join('\n');
    const built = [...sources.matchAll(/`([a-z_.]+\.)\$\{/g)].map(([, prefix]) => prefix ?? '');
    const unused = Object.keys(en).filter(
      (key) => !sources.includes(`'${key}'`) && !built.some((prefix) => key.startsWith(prefix)),
    );
    expect(unused).toEqual([]);
  });

  it('keep a no-break space before a colon and inside guillemets in French, and none before ; ! ?', () => {
    for (const [key, phrase] of [...Object.entries<Phrase>(fr), ...Object.entries(MESSAGES.fr)]) {
      for (const text of textsOf(phrase)) {
        expect(text, key).not.toMatch(/ [:»]|« |\s[;!?]/);
        expect(text, key).not.toMatch(/[\p{L}})]:(?!\/)(\s|$)|«(?!\u00a0)|[^\u00a0]»/u);
      }
    }
  });

  it('use typographic apostrophes and quotes', () => {
    for (const [key, phrase] of [...Object.entries<Phrase>(en), ...Object.entries<Phrase>(fr)]) {
      for (const text of textsOf(phrase)) expect(text, key).not.toMatch(/['"]/);
    }
  });

  it('choose their form by number as each language does', () => {
    expect(say('credentials.found', { count: 0 })).toBe('0 credentials shown');
    expect(say('credentials.found', { count: 1 })).toBe('1 credential shown');
    words.language = 'fr';
    expect(say('credentials.found', { count: 0 })).toBe('0 attestation affichée');
    expect(say('credentials.found', { count: 2 })).toBe('2 attestations affichées');
  });
});

describe('the shared message files', () => {
  it('have the same keys and values in both languages', () => {
    expect(Object.keys(MESSAGES.fr).sort()).toEqual(Object.keys(MESSAGES.en).sort());
    for (const [key, text] of Object.entries(MESSAGES.en)) {
      expect(new Set(namesIn(MESSAGES.fr[key] ?? '')), key).toEqual(new Set(namesIn(text)));
    }
  });

  it('name every verdict, check, outcome, line, step, form and failure that the window shows', () => {
    const needed = [
      ...VERDICTS.map((verdict) => `verdict.${verdict}`),
      ...['conformance', 'proof', 'issuer', 'validity', 'status', 'refresh', 'schema', 'related', 'recipient', 'enclosed', 'endorsements', 'recognition'].map(
        (check) => `check.${check}`,
      ),
      ...['pass', 'fail', 'inconclusive', 'absent', 'skipped'].map((outcome) => `outcome.${outcome}`),
      ...['intact', 'signer', 'current', 'about'].flatMap((line) =>
        ['yes', 'no', 'unknown', 'care'].map((state) => `line.title.${line}.${state}`),
      ),
      'line.title.signer.hosted',
      ...['status_last_known', 'revoked_because', 'status_message', 'status_newer'].map((code) => `code.${code}`),
      ...['read', 'contact', 'prove', 'wait', 'found', 'check', 'stored'].map((step) => `import_step.${step}`),
      ...['link', 'qr', 'sequence', 'hosted', 'html', 'pdf', 'json'].map((form) => `share_form.${form}`),
      ...['timed_out', 'refused_by_browser', 'status', 'too_large', 'unreachable'].map((kind) => `failure.${kind}`),
      ...['empty_input', 'too_large', 'file_unreadable', 'carrier_too_large', 'carrier_too_many', 'cancelled', 'internal', 'bundle_empty', 'bundle_title_missing'].map(
        (code) => `error.${code}`,
      ),
    ];
    for (const language of ['en', 'fr'] as const) {
      expect(needed.filter((key) => !(key in MESSAGES[language]))).toEqual([]);
    }
  });
});

describe('a stable code', () => {
  it('is said with its dates as dates', () => {
    expect(sayCode('code.expired', { until: '2026-05-31T00:00:00Z' })).toBe(
      'It was valid until 31\u00a0May\u00a02026.',
    );
    words.language = 'fr';
    expect(sayCode('code.expired', { until: '2026-06-01T00:00:00Z' })).toContain('1er\u00a0juin\u00a02026');
  });

  it('is said with its failure and purpose in words', () => {
    const params = { host: 'college.example', failure: 'status', status: '503' };
    expect(sayCode('code.status_unreachable', params)).toBe(
      'We could not ask college.example whether it was revoked: it answered with error 503.',
    );
    expect(messageOf('en', 'code.status_clear', { host: 'a.example', purpose: 'suspension', as_of: '' })).toContain(
      'no suspension',
    );
  });

  it('that this build does not know is named rather than hidden', () => {
    expect(sayCode('code.from_the_future')).toContain('code.from_the_future');
  });

  it('of an unknown error never shows more than that something went wrong', () => {
    expect(sayError({ code: 'panic at line 7', params: {} }).text).toBe(MESSAGES.en['error.internal']);
  });

  it('keeps a value that looks like a placeholder as it is', () => {
    expect(sayCode('code.undefined_term', { term: '{host}' })).toContain('“{host}”');
  });
});

describe('a date', () => {
  it('is the UTC day that the issuer wrote', () => {
    expect(sayDate('2026-03-12T23:59:59Z')).toBe('12\u00a0March\u00a02026');
    words.language = 'fr';
    expect(sayDate('2026-03-12T00:00:00Z')).toBe('12\u00a0mars\u00a02026');
    expect(sayDate('2026-09-01T00:00:00Z')).toBe('1er\u00a0septembre\u00a02026');
  });

  it('that is none is shown as it stands', () => {
    expect(sayDate('soon')).toBe('soon');
  });

  it('of today is said as today', () => {
    const now = new Date(2026, 10, 21, 18, 0);
    expect(sayMoment(new Date(2026, 10, 21, 14, 5).toISOString(), now)).toBe('today at 14:05');
    expect(sayMoment(new Date(2026, 10, 20, 14, 5).toISOString(), now)).toContain('20\u00a0November\u00a02026');
    words.language = 'fr';
    expect(sayMoment(new Date(2026, 10, 21, 14, 5).toISOString(), now)).toMatch(/^aujourd’hui à 14\s?h\s?05$/);
  });
});

describe('the language', () => {
  it.each([
    [['fr-CA', 'en'], 'fr'],
    [['de', 'fr'], 'fr'],
    [['en-US', 'fr'], 'en'],
    [['de'], 'en'],
    [[], 'en'],
  ] as const)('for %j is %s', (preferred, language) => {
    expect(languageOf(preferred)).toBe(language);
  });
});
