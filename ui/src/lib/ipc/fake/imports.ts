import type {
  AcceptedView,
  Commands,
  CredentialDetailView,
  Decision,
  FailureView,
  GatheredView,
  ImportProgress,
  ImportResultView,
  OfferedView,
  OfferView,
  QuestionView,
  Relation,
  StagedView,
} from '../generated';
import { fakeDetails } from './credentials';
import { foundInFiles, foundInText, type Found } from './offers';

type Names =
  | 'offer_text'
  | 'offer_files'
  | 'offer_paths'
  | 'gather'
  | 'accept'
  | 'discard'
  | 'cancel_import'
  | 'keep_link'
  | 'remove_link';
type Handlers = { [C in Names]: (request: Commands[C][0]) => Commands[C][1] | Promise<Commands[C][1]> };

/** What the fake import needs of the fake wallet around it. */
export interface Shelf {
  readonly stepMilliseconds: number;
  details(): CredentialDetailView[];
  put(details: CredentialDetailView[]): void;
  emails(): readonly string[];
  tell(progress: ImportProgress): void;
  refuse(code: string, params?: Record<string, string>): never;
}

const SUGGESTED: Record<Relation, Decision> = {
  new: 'keep',
  duplicate: 'decline',
  newer: 'replace',
  older: 'decline',
  same_award: 'keep',
};

