import { afterEach, describe, expect, it, vi } from 'vitest';
import { fakePresentation } from '$lib/ipc/fake';
import { fakeDetails } from '$lib/ipc/fake/credentials';
import { answer } from './fetch';
import type { Answer, Need, OpenSession } from './checker';
import { Visit } from './visit.svelte';

const need: Need = { url: 'https://college.example/did.json', kind: 'controlled_identifier_document' };
const presentation = fakePresentation(fakeDetails().slice(0, 1), 'Title', null);

function visit(turns: (answers: readonly Answer[], language: string) => ReturnType<ReturnType<OpenSession>['turn']>) {
  const asked: Need[] = [];
  const ended: string[] = [];
  const page = new Visit({
    load: () =>
      Promise.resolve((_opened, language) => ({
        turn: (_now, answers) => turns(answers, language),
        end: () => ended.push(language),
      })),
    answer: (each) => {
      asked.push(each);
      return Promise.resolve({ url: each.url, ok: true, base64: 'e30=' });
    },
    now: () => new Date('2026-11-21T12:00:00Z'),
  });
  return { page, asked, ended };
}

describe('a visit to the employer’s page', () => {
  it('fetches what the checker needs and shows what it found', async () => {
    const { page, asked, ended } = visit((answers) => (answers.length > 0 ? { done: presentation } : { need: [need] }));
    await page.open('https://verify.example/#1uabc', 'en');
    expect(page.stage).toEqual({ at: 'done', presentation });
    expect(asked).toEqual([need]);
    expect(page.hosts).toEqual([{ host: 'college.example', answered: true }]);
    expect(ended).toEqual(['en']);
  });

  it('asks nobody twice when the language changes', async () => {
    const { page, asked, ended } = visit((answers) => (answers.length > 0 ? { done: presentation } : { need: [need] }));
    await page.open('x', 'en');
    await page.translate('fr');
    expect(asked).toHaveLength(1);
    expect(ended).toEqual(['en', 'fr']);
  });

  it('shows the checker’s error', async () => {
    const { page } = visit(() => ({ error: { code: 'share_link_damaged', params: {} } }));
    await page.open('x', 'en');
    expect(page.stage).toEqual({ at: 'failed', error: { code: 'share_link_damaged', params: {} } });
  });

  it('does not turn in circles', async () => {
    const { page } = visit(() => ({ need: [need] }));
    await page.open('x', 'en');
    expect(page.stage.at).toBe('failed');
  });

  it('fails plainly where the checker cannot be loaded', async () => {
    const page = new Visit({
      load: () => Promise.reject(new Error('no wasm')),
      answer: () => Promise.reject(new Error('unreachable')),
      now: () => new Date(),
    });
    await page.open('x', 'en');
    expect(page.stage).toEqual({ at: 'failed', error: { code: 'internal', params: {} } });
  });

  it('refuses what is larger than any bundle', async () => {
    const { page, asked } = visit(() => ({ done: presentation }));
    await page.open(new Uint8Array(8 * 1024 * 1024 + 1), 'en');
    expect(page.stage).toMatchObject({ at: 'failed', error: { code: 'too_large' } });
    expect(asked).toEqual([]);
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
