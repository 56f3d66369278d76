import type { GatherItem, OfferedView } from '$lib/ipc/generated';

/** What the learner chooses of an offer, and the codes that issuers sent for it. */
export class Selection {
  items = $state.raw<readonly OfferedView[]>([]);
  chosen = $state.raw<ReadonlySet<string>>(new Set());
  codes = $state.raw<Readonly<Record<string, string>>>({});
  /** The item whose code is missing, once the learner wanted to go on without it. */
  missing = $state<string | null>(null);

  /** Begins with what the wallet suggests; the only thing there is needs no choosing. */
  begin(items: readonly OfferedView[]): void {
    const importable = items.filter((item) => item.importable);
    this.items = items;
    this.chosen = new Set(importable.filter(({ suggested }) => suggested || importable.length === 1).map(({ id }) => id));
    this.codes = {};
    this.missing = null;
  }

  get importable(): readonly OfferedView[] {
    return this.items.filter((item) => item.importable);
  }

  /** What can't be gathered, each with its reason. */
  get others(): readonly OfferedView[] {
    return this.items.filter((item) => !item.importable);
  }

  get picked(): readonly OfferedView[] {
    return this.importable.filter(({ id }) => this.chosen.has(id));
  }

  /** Every host that the chosen items lead to, each once. */
  get hosts(): readonly string[] {
    return [...new Set(this.picked.flatMap(({ hosts }) => hosts))];
  }

  choose(id: string, wanted: boolean): void {
    const next = new Set(this.chosen);
    if (wanted) next.add(id);
    else next.delete(id);
    this.chosen = next;
    if (this.missing === id) this.missing = null;
  }

  chooseAll(): void {
    this.chosen = new Set(this.importable.map(({ id }) => id));
  }

  chooseNone(): void {
    this.chosen = new Set();
    this.missing = null;
  }

  setCode(id: string, code: string): void {
    this.codes = { ...this.codes, [id]: code };
    if (this.missing === id) this.missing = null;
  }

  /** What to gather; nothing while a code is missing, which is then named. */
  request(): GatherItem[] | null {
    const lacking = this.picked.find(({ id, code }) => code !== null && cleanCode(this.codes[id]) === null);
    this.missing = lacking?.id ?? null;
    if (lacking) return null;
    return this.picked.map(({ id, code }) => ({ item: id, code: code === null ? null : cleanCode(this.codes[id]) }));
  }
}

/** A code as its issuer compares it: people write it in groups. */
export function cleanCode(typed: string | undefined): string | null {
  const code = typed?.replace(/\s+/gu, '') ?? '';
  return code === '' ? null : code;
}
