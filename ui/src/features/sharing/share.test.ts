import { describe, expect, it, vi } from 'vitest';
import type { Backend } from '$lib/ipc/backend';
import { createFake, type FakeOptions } from '$lib/ipc/fake';
import type { ShareForm } from '$lib/ipc/generated';
import { FORMS, GROUPS, bestForm, canBeSealed, fileOf, lengthOf } from './forms';
import { Sharing, type ShareMeans, type ShareSubject } from './share.svelte';
import { lastDay } from './terms';

const today = new Date(2026, 0, 31);
const MEANS: ShareMeans = { pageIsSet: true, publisher: 'https://verifierplus.example', paper: 'letter', language: 'en' };

function sharing(options: FakeOptions = {}, subject: Partial<ShareSubject> = {}, means: Partial<ShareMeans> = {}) {
  const backend: Backend = createFake({ stepMilliseconds: 1, ...options });
  const call = vi.spyOn(backend, 'call');
  const whole: ShareSubject = {
    title: 'For Bluewater Health',
    count: 3,
    inPart: false,
    bundle: () => Promise.resolve('bundle-bluewater'),
    review: () => backend.call('review_bundle', { id: 'bundle-bluewater' }),
    ...subject,
  };
  return { backend, call, task: new Sharing(backend, whole, { ...MEANS, ...means }) };
}

describe('how long a share counts', () => {
  it.each([
    ['none', '', null],
    ['month', '', '2026-02-28'],
    ['half_year', '', '2026-07-31'],
    ['year', '', '2027-01-31'],
    ['date', '2026-12-24', '2026-12-24'],
  ] as const)('for %s', (term, chosen, day) => {
    expect(lastDay(term, chosen, today)).toBe(day);
  });
});

describe('the forms', () => {
  it('are each in one group', () => {
    expect(Object.values(GROUPS).flat().sort()).toEqual([...FORMS].sort());
  });

  it.each([
    [1, true, true, 'link'],
    [3, true, false, 'link'],
    [4, true, true, 'hosted'],
    [4, true, false, 'html'],
    [1, false, true, 'html'],
  ] as const)('for %i credentials (page %s, host %s) begin with %s', (count, pageIsSet, publisherIsSet, form) => {
    expect(bestForm(count, { pageIsSet, publisherIsSet })).toBe(form);
  });

  it.each([
    [900, 'good'],
    [901, 'long'],
    [2000, 'long'],
    [2001, 'too_long'],
  ] as const)('say that a link of %i characters is %s', (length, state) => {
    expect(lengthOf(length)).toBe(state);
  });
});

describe('sharing', () => {
  it('makes no bundle before the learner decides', async () => {
    const bundle = vi.fn(() => Promise.resolve('bundle-bluewater'));
    const { task } = sharing({}, { bundle });
    task.another();
    await task.review.load();
    expect(bundle).not.toHaveBeenCalled();
    await task.create(today);
    expect(bundle).toHaveBeenCalledOnce();
  });

  it('gives a link that opens in a browser', async () => {
    const { task } = sharing();
    await task.create(today);
    expect(task.share?.link).toMatch(/^https:\/\/verify\.attesta\.example\/#1/);
    expect(task.share?.opens_in_browser).toBe(true);
  });

  it.each(['html', 'pdf', 'json'] as const)('saves %s as soon as it is made, and says where', async (form) => {
    const { task, call } = sharing();
    task.form = form;
    task.language = 'fr';
    task.paper = 'a4';
    await task.create(today);
    expect(task.savedTo).toBe(`/home/amelie/Documents/For Bluewater Health.${form}`);
    expect(call).toHaveBeenCalledWith('save_share', { id: task.share?.id, file: form, language: 'fr', paper: 'a4' });
  });

  it('gives the codes of a sequence', async () => {
    const { task } = sharing();
    task.form = 'sequence';
    await task.create(today);
    expect(task.sequence?.codes).toHaveLength(12);
  });

  it('asks for the date where one was promised', async () => {
    const { task } = sharing();
    task.term = 'date';
    await task.create(today);
    expect(task.share).toBeNull();
    expect(task.error?.code).toBe('expiry_malformed');
  });

  it('notes who gets it, and nothing where nobody is named', async () => {
    const { task, call } = sharing();
    task.recipient = ' Bluewater Health ';
    await task.create(today);
    expect(task.share?.recipient).toBe('Bluewater Health');
    task.another();
    task.recipient = '  ';
    await task.create(today);
    expect(call).toHaveBeenLastCalledWith('share_bundle', expect.objectContaining({ recipient: null }));
  });
});

describe('a passphrase', () => {
  it('that is too short is refused before anything is made', async () => {
    const { task, call } = sharing();
    task.passphrase = 'eleven char';
    await task.create(today);
    expect(task.refusal).toBe('passphrase');
    expect(call).not.toHaveBeenCalledWith('share_bundle', expect.anything());
  });

  it('seals the share and is forgotten', async () => {
    const { task } = sharing();
    task.passphrase = 'lake-cedar-amber';
    await task.create(today);
    expect(task.share?.sealed).toBe(true);
    expect(task.passphrase).toBe('');
  });

  it.each(FORMS.filter((form) => !canBeSealed(form)))('is never sent along with %s, which is always readable', async (form) => {
    const { task } = sharing();
    task.form = form;
    task.agreed = true;
    task.passphrase = 'lake-cedar-amber';
    await task.create(today);
    expect(task.error).toBeNull();
    expect(task.share?.sealed).toBe(false);
  });
});

describe('a hosted copy', () => {
  it('is sent only after a yes', async () => {
    const { task, call } = sharing();
    task.form = 'hosted';
    await task.create(today);
    expect(task.refusal).toBe('consent');
    expect(call).not.toHaveBeenCalled();
    task.agreed = true;
    await task.create(today);
    expect(task.share?.stopping).toBe('possible');
    task.another();
    expect(task.agreed).toBe(false);
  });

  it('leads to the settings where no host is set', async () => {
    const { task } = sharing({ publisher: false }, {}, { publisher: null });
    task.form = 'hosted';
    task.agreed = true;
    await task.create(today);
    expect(task.refusal).toBe('publisher');
  });

  it('that its host does not take can be tried again', async () => {
    const failing: FakeOptions['failing'] = { share_bundle: { code: 'publisher_unreachable', params: { host: 'a.example' } } };
    const { task } = sharing({ failing });
    task.form = 'hosted';
    task.agreed = true;
    await task.create(today);
    expect(task.error?.code).toBe('publisher_unreachable');
    expect(task.share).toBeNull();
    delete failing.share_bundle;
    await task.create(today);
    expect(task.error).toBeNull();
    expect(task.share?.form).toBe('hosted');
  });
});

describe('a share looked at again', () => {
  it.each(['link', 'sequence', 'pdf'] as const)('as %s is shown as it was made', async (form: ShareForm) => {
    const { backend, task } = sharing();
    const shares = await backend.call('list_shares', {});
    const share = shares.find((each) => each.form === form);
    if (!share) throw new Error('the fake has shares of each form');
    const again = Sharing.again(backend, share, task.subject, MEANS);
    await vi.waitFor(() => expect(again.sequence !== null).toBe(form === 'sequence'));
    expect(again.share).toEqual(share);
    const file = fileOf(form);
    if (file) await again.save(file);
    expect(again.savedTo === null).toBe(file === null);
  });

  it('gives a draft for the mail program', async () => {
    const { task } = sharing();
    await task.create(today);
    expect(await task.mailDraft()).toMatch(/^mailto:\?subject=For%20Bluewater%20Health&body=https%3A/);
  });
});
