import { flushSync, mount, unmount } from 'svelte';
import { describe, expect, it } from 'vitest';
import { fakePresentation } from '$lib/ipc/fake';
import { fakeDetails } from '$lib/ipc/fake/credentials';
import type { PresentationView } from '$lib/ipc/generated';
import Presented from './Presented.svelte';

const mixed = fakePresentation(fakeDetails().slice(0, 3), 'For Bluewater Health', 'A note');

function shown(presentation: PresentationView): HTMLElement {
  const target = document.createElement('div');
  const component = mount(Presented, { target, props: { presentation, place: 'page' } });
  flushSync();
  const copy = target.cloneNode(true) as HTMLElement;
  void unmount(component);
  return copy;
}

const sum = (page: HTMLElement) => page.querySelector('[data-testid="sum"]');
const headline = (page: HTMLElement) => sum(page)?.querySelector('.headline');

describe('a shared bundle', () => {
  it('says the sum first', () => {
    const page = shown(mixed);
    expect(headline(page)?.textContent).toContain('2 of 3 genuine and current');
    expect(sum(page)?.textContent).toContain('1 genuine; status not confirmed');
  });

  it('carries the solid seal at its head only where everything in it is genuine and current', () => {
    const good = fakePresentation(fakeDetails().filter(({ report }) => report.verdict === 'valid'), 'x', null);
    expect(headline(shown(good))?.querySelector('[data-mark="valid"]')).not.toBeNull();
    expect(headline(shown(mixed))?.querySelector('[data-mark="valid"]')).toBeNull();
  });

  it.each([
    ['invalid', 'altered'],
    ['expired', 'has ended'],
    ['unverifiable', 'not certain'],
    ['odd', 'not certain'],
  ])('whose own signature is %s never leads with anything good', (verdict, words) => {
    const page = shown({ ...mixed, verdict, report: { ...mixed.report, verdict } });
    expect(headline(page)?.textContent).toContain(words);
    expect(headline(page)?.querySelector('[data-mark="valid"]')).toBeNull();
  });

  it('without a good credential sums up to nothing good', () => {
    const page = shown(fakePresentation(fakeDetails().filter(({ report }) => report.verdict === 'invalid'), 'x', null));
    expect(headline(page)?.querySelector('[data-mark="valid"]')).toBeNull();
    expect(sum(page)?.querySelector('.good')).toBeNull();
    expect(headline(page)?.textContent).toContain('Not confirmed');
  });

  it('is said to be signed with the learner’s own key only where every credential names that key', () => {
    expect(shown(mixed).textContent).toContain('the one that the credentials were issued to');
    const other = { ...mixed, holder: 'did:key:z6MkSomebodyElse' };
    expect(shown(other).textContent).toContain('does not show who the sender is');
  });

  it('tells a forged credential as made out in the issuer’s name, not as its word', () => {
    const page = shown(fakePresentation(fakeDetails().filter(({ id }) => id === 'welding'), 'x', null));
    expect(page.querySelector('.by')?.textContent).toMatch(/In the name of\s+Cape Breton/);
  });

  it('does not ask whether it is about the reader', () => {
    const lines = [...shown(mixed).querySelectorAll('[data-line]')].map((each) => each.getAttribute('data-state'));
    expect(lines).toContain('plain');
    expect(shown(mixed).textContent).not.toContain('About you');
  });

  it('shows a part that cannot be read as that', () => {
    const error = { error: 'not_json', error_params: { offset: '5' } };
    const unreadable = { note: null, credential: null, report: null, nested: [], ...error, verdict: 'rejected' };
    const page = shown({ ...mixed, credentials: [...mixed.credentials, unreadable] });
    expect(page.querySelectorAll('[data-testid="presented-credential"]')).toHaveLength(4);
    expect(sum(page)?.textContent).toContain('1 can’t be read');
    expect(page.textContent).toContain('(at byte 5)');
  });

  it('says whom it is meant for and why each credential matters, in the learner’s words alone', () => {
    const [first, ...rest] = mixed.credentials;
    if (!first) throw new Error('there is one');
    const note = 'You ask for this one. <b>See</b>';
    const page = shown({ ...mixed, audience: 'Bluewater Health', credentials: [{ ...first, note }, ...rest] });
    expect(page.querySelector('[data-testid="audience"]')?.textContent).toContain('Bluewater Health');
    const notes = page.querySelectorAll('[data-testid="presented-note"]');
    expect([...notes].map((each) => each.querySelector('blockquote')?.textContent)).toEqual([note]);
  });

  it('folds away what the sender wants folded, says that it is there, and never drops it', () => {
    const whole = shown(mixed);
    const folded = shown({ ...mixed, hidden_parts: ['criteria', 'skills', 'no such part'] });
    expect(whole.querySelector('[data-testid="folded"]')).toBeNull();
    const part = folded.querySelector('[data-testid="folded"]');
    expect(part?.querySelector('summary')?.textContent).toContain('how it is earned and skills');
    expect(part?.hasAttribute('open')).toBe(false);
    const skills = (page: HTMLElement) => [...page.querySelectorAll('.chips li')].map((each) => each.textContent).sort();
    expect(skills(folded)).toEqual(skills(whole));
    expect(skills(whole).length).toBeGreaterThan(0);
    for (const chip of folded.querySelectorAll('.chips li')) expect(chip.closest('[data-testid="folded"]')).not.toBeNull();
  });

  it.each([
    [{ shown: ['name'], at_most: 4 }, ['eddsa-rdfc-2022'], 'up to 3 are left out'],
    [{ shown: ['name'], at_most: 1 }, ['ES256 (SD-JWT)'], 'nothing is left out'],
    [null, ['ecdsa-sd-2023'], 'can’t be told'],
    [null, ['eddsa-rdfc-2022'], null],
  ])('with a selection of %j under %j says plainly what is left out', (selection, securing, words) => {
    const [first] = mixed.credentials;
    if (!first?.credential) throw new Error('there is one');
    const page = shown({ ...mixed, credentials: [{ ...first, credential: { ...first.credential, selection, securing } }] });
    const said = page.querySelector('[data-testid="withheld"]')?.textContent ?? null;
    if (words === null) expect(said).toBeNull();
    else expect(said).toContain(words);
  });

  it('says who was asked and who answered, and that no registry was', () => {
    const [first] = mixed.credentials;
    if (!first?.report) throw new Error('there is one');
    const resource = (url: string, failure: string | null) => ({ url, from: 'network', fetched_at: null, failure });
    const resources = [
      resource('https://a.example/did.json', null),
      resource('https://b.example/list', null),
      resource('https://b.example/key', 'timed_out'),
    ];
    const checks = first.report.checks.filter(({ check }) => check !== 'recognition');
    const page = shown({ ...mixed, credentials: [{ ...first, report: { ...first.report, checks, resources } }] });
    const asked = page.querySelector('[data-testid="asked"]')?.textContent;
    expect(asked).toContain('a.example (answered)');
    expect(asked).toContain('b.example (no usable answer)');
    expect(page.textContent).toContain('this page asks no registry');
    expect(shown(mixed).textContent).toContain('Registry of Maritime Colleges lists this issuer');
  });
});
