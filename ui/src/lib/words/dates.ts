import type { Language } from '$lib/ipc/generated';

const LOCALES: Record<Language, string> = { en: 'en-CA', fr: 'fr-CA' };

/** The locale that spells dates and numbers for a language. */
export const localeOf = (language: Language): string => LOCALES[language];

const formats = new Map<string, Intl.DateTimeFormat>();

function format(language: Language, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = language + JSON.stringify(options);
  const known = formats.get(key);
  if (known) return known;
  const made = new Intl.DateTimeFormat(LOCALES[language], options);
  formats.set(key, made);
  return made;
}

function dayMonthYear(language: Language, at: Date, month: 'long' | 'short', timeZone?: string): string {
  const parts = format(language, { day: 'numeric', month, year: 'numeric', timeZone }).formatToParts(at);
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.find((each) => each.type === type)?.value ?? '';
  // French says "1er mars"; no library does.
  const day = language === 'fr' && part('day') === '1' ? '1er' : part('day');
  // No line ends within a date.
  return `${day}\u00a0${part('month')}\u00a0${part('year')}`;
}

/** A date as the issuer wrote it: the UTC day, `12 March 2026` or `12 mars 2026`. What is no time is shown as it is. */
export function longDate(language: Language, rfc3339: string): string {
  const at = new Date(rfc3339);
  return Number.isNaN(at.getTime()) ? rfc3339 : dayMonthYear(language, at, 'long', 'UTC');
}

/** Like {@link longDate} with a short month, for dense lists. */
export function shortDate(language: Language, rfc3339: string): string {
  const at = new Date(rfc3339);
  return Number.isNaN(at.getTime()) ? rfc3339 : dayMonthYear(language, at, 'short', 'UTC');
}

/** A clock time of the reader's own zone: `14:05` or `14 h 05`. */
export function clockTime(language: Language, rfc3339: string): string {
  const at = new Date(rfc3339);
  return Number.isNaN(at.getTime()) ? rfc3339 : format(language, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(at).replace(/\s/g, '\u00a0');
}

/** The reader's own calendar day, for moments the program itself noted. */
export function localDate(language: Language, rfc3339: string): string {
  const at = new Date(rfc3339);
  return Number.isNaN(at.getTime()) ? rfc3339 : dayMonthYear(language, at, 'long');
}

/** Whether two moments fall on one day of the reader's zone. */
export function sameDay(rfc3339: string, now: Date): boolean {
  return new Date(rfc3339).toDateString() === now.toDateString();
}
