/** How long a share counts. */
export const TERMS = ['none', 'month', 'half_year', 'year', 'date'] as const;
export type Term = (typeof TERMS)[number];

const MONTHS: Record<Exclude<Term, 'none' | 'date'>, number> = { month: 1, half_year: 6, year: 12 };

/** The last day on which it counts, as `2027-01-31`; none for no end. A day the later month lacks becomes its last. */
export function lastDay(term: Term, chosen: string, today: Date): string | null {
  if (term === 'none') return null;
  if (term === 'date') return chosen || null;
  const year = today.getFullYear();
  const month = today.getMonth() + MONTHS[term];
  const lastOfMonth = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  return new Date(Date.UTC(year, month, Math.min(today.getDate(), lastOfMonth))).toISOString().slice(0, 10);
}
