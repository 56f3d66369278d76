import { describe, expect, it, vi } from 'vitest';
import { createFake, type FakeOptions } from '$lib/ipc/fake';
import type { Backend } from '$lib/ipc/backend';
import { Import } from './import.svelte';
import { TEXT_LIMIT_BYTES } from './source';

const quick: FakeOptions = { stepMilliseconds: 1 };
const LINK = 'https://college.example/claim/1';

/** A task over a fake, with a note of every command in its order. */
function begin(options: FakeOptions = { ...quick, empty: true }) {
  const fake = createFake(options);
  const calls: string[] = [];
  const backend: Backend = {
    ...fake,
    call: (name, request) => {
      calls.push(name);
      return fake.call(name, request);
    },
  };
  return { task: new Import(backend), fake, calls };
}

const give = (task: Import, text: string) => task.give({ kind: 'text', text });
const mail = () => new File(['From: x'], 'letter.eml');
const kept = async (fake: Backend) => (await fake.call('list_credentials', { search: '' })).length;

describe('what is given', () => {
  it('is looked at without a request, and its hosts are named before the yes', async () => {
    const { task, calls } = begin();
    await give(task, LINK);
    expect(task.stage.at).toBe('offer');
    expect(task.selection.hosts).toEqual(['college.example']);
    expect(calls).toEqual(['offer_text']);
  });

  it.each([
    ['', 'empty_input'],
    ['   ', 'empty_input'],
    ['hello', 'not_a_link'],
    ['x'.repeat(TEXT_LIMIT_BYTES + 1), 'too_large'],
  ])('that is nothing to import stays in the box with the reason', async (text, code) => {
    const { task } = begin();
    await give(task, text);
    expect(task.error?.code).toBe(code);
    expect(task.stage.at).toBe('ask');
    expect(task.text).toBe(text);
  });

  it('as a file that holds nothing says why', async () => {
    const { task } = begin();
    await task.give({ kind: 'files', files: [new File(['x'], 'notes.txt')] });
    expect(task.error?.code).toBe('not_a_credential');
    expect(task.skipped).toEqual([]);
    expect(task.stage.at).toBe('ask');
  });

  it('as a mail offers its links and attachments, and names what it could not read', async () => {
    const { task } = begin();
    await task.give({ kind: 'files', files: [mail()] });
    expect(task.selection.importable.map(({ kind }) => kind)).toEqual([
      'request',
      'credential_offer',
      'share_page',
      'web',
      'document',
    ]);
    expect(task.selection.others.map(({ kind }) => kind)).toEqual(['document_page']);
    expect(task.skipped.map(({ name }) => name)).toEqual(['rekening.doc']);
  });

  it('as paths is read by the wallet', async () => {
    const { task, calls } = begin();
    await task.give({ kind: 'paths', paths: ['/home/amelie/badge.json'] });
    expect(calls).toEqual(['offer_paths']);
    expect(task.selection.picked.map(({ label }) => label)).toEqual(['badge.json']);
  });

  it('takes the place of what was offered before, which is forgotten', async () => {
    const { task, calls } = begin();
    await give(task, LINK);
    await give(task, 'https://other.example/claim/2');
    expect(task.selection.hosts).toEqual(['other.example']);
    expect(calls).toEqual(['offer_text', 'discard', 'offer_text']);
  });

  it('counts no more once the sheet was closed, and the late offer is forgotten', async () => {
    const { task, calls } = begin();
    const late = give(task, LINK);
    task.reset();
    await late;
    expect(task.stage.at).toBe('ask');
    expect(task.busy).toBe(false);
    expect(calls).toEqual(['offer_text', 'discard']);
  });
});

