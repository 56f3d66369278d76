import { describe, expect, it } from 'vitest';
import { createFake } from '$lib/ipc/fake';
import type { ImportResultView, StagedView } from '$lib/ipc/generated';
import { choicesOf, isHere, isKept, keepingOf, outcomesOf } from './decisions';
import { Import } from './import.svelte';

/** A credential that came, and its like. */
async function staged(changes: Partial<StagedView> = {}): Promise<StagedView> {
  const task = new Import(createFake({ stepMilliseconds: 0, empty: true }));
  await task.give({ kind: 'text', text: 'https://college.example/claim/1' });
  await task.confirm();
  const [first] = task.staged;
  if (!first) throw new Error('nothing came');
  return { ...first, ...changes };
}

const result = (outcome: ImportResultView['outcome'], id: string | null): ImportResultView => ({
  source: '-',
  outcome,
  id,
  name: 'Wounds',
  verdict: 'valid',
  error: null,
});

describe('what can be decided', () => {
  it.each([
    ['new', ['keep', 'decline']],
    ['duplicate', ['decline']],
    ['newer', ['replace', 'keep', 'decline']],
    ['older', ['decline', 'keep']],
    ['same_award', ['keep', 'replace', 'decline']],
  ] as const)('of one that is %s is %j', async (relation, choices) => {
    expect(choicesOf(await staged({ relation, suggested: choices[0] }))).toEqual(choices);
  });

  it.each([
    ['invalid', 'valid', false],
    ['unverifiable', 'expired', false],
    ['unverifiable', 'unverifiable', true],
    ['revoked', 'valid', true],
    ['valid', 'invalid', true],
  ] as const)('lets one that is %s take the place of one that is %s: %s', async (verdict, kept, may) => {
    const came = await staged({ relation: 'same_award', suggested: 'keep', verdict, related: { id: 'record-7', name: 'Wounds', verdict: kept } });
    expect(choicesOf(came).includes('replace')).toBe(may);
  });

  it('always holds what the wallet suggests', async () => {
    expect(choicesOf(await staged({ relation: 'older', suggested: 'replace' }))).toContain('replace');
  });

  it('at once for all keeps an older one beside, replaces by a newer one and leaves a duplicate', async () => {
    expect(keepingOf(await staged({ relation: 'older', suggested: 'decline' }))).toBe('keep');
    expect(keepingOf(await staged({ relation: 'newer', suggested: 'decline' }))).toBe('replace');
    expect(keepingOf(await staged({ relation: 'duplicate', suggested: 'decline' }))).toBe('decline');
  });
});

describe('a duplicate', () => {
  const related = (id: string) => ({ id, name: 'Wounds', verdict: 'valid' });

  it('of a record leads to that record', async () => {
    const came = await staged({ relation: 'duplicate', related: related('record-7') });
    const [outcome] = outcomesOf([came], [result('declined', null)]);
    expect(outcome).toMatchObject({ outcome: 'duplicate', id: 'record-7' });
    expect(outcome && isKept(outcome)).toBe(true);
  });

  it('of one that came with it leads to what became of that one', async () => {
    const first = await staged({ id: 'a' });
    const twin = await staged({ id: 'b', relation: 'duplicate', related: related('a') });
    expect(isHere(twin, [first, twin])).toBe(true);
    const kept = outcomesOf([first, twin], [result('imported', 'record-1'), result('declined', null)]);
    expect(kept.map(({ outcome, id }) => [outcome, id])).toEqual([
      ['imported', 'record-1'],
      ['duplicate', 'record-1'],
    ]);
    const [, left] = outcomesOf([first, twin], [result('declined', null), result('declined', null)]);
    expect(left && isKept(left)).toBe(false);
  });
});
