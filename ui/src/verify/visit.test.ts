import { afterEach, describe, expect, it, vi } from 'vitest';
import { fakePresentation } from '$lib/ipc/fake';
import { fakeDetails } from '$lib/ipc/fake/credentials';
import { answer } from './fetch';
import { textOnly } from './gather';
import type { Answer, Checker, Found, Item, Need, Turn } from './checker';
import { Visit } from './visit.svelte';

const need: Need = { url: 'https://college.example/did.json', kind: 'controlled_identifier_document' };
const found: Found = {
  shown: [{ names: [], presentation: fakePresentation(fakeDetails().slice(0, 1), 'Title', null) }],
  unread: [],
};
const NEEDED: Turn = { error: { code: 'passphrase_needed', params: { name: 'a.json' } } };

/** A checker that answers as told; `fits` is the passphrase of what is sealed. */
function checker(turns: (answers: readonly Answer[], open: boolean) => Turn, fits = '') {
  const opened: (readonly Item[])[] = [];
  const spoken: string[] = [];
  let ended = 0;
  let isOpen = fits === '';
  const load = (): Promise<Checker> =>
    Promise.resolve({
      open: (items, language) => {
        opened.push(items);
        spoken.push(language);
        return Promise.resolve({
          turn: (_now, answers) => Promise.resolve(turns(answers, isOpen)),
          unseal: (passphrase) => Promise.resolve({ unsealed: (isOpen = passphrase === fits) }),
          speak: (language) => {
            spoken.push(language);
            return Promise.resolve();
          },
          end: () => void ended++,
        });
      },
      lookInto: () => Promise.resolve(''),
      readCodes: () => Promise.resolve([]),
      sequence: () => Promise.reject(new Error('none here')),
    });
  return { load, opened, spoken, ended: () => ended };
}

function visit(turns: Parameters<typeof checker>[0], fits?: string) {
  const asked: Need[] = [];
  const { load, ...seen } = checker(turns, fits);
  const page = new Visit({
    load,
    answer: (each) => {
      asked.push(each);
      return Promise.resolve({ url: each.url, ok: true, base64: 'e30=' });
    },
    now: () => new Date('2026-11-21T12:00:00Z'),
  });
  return { page, asked, ...seen };
}

const afterOneNeed = (answers: readonly Answer[]): Turn => (answers.length > 0 ? { done: found } : { need: [need] });

describe('a visit to the employer’s page', () => {
  it('fetches what the checker needs and shows what it found', async () => {
    const { page, asked, opened } = visit(afterOneNeed);
    await page.open(textOnly('https://verify.example/#1uabc'), 'en');
    expect(page.stage).toEqual({ at: 'done', found });
    expect(asked).toEqual([need]);
    expect(page.hosts).toEqual([{ host: 'college.example', answered: true }]);
    expect(opened).toEqual([[{ name: '', content: 'https://verify.example/#1uabc' }]]);
  });

  it('asks nobody twice when the language changes', async () => {
    let asks = 0;
    const { page, asked, spoken } = visit((answers) => (answers.length > 0 || asks++ > 0 ? { done: found } : { need: [need] }));
    await page.open(textOnly('x'), 'en');
    await page.translate('fr');
    expect(asked).toHaveLength(1);
    expect(spoken).toEqual(['en', 'fr']);
    expect(page.stage.at).toBe('done');
  });

  it('shows the checker’s error', async () => {
    const { page } = visit(() => ({ error: { code: 'share_link_damaged', params: {} } }));
    await page.open(textOnly('x'), 'en');
    expect(page.stage).toEqual({ at: 'failed', error: { code: 'share_link_damaged', params: {} } });
  });

  it('asks for a passphrase, tells a wrong one, and asks nobody before the right one', async () => {
    const { page, asked } = visit((answers, open) => (open ? afterOneNeed(answers) : NEEDED), 'maple');
    await page.open(textOnly('x'), 'en');
    expect(page.stage).toEqual({ at: 'sealed', name: 'a.json', state: 'asked' });
    const trying = page.unseal('birch');
    expect(page.stage).toMatchObject({ state: 'trying' });
    await trying;
    expect(page.stage).toEqual({ at: 'sealed', name: 'a.json', state: 'wrong' });
    expect(asked).toEqual([]);
    await page.unseal('maple');
    expect(page.stage).toEqual({ at: 'done', found });
    expect(asked).toEqual([need]);
  });

  it('does not turn in circles', async () => {
    const { page } = visit(() => ({ need: [need] }));
    await page.open(textOnly('x'), 'en');
    expect(page.stage.at).toBe('failed');
  });

  it('drops what an earlier opening still brings', async () => {
    const { page, opened, ended } = visit(() => ({ done: found }));
    let late: (value: ReturnType<typeof textOnly>) => void = () => undefined;
    const first = page.open(new Promise((resolve) => (late = resolve)), 'en');
    await page.open(textOnly('second'), 'en');
    late(textOnly('first'));
    await first;
    expect(opened).toEqual([[{ name: '', content: 'second' }]]);
    page.reset();
    expect([page.stage.at, ended()]).toEqual(['ask', 1]);
  });

  it('fails plainly where the checker cannot be loaded', async () => {
    const page = new Visit({
      load: () => Promise.reject(new Error('no wasm')),
      answer: () => Promise.reject(new Error('unreachable')),
      now: () => new Date(),
    });
    await page.open(textOnly('x'), 'en');
    expect(page.stage).toEqual({ at: 'failed', error: { code: 'internal', params: {} } });
  });

  it('refuses what is larger than any bundle, and opens what came with it', async () => {
    const { page, opened } = visit(() => ({ done: found }));
    const huge = { name: 'huge.json', content: new Uint8Array(8 * 1024 * 1024 + 1) };
    await page.open({ items: [huge], unread: [] }, 'en');
    expect(page.stage).toMatchObject({ at: 'failed', error: { code: 'too_large' } });
    expect(opened).toEqual([]);
    await page.open({ items: [huge, { name: 'a.json', content: '{}' }], unread: [] }, 'en');
    expect(page.stage).toMatchObject({ at: 'done', found: { unread: [{ name: 'huge.json', error: { code: 'too_large' } }] } });
    expect(opened).toEqual([[{ name: 'a.json', content: '{}' }]]);
  });
});