const wait = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** The import of the fake wallet. What a link leads to stands in the link: `gone`, `ask-code`, `newer`, `invalid` … */
export function fakeImports(shelf: Shelf): Handlers {
  const offers = new Map<string, { items: readonly OfferedView[]; staged: Map<string, CredentialDetailView & { letterTo: string[] }> }>();
  let cancelled = false;
  let count = 0;

  function open({ items, skipped }: Found, nothing: string): OfferView {
    const id = `offer-${++count}`;
    offers.set(id, { items, staged: new Map() });
    const error = items.length === 0 && skipped.length === 0 ? { code: nothing, params: {} } : null;
    return { id, items, skipped, error };
  }

  const offerOf = (id: string) => offers.get(id) ?? shelf.refuse('not_found', { id });

  async function step(progress: ImportProgress): Promise<boolean> {
    shelf.tell(progress);
    await wait(shelf.stepMilliseconds);
    return !cancelled;
  }

  function relationOf(url: string, id: string): Relation {
    if (url.includes('newer')) return 'newer';
    if (url.includes('older')) return 'older';
    if (url.includes('same')) return 'same_award';
    return shelf.details().some((each) => each.id === id) ? 'duplicate' : 'new';
  }

  function stage(item: OfferedView, index: number): { view: StagedView; detail: CredentialDetailView } {
    const url = item.url ?? item.label;
    const all = fakeDetails();
    const named = all.find(({ credential }) => credential.title.text === item.label);
    const wanted = url.includes('invalid') ? all.find(({ report }) => report.verdict === 'invalid') : (named ?? all[index % all.length]);
    const detail = wanted ?? all[0] ?? shelf.refuse('not_a_credential');
    const relation = relationOf(url, detail.id);
    const known = shelf.details().find((each) => each.id === detail.id) ?? shelf.details()[0];
    const doubtful = ['invalid', 'revoked', 'unverifiable'].includes(detail.report.verdict);
    return {
      detail,
      view: {
        id: `${item.id}-staged`,
        item: item.id,
        verdict: detail.report.verdict,
        relation,
        related:
          relation === 'new' || !known
            ? null
            : { id: known.id, name: known.credential.title.text, verdict: known.report.verdict },
        suggested: relation === 'new' && doubtful ? 'decline' : SUGGESTED[relation],
        credential: detail.credential,
        report: detail.report,
        nested: detail.nested,
        picture: detail.credential.image,
      },
    };
  }

  async function gatherOne(
    item: OfferedView,
    index: number,
    code: string | null,
  ): Promise<StagedView | FailureView | QuestionView | { stage: ReturnType<typeof stage> }> {
    const { label, url } = item;
    const host = item.kind === 'document' ? null : (item.hosts[0] ?? null);
    const fail = (code: string, params: Record<string, string> = {}): FailureView => ({
      item: item.id,
      label,
      verdict: null,
      error: { code, params },
    });
    const begin: ImportProgress[] = [{ step: 'read', host: null }, ...(host === null ? [] : [{ step: 'contact' as const, host }])];
    for (const each of begin) if (!(await step(each))) return fail('cancelled');
    if (url?.includes('gone')) return fail('link_gone', { host: host ?? '', status: '410' });
    const question = url?.includes('ask-code') ? { host: host ?? '', numeric: true, length: 6, description: null, refused: false } : item.code;
    if (question && (code === null || code === '000000')) {
      return { item: item.id, label, question: { ...question, refused: code !== null } };
    }
    const rest: ImportProgress[] = [
      ...(item.kind === 'credential_offer' || item.kind === 'request' ? [{ step: 'prove' as const, host }] : []),
      ...(url?.includes('wait') ? [{ step: 'wait' as const, host }] : []),
      { step: 'found', host: null },
      { step: 'check', host: item.hosts.at(-1) ?? null },
    ];
    for (const each of rest) if (!(await step(each))) return fail('cancelled');
    return { stage: stage(item, index) };
  }

  const keptDetail = (detail: CredentialDetailView, item: OfferedView | undefined, id = detail.id): CredentialDetailView => ({
    ...detail,
    id,
    letter: item?.letter ?? null,
    origin_within: item?.within ?? [],
  });

  function carryOut(
    decision: Decision,
    view: StagedView,
    detail: CredentialDetailView,
    item: OfferedView | undefined,
  ): ImportResultView {
    const all = shelf.details();
    const base = { source: item?.url ?? view.item, name: view.credential.title.text, verdict: view.verdict, error: null };
    if (decision === 'decline') return { ...base, outcome: 'declined', id: null };
    if (view.relation === 'duplicate') return { ...base, outcome: 'duplicate', id: detail.id };
    if (decision === 'replace' && view.related) {
      const { id } = view.related;
      shelf.put(all.map((each) => (each.id === id ? keptDetail(detail, item, id) : each)));
      return { ...base, outcome: 'updated', id };
    }
    const id = all.some((each) => each.id === detail.id) ? `${detail.id}-${++count}` : detail.id;
    shelf.put([...all, keptDetail(detail, item, id)]);
    return { ...base, outcome: 'imported', id };
  }

  return {
    offer_text: ({ text }) => open(foundInText(text), 'not_a_link'),
    offer_files: ({ files }) => open(foundInFiles(files), 'not_a_credential'),
    offer_paths: ({ paths }) =>
      open(foundInFiles(paths.map((path) => ({ name: path.split('/').at(-1) ?? path }))), 'not_a_credential'),
    gather: async ({ id, items }) => {
      cancelled = false;
      const offer = offerOf(id);
      const gathered: GatheredView = { id, staged: [], questions: [], failures: [], then: [] };
      for (const { item, code } of items) {
        const index = offer.items.findIndex((each) => each.id === item);
        const offered = offer.items[index] ?? shelf.refuse('not_found', { id: item });
        const came = await gatherOne(offered, index, code);
        if ('question' in came) gathered.questions.push(came);
        else if ('error' in came) gathered.failures.push(came);
        else if ('stage' in came) {
          gathered.staged.push(came.stage.view);
          offer.staged.set(came.stage.view.id, { ...came.stage.detail, letterTo: offered.letter?.to ?? [] });
          if (offered.url?.includes('then')) gathered.then.push('https://college.example/survey');
        }
      }
      return gathered;
    },
    accept: ({ id, decisions }): AcceptedView => {
      const offer = offerOf(id);
      const addresses = new Set<string>();
      const results = decisions.map(({ staged, decision }) => {
        const detail = offer.staged.get(staged) ?? shelf.refuse('not_found', { id: staged });
        const index = offer.items.findIndex((each) => `${each.id}-staged` === staged);
        const item = offer.items[index];
        if (!item) return shelf.refuse('not_found', { id: staged });
        const view = stage(item, index).view;
        if (decision !== 'decline') detail.letterTo.forEach((to) => addresses.add(to));
        return carryOut(decision, view, detail, item);
      });
      return { results, unknown_addresses: [...addresses].filter((each) => !shelf.emails().includes(each)) };
    },
    discard: ({ id }) => {
      offers.delete(id);
      return {};
    },
    cancel_import: () => {
      cancelled = true;
      return {};
    },
    keep_link: ({ credential, url }) => {
      if (!/^https:\/\/\S+$/u.test(url)) shelf.refuse('not_a_link');
      const platform = url.includes('mycreds') ? 'MyCreds' : null;
      const kept = { url, platform, added_at: '2026-11-22T09:00:00Z' };
      shelf.put(
        shelf.details().map((each) =>
          each.id === credential ? { ...each, links: [...each.links.filter((link) => link.url !== url), kept] } : each,
        ),
      );
      return {};
    },
    remove_link: ({ credential, url }) => {
      shelf.put(
        shelf
          .details()
          .map((each) => (each.id === credential ? { ...each, links: each.links.filter((link) => link.url !== url) } : each)),
      );
      return {};
    },
  };
}