describe('gathering', () => {
  it('tells each step once, keeps nothing yet, and ends in a review', async () => {
    const { task, fake } = begin();
    await give(task, LINK);
    await task.confirm();
    expect(task.steps.map(({ step }) => step)).toEqual(['read', 'contact', 'found', 'check']);
    expect(task.stage.at).toBe('review');
    expect(task.staged.map(({ relation, suggested }) => [relation, suggested])).toEqual([['new', 'keep']]);
    expect(await kept(fake)).toBe(0);
  });

  it('asks nobody while nothing is chosen', async () => {
    const { task, calls } = begin();
    await give(task, LINK);
    task.selection.chooseNone();
    await task.confirm();
    expect(task.stage.at).toBe('offer');
    expect(calls).not.toContain('gather');
  });

  it('waits for a code that the issuer is known to want', async () => {
    const { task, calls } = begin();
    await give(task, 'openid-credential-offer://?host=issuer.example&tx_code=1');
    await task.confirm();
    expect(task.selection.missing).not.toBeNull();
    expect(calls).not.toContain('gather');
    const [item] = task.selection.picked;
    task.selection.setCode(item?.id ?? '', '123 456');
    await task.confirm();
    expect(task.stage.at).toBe('review');
  });

  it('that fails as a whole goes back to the offer with the reason', async () => {
    const { task } = begin({ ...quick, failing: { gather: { code: 'offline', params: { host: 'x' } } } });
    await give(task, LINK);
    await task.confirm();
    expect(task.error?.code).toBe('offline');
    expect(task.stage.at).toBe('offer');
  });

  it('tells what failed beside what came, and asks again only for that', async () => {
    const { task } = begin();
    await give(task, `${LINK} https://college.example/gone`);
    await task.confirm();
    expect(task.staged).toHaveLength(1);
    expect(task.failures.map(({ error }) => error.code)).toEqual(['link_gone']);
    await task.retry(task.failures.map(({ item }) => item));
    expect(task.staged).toHaveLength(1);
    expect(task.failures).toHaveLength(1);
    expect(task.stage.at).toBe('review');
  });

  it('only shows the pages that an issuer wants opened', async () => {
    const { task, calls } = begin();
    await give(task, 'https://college.example/claim/then');
    await task.confirm();
    expect(task.then).toEqual(['https://college.example/survey']);
    expect(calls).not.toContain('open_in_browser');
  });

  it('that ends after the sheet was left changes nothing', async () => {
    const { task } = begin();
    await give(task, LINK);
    const late = task.confirm();
    await vi.waitFor(() => expect(task.steps.length).toBeGreaterThan(0));
    task.reset();
    await late;
    expect(task.stage.at).toBe('ask');
    expect(task.staged).toEqual([]);
  });
});

describe('stopping', () => {
  it('at any step goes back to the offer and keeps nothing', async () => {
    const { task, fake } = begin({ stepMilliseconds: 20, empty: true });
    await give(task, LINK);
    for (const steps of [1, 2, 3, 4]) {
      const done = task.confirm();
      await vi.waitFor(() => expect(task.steps.length).toBe(steps), { interval: 1 });
      await task.cancel();
      await done;
      expect(task.error?.code).toBe('cancelled');
      expect(task.stage.at).toBe('offer');
    }
    expect(await kept(fake)).toBe(0);
  });

  it('before it began asks nobody', async () => {
    const { task, calls } = begin();
    await give(task, LINK);
    const done = task.confirm();
    await task.cancel();
    await done;
    expect(task.error?.code).toBe('cancelled');
    expect(calls).not.toContain('gather');
  });

  it('keeps what had come before', async () => {
    const { task } = begin({ stepMilliseconds: 20, empty: true });
    await give(task, `${LINK} https://other.example/claim/2`);
    const done = task.confirm();
    await vi.waitFor(() => expect(task.steps.length).toBe(5), { interval: 1 });
    await task.cancel();
    await done;
    expect(task.stage.at).toBe('review');
    expect(task.staged).toHaveLength(1);
    expect(task.failures.map(({ error }) => error.code)).toEqual(['cancelled']);
  });
});

describe('a code in the middle', () => {
  const ASKS = 'https://college.example/ask-code';

  it('is asked for, and what it opens joins what came before', async () => {
    const { task } = begin();
    await give(task, `${LINK} ${ASKS}`);
    await task.confirm();
    expect(task.stage).toMatchObject({ at: 'code', questions: [{ item: ASKS, question: { refused: false } }] });
    task.setAnswer(ASKS, '424242');
    await task.answer();
    expect(task.stage.at).toBe('review');
    expect(task.staged.map(({ item }) => item)).toEqual([LINK, ASKS]);
  });

  it('that is wrong is told and asked for again', async () => {
    const { task } = begin();
    await give(task, ASKS);
    await task.confirm();
    task.setAnswer(ASKS, '000000');
    await task.answer();
    expect(task.stage).toMatchObject({ at: 'code', questions: [{ question: { refused: true } }] });
    expect(task.answers).toEqual({});
  });

  it('that is left empty sends nothing', async () => {
    const { task, calls } = begin();
    await give(task, ASKS);
    await task.confirm();
    await task.answer();
    expect(task.stage.at).toBe('code');
    expect(calls.filter((name) => name === 'gather')).toHaveLength(1);
  });

  it('that is not at hand leaves the rest to be reviewed', async () => {
    const { task } = begin();
    await give(task, `${LINK} ${ASKS}`);
    await task.confirm();
    task.skipCodes();
    expect(task.stage.at).toBe('review');
    expect(task.staged.map(({ item }) => item)).toEqual([LINK]);
  });

  it('that is not at hand leads back to the offer where nothing else came', async () => {
    const { task } = begin();
    await give(task, ASKS);
    await task.confirm();
    task.skipCodes();
    expect(task.stage.at).toBe('offer');
  });

  it('of two leaves the other question open', async () => {
    const { task } = begin();
    await give(task, `${ASKS} https://other.example/ask-code`);
    await task.confirm();
    task.setAnswer(ASKS, '424242');
    await task.answer();
    expect(task.stage).toMatchObject({ at: 'code', questions: [{ item: 'https://other.example/ask-code' }] });
    expect(task.staged.map(({ item }) => item)).toEqual([ASKS]);
  });
});

