import type { ErrorView, Language } from '$lib/ipc/generated';
import { clockTime, localDate, longDate, sameDay, shortDate } from './dates';
import { en } from './en';
import { fr } from './fr';
import { messageOf } from './messages';
import { textOf, type NamesOf, type Values } from './phrase';

type English = typeof en;
export type Key = keyof English;
type ValuesFor<K extends Key> = [NamesOf<English[K]>] extends [never]
  ? []
  : [values: Record<NamesOf<English[K]>, string | number>];

const CATALOGUES = { en, fr };

let current = $state<Language>('en');

/** The language everything is said in. */
export const words = {
  get language(): Language {
    return current;
  },
  set language(language: Language) {
    current = language;
    if (typeof document !== 'undefined') document.documentElement.lang = language === 'fr' ? 'fr-CA' : 'en-CA';
  },
};

/** The language that a system's or browser's list of languages asks for. */
export function languageOf(preferred: readonly string[]): Language {
  for (const tag of preferred) {
    if (/^fr\b/i.test(tag)) return 'fr';
    if (/^en\b/i.test(tag)) return 'en';
  }
  return 'en';
}

/** A text of the interface. */
export function say<K extends Key>(key: K, ...values: ValuesFor<K>): string {
  return textOf(current, CATALOGUES[current][key], (values[0] ?? {}) as Values);
}

/** A text of the interface in a language of its own, for what is shown to somebody else. */
export function sayIn<K extends Key>(language: Language, key: K, ...values: ValuesFor<K>): string {
  return textOf(language, CATALOGUES[language][key], (values[0] ?? {}) as Values);
}

/** A text of the shared message files; a code that this build does not know is named rather than hidden. */
export function sayCode(key: string, params: Readonly<Record<string, string>> = {}): string {
  return messageOf(current, key, params) ?? say('unknown_code', { code: key });
}

/** Like {@link sayCode}, for texts that need not exist, such as advice. */
export function sayCodeIfAny(key: string, params: Readonly<Record<string, string>> = {}): string | undefined {
  return messageOf(current, key, params);
}

/** An error's sentence and, where there is one, what to do about it. */
export function sayError(error: ErrorView): { text: string; advice: string | undefined } {
  const known = messageOf(current, `error.${error.code}`, error.params);
  return known === undefined
    ? { text: sayCode('error.internal'), advice: sayCodeIfAny('error.internal.advice') }
    : { text: known, advice: messageOf(current, `error.${error.code}.advice`, error.params) };
}

export const sayDate = (rfc3339: string): string => longDate(current, rfc3339);
export const sayShortDate = (rfc3339: string): string => shortDate(current, rfc3339);

/** A moment the program noted, near or far: `today at 14:05`, `on 3 November 2026 at 9:12`. */
export function sayMoment(rfc3339: string, now: Date = new Date()): string {
  const time = clockTime(current, rfc3339);
  if (sameDay(rfc3339, now)) return say('moment.today', { time });
  return say('moment.on', { date: localDate(current, rfc3339), time });
}

/** Names joined as the language joins them: `a, b and c`. */
export function sayList(items: readonly string[]): string {
  return new Intl.ListFormat(current === 'fr' ? 'fr-CA' : 'en-CA', { type: 'conjunction' }).format(items);
}

/** The name of a language, in the current one. */
export function sayLanguage(tag: string): string {
  try {
    return new Intl.DisplayNames([current === 'fr' ? 'fr-CA' : 'en-CA'], { type: 'language' }).of(tag) ?? tag;
  } catch {
    return tag;
  }
}