describe('a fetch', () => {
  afterEach(() => vi.unstubAllGlobals());
  const serve = (respond: () => Promise<Response>) => {
    const fetched = vi.fn<(url: string, options: RequestInit) => Promise<Response>>(respond);
    vi.stubGlobal('fetch', fetched);
    return fetched;
  };

  it('carries no cookies and no referrer', async () => {
    const fetched = serve(() => Promise.resolve(new Response('{}', { headers: { 'content-type': 'application/json' } })));
    expect(await answer(need)).toEqual({ url: need.url, ok: true, base64: 'e30=', mediaType: 'application/json' });
    expect(fetched.mock.calls[0]?.[1]).toMatchObject({ credentials: 'omit', referrerPolicy: 'no-referrer' });
  });

  it('that is answered with an error says which', async () => {
    serve(() => Promise.resolve(new Response('', { status: 410 })));
    expect(await answer(need)).toEqual({ url: need.url, ok: false, failure: 'status', status: 410 });
  });

  it.each<[Need['kind'], string, boolean]>([
    ['controlled_identifier_document', 'https://college.example/elsewhere.json', true],
    ['controlled_identifier_document', 'https://www.college.example/did.json', true],
    ['controlled_identifier_document', 'https://evil.example/did.json', false],
    ['controlled_identifier_document', 'https://sub.college.example/did.json', false],
    ['controlled_identifier_document', 'https://college.example:8443/did.json', false],
    ['controlled_identifier_document', 'https://college.example@evil.example/did.json', false],
    ['controlled_identifier_document', '', false],
    ['status_list_credential', 'https://evil.example/list', true],
  ])('of a %s that is redirected to %s counts: %s', async (kind, url, counts) => {
    const response = new Response('{}');
    Object.defineProperties(response, { url: { value: url }, redirected: { value: true } });
    serve(() => Promise.resolve(response));
    const came = await answer({ ...need, kind });
    expect(came).toMatchObject(counts ? { ok: true } : { ok: false, failure: 'redirected_elsewhere' });
  });

  it('that the browser refuses is told as that', async () => {
    serve(() => Promise.reject(new TypeError('Failed to fetch')));
    expect(await answer(need)).toEqual({ url: need.url, ok: false, failure: 'refused_by_browser' });
  });

  it('without a connection is told as that', async () => {
    vi.stubGlobal('navigator', { onLine: false });
    serve(() => Promise.reject(new TypeError('Failed to fetch')));
    expect(await answer(need)).toEqual({ url: need.url, ok: false, failure: 'offline' });
  });

  it('that takes too long is told as that', async () => {
    serve(() => Promise.reject(new DOMException('late', 'TimeoutError')));
    expect(await answer(need)).toEqual({ url: need.url, ok: false, failure: 'timed_out' });
  });

  it('of more than the limit stops reading', async () => {
    let pulled = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull: (controller) => {
        pulled++;
        controller.enqueue(new Uint8Array(1024 * 1024));
      },
    });
    serve(() => Promise.resolve(new Response(endless)));
    expect(await answer(need)).toEqual({ url: need.url, ok: false, failure: 'too_large' });
    expect(pulled).toBeLessThan(20);
  });
});
