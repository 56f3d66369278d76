import type { Language } from '$lib/ipc/generated';
import { localeOf } from './dates';

/** A text of the interface; where a number decides its form, one text for each form. */
export type Phrase = string | { readonly one: string; readonly other: string };

export type Values = Readonly<Record<string, string | number>>;

/** The names between braces in a phrase, so that the compiler asks for each. */
type NamesIn<T extends string> = T extends `${string}{${infer Name}}${infer Rest}` ? Name | NamesIn<Rest> : never;
type TextOf<P> = P extends { readonly other: infer T } ? T : P;
export type NamesOf<P> = TextOf<P> extends infer T extends string ? NamesIn<T> : never;

const rules = new Map<Language, Intl.PluralRules>();

function isOne(language: Language, count: number): boolean {
  const known = rules.get(language) ?? new Intl.PluralRules(localeOf(language));
  rules.set(language, known);
  return known.select(count) === 'one';
}

/** Puts values into a text. A name without a value stays as it is, which shows the mistake. */
export function fill(text: string, values: Values): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => (name in values ? String(values[name]) : whole));
}

/** The text of a phrase in a language; `count` chooses between the forms. */
export function textOf(language: Language, phrase: Phrase, values: Values): string {
  const text = typeof phrase === 'string' ? phrase : isOne(language, Number(values['count'])) ? phrase.one : phrase.other;
  return fill(text, values);
}
