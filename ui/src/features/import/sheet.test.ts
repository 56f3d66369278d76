import { flushSync, mount, unmount, type Component } from 'svelte';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createFake } from '$lib/ipc/fake';
import { words } from '$lib/words/words.svelte';
import DonePage from './DonePage.svelte';
import OfferPage from './OfferPage.svelte';
import ReviewPage from './ReviewPage.svelte';
import SheetButtons from './SheetButtons.svelte';
import { Import } from './import.svelte';

const LINK = 'https://college.example/claim/1';
let drawn: Record<string, unknown>[] = [];

afterEach(async () => {
  await Promise.all(drawn.map((each) => unmount(each)));
  drawn = [];
  words.language = 'en';
});

/** An import of a text, up to its offer or its review. */
async function begin(text: string, upTo: 'offer' | 'review', empty = true): Promise<Import> {
  const task = new Import(createFake({ stepMilliseconds: 1, empty }));
  await task.give({ kind: 'text', text });
  if (upTo === 'review') await task.confirm();
  return task;
}

function draw<P extends Record<string, unknown>>(component: Component<P>, props: P): void {
  drawn.push(mount(component, { target: document.body, props }));
  flushSync();
}

const nothing = () => undefined;
const drawButtons = (task: Import) =>
  draw(SheetButtons, {
    task,
    form: 'code',
    onconfirm: () => void task.confirm(),
    onclose: nothing,
    onopen: nothing,
    onbundle: nothing,
    onshare: nothing,
  });

const all = (testid: string) => [...document.querySelectorAll<HTMLElement>(`[data-testid="${testid}"]`)];
const textOf = (testid: string) => all(testid)[0]?.textContent?.replace(/\s+/g, ' ').trim();

describe('the yes', () => {
  it.each([
    ['en', LINK, 'Contact college.example'],
    ['fr', LINK, 'Contacter college.example'],
    ['en', `${LINK} https://other.example/2`, 'Contact 2 hosts'],
    ['fr', `${LINK} https://other.example/2`, 'Contacter 2 hôtes'],
  ] as const)('names in %s who will be contacted', async (language, text, label) => {
    words.language = language;
    drawButtons(await begin(text, 'offer'));
    expect(textOf('import-confirm')).toBe(label);
  });

  it('follows what is chosen', async () => {
    const task = await begin(`${LINK} https://other.example/2`, 'offer');
    drawButtons(task);
    task.selection.choose(LINK, false);
    flushSync();
    expect(textOf('import-confirm')).toBe('Contact other.example');
    task.selection.chooseNone();
    flushSync();
    expect(all('import-confirm')[0]?.getAttribute('aria-disabled')).toBe('true');
  });
});

describe('the offer', () => {
  const props = { credentials: [], onopenshare: nothing };

  it('of one link is one page with its host, without anything to choose', async () => {
    draw(OfferPage, { task: await begin(LINK, 'offer'), ...props });
    expect(textOf('import-host')).toBe('college.example');
    expect(all('offer-choose')).toEqual([]);
  });

  it('of several ticks what is suggested and leaves the rest', async () => {
    draw(OfferPage, { task: await begin(`${LINK} https://college.example/unsubscribe`, 'offer'), ...props });
    expect(all('offer-choose').map((box) => (box as HTMLInputElement).checked)).toEqual([true, false]);
  });

  it('says why a request to show credentials is not followed', async () => {
    draw(OfferPage, { task: await begin('openid4vp://verifier.example/?x=1', 'offer'), ...props });
    expect(textOf('offer-item')).toContain('It asks you to show credentials');
    drawButtons(await begin('openid4vp://verifier.example/?x=1', 'offer'));
    expect(all('import-confirm')).toEqual([]);
  });
});

describe('the review', () => {
  it('of one that is new needs one button, and the main one keeps it', async () => {
    const task = await begin(LINK, 'review');
    draw(ReviewPage, { task, onopenbrowser: nothing });
    drawButtons(task);
    expect(all('staged-decision')).toEqual([]);
    expect(all('import-accept')[0]?.className).toContain('primary');
    all('import-accept')[0]?.click();
    await vi.waitFor(() => expect(task.stage.at).toBe('done'));
  });

  it('of one that was altered says so, and the main button leaves it', async () => {
    const task = await begin('https://college.example/invalid', 'review');
    draw(ReviewPage, { task, onopenbrowser: nothing });
    drawButtons(task);
    expect(textOf('staged-doubt')).toContain('changed after it was signed');
    expect(textOf('import-accept')).toBe('Keep it all the same');
    expect(all('import-decline')[0]?.className).toContain('primary');
  });

  it('lets the learner choose beside the one that is there', async () => {
    const task = await begin('https://college.example/newer', 'review', false);
    draw(ReviewPage, { task, onopenbrowser: nothing });
    const radios = [...document.querySelectorAll<HTMLInputElement>('[data-testid="staged-decision"] input')];
    expect(radios.map(({ value, checked }) => [value, checked])).toEqual([
      ['replace', true],
      ['keep', false],
      ['decline', false],
    ]);
    radios[1]?.click();
    const [staged] = task.staged;
    expect(staged && task.decisionOf(staged)).toBe('keep');
  });

  it('is left out where all is there already, which can be opened at once', async () => {
    const task = await begin(LINK, 'review', false);
    expect(task.stage).toMatchObject({ at: 'done', outcomes: [{ outcome: 'duplicate' }] });
    drawButtons(task);
    expect(all('import-accept')).toEqual([]);
    expect(textOf('import-open')).toBe('Open it');
  });

  it('opens the issuer’s page only when the learner presses its button', async () => {
    const onopenbrowser = vi.fn();
    draw(ReviewPage, { task: await begin('https://college.example/then', 'review'), onopenbrowser });
    expect(onopenbrowser).not.toHaveBeenCalled();
    document.querySelector<HTMLElement>('[data-testid="import-then"] button')?.click();
    expect(onopenbrowser).toHaveBeenCalledWith('https://college.example/survey');
  });
});

describe('an issuer’s next page', () => {
  it('that is no web address is shown without a button', () => {
    draw(DonePage, {
      outcomes: [],
      addresses: [],
      then: ['javascript:alert(1)'],
      onopen: nothing,
      onaddress: () => Promise.resolve(true),
      onopenbrowser: nothing,
    });
    expect(textOf('import-then')).toContain('javascript:alert(1)');
    expect(document.querySelector('[data-testid="import-then"] button')).toBeNull();
  });
});