describe('the decision', () => {
  async function reviewed(text: string, options?: FakeOptions) {
    const begun = begin(options);
    await give(begun.task, text);
    await begun.task.confirm();
    return begun;
  }

  it('to keep puts it into the wallet', async () => {
    const { task, fake } = await reviewed(LINK);
    await task.accept();
    expect(task.stage).toMatchObject({ at: 'done', outcomes: [{ outcome: 'imported', verdict: 'valid' }] });
    expect(await kept(fake)).toBe(1);
  });

  it('to decline leaves the wallet as it was', async () => {
    const { task, fake } = await reviewed(LINK);
    task.declineAll();
    await task.accept();
    expect(task.stage).toMatchObject({ at: 'done', outcomes: [{ outcome: 'declined', id: null }] });
    expect(await kept(fake)).toBe(0);
  });

  it('is none for what is there already, which can be opened', async () => {
    const { task } = await reviewed(LINK, quick);
    expect(task.staged[0]?.relation).toBe('duplicate');
    expect(task.stage).toMatchObject({ at: 'done', outcomes: [{ outcome: 'duplicate', id: 'wound-care' }] });
  });

  it('replaces only where a newer version came or the learner says so', async () => {
    const { task } = await reviewed('https://college.example/newer', quick);
    const [staged] = task.staged;
    expect(staged && task.decisionOf(staged)).toBe('replace');
    await task.accept();
    expect(task.stage).toMatchObject({ at: 'done', outcomes: [{ outcome: 'updated' }] });
  });

  it('on what is not valid begins with the backend’s own suggestion', async () => {
    const { task } = await reviewed('https://college.example/invalid');
    const [staged] = task.staged;
    expect(staged?.verdict).toBe('invalid');
    expect(staged && task.decisionOf(staged)).toBe('decline');
    task.keepAll();
    expect(staged && task.decisionOf(staged)).toBe('keep');
  });

  it('that can’t be carried out stays open with the reason', async () => {
    const { task } = await reviewed(LINK, { ...quick, failing: { accept: { code: 'disk', params: { what: 'full' } } } });
    await task.accept();
    expect(task.error?.code).toBe('disk');
    expect(task.stage.at).toBe('review');
    expect(task.busy).toBe(false);
  });

  it('is carried out once, however often the button is pressed', async () => {
    const { task, calls } = await reviewed(LINK);
    await Promise.all([task.accept(), task.accept()]);
    expect(calls.filter((name) => name === 'accept')).toHaveLength(1);
  });

  it('asks about an address that the learner has not named', async () => {
    const { task } = begin();
    await task.give({ kind: 'files', files: [mail()] });
    task.selection.chooseNone();
    task.selection.choose('ppe-0', true);
    await task.confirm();
    task.keepAll();
    await task.accept();
    expect(task.stage).toMatchObject({ at: 'done', addresses: ['amelie.t@student.lakeheadvalley.example'] });
  });
});

describe('a page without data', () => {
  const PAGE = 'https://learner.mycreds.example/sharelink/5d1f/9a20';

  it('is kept beside a credential, without asking its host', async () => {
    const { task, fake, calls } = begin(quick);
    await give(task, PAGE);
    expect(await task.keepLink(PAGE, PAGE, { id: 'wound-care', name: 'Wounds' })).toBe(true);
    expect(task.linked).toEqual({ [PAGE]: 'Wounds' });
    expect((await fake.call('show_credential', { id: 'wound-care' })).links).toMatchObject([{ url: PAGE }]);
    expect(calls).not.toContain('gather');
  });

  it('that can’t be kept says why', async () => {
    const { task } = begin({ ...quick, failing: { keep_link: { code: 'disk', params: { what: 'full' } } } });
    await give(task, PAGE);
    expect(await task.keepLink(PAGE, PAGE, { id: 'wound-care', name: 'Wounds' })).toBe(false);
    expect(task.error?.code).toBe('disk');
  });
});
