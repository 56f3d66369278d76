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
    const unreadable = { credential: null, report: null, nested: [], ...error, verdict: 'rejected' };
    const page = shown({ ...mixed, credentials: [...mixed.credentials, unreadable] });
    expect(page.querySelectorAll('[data-testid="presented-credential"]')).toHaveLength(4);
    expect(sum(page)?.textContent).toContain('1 can’t be read');
    expect(page.textContent).toContain('(at byte 5)');
  });
});
