import type { BundleView, CreateBundle } from '$lib/ipc/generated';

/** The parts of a credential that a learner may have folded away, in the order they are read. */
export const PARTS = ['picture', 'description', 'criteria', 'skills', 'results', 'evidence', 'endorsements'] as const;
export type Part = (typeof PARTS)[number];

/** What the wallet takes of each text, in characters. */
export const LIMITS = { title: 200, audience: 200, note: 5000, entryNote: 1000 } as const;

const filled = <T>(entries: readonly string[], of: (id: string) => T | undefined): Record<string, T> =>
  Object.fromEntries(
    entries.flatMap((id) => {
      const value = of(id);
      return value === undefined ? [] : [[id, value] as const];
    }),
  );

interface Written {
  readonly title: string;
  readonly note: string;
  readonly audience: string;
  readonly credentials: readonly string[];
  noteOn(id: string): string | undefined;
  withheldOf(id: string): readonly string[] | undefined;
  isFolded(part: Part): boolean;
}

/** What is written, in the one form in which two of the same are equal. */
export function contentOf({ title, note, audience, credentials, noteOn, withheldOf, isFolded }: Written): CreateBundle {
  return {
    title: title.trim(),
    note: note.trim() || null,
    audience: audience.trim() || null,
    credentials: [...credentials],
    notes: filled(credentials, (id) => noteOn(id)?.trim() || undefined),
    withheld: filled(credentials, (id) => {
      const keys = withheldOf(id) ?? [];
      return keys.length > 0 ? keys.toSorted() : undefined;
    }),
    hidden_parts: PARTS.filter(isFolded),
  };
}

/** A saved bundle in the same form. */
export const contentOfSaved = (bundle: BundleView): CreateBundle =>
  contentOf({
    title: bundle.title,
    note: bundle.note ?? '',
    audience: bundle.audience ?? '',
    credentials: bundle.credentials.map(({ id }) => id),
    noteOn: (id) => bundle.notes[id],
    withheldOf: (id) => bundle.withheld[id],
    isFolded: (part) => bundle.hidden_parts.includes(part),
  });

/** A new bundle of these credentials with nothing written yet. */
export const bareBundle = (title: string, credentials: readonly string[]): CreateBundle => ({
  title,
  note: null,
  audience: null,
  credentials: [...credentials],
  notes: {},
  withheld: {},
  hidden_parts: [],
});

export const sameContent = (a: CreateBundle, b: CreateBundle): boolean => JSON.stringify(a) === JSON.stringify(b);
