import english from '$messages/en.json';
import french from '$messages/fr.json';
import type { Language } from '$lib/ipc/generated';
import { longDate } from './dates';
import { fill } from './phrase';

/** The message files that every face of the program shares, by stable code. */
export const MESSAGES: Record<Language, Readonly<Record<string, string>>> = { en: english, fr: french };

const TIMES = new Set(['as_of', 'from', 'until', 'when', 'created', 'expires']);

/** The text of a stable code, or nothing where the files have none. */
export function messageOf(
  language: Language,
  key: string,
  params: Readonly<Record<string, string>> = {},
): string | undefined {
  const messages = MESSAGES[language];
  const text = messages[key];
  if (text === undefined) return undefined;
  const shown: Record<string, string> = {};
  for (const [name, value] of Object.entries(params)) {
    if (TIMES.has(name)) shown[name] = longDate(language, value);
    else if (name === 'failure') shown[name] = fill(messages[`failure.${value}`] ?? value, params);
    else if (name === 'purpose') shown[name] = messages[`purpose.${value}`] ?? value;
    else shown[name] = value;
  }
  return fill(text, shown);
}
