import { toErrorView, type Backend } from '$lib/ipc/backend';
import type {
  Decision,
  ErrorView,
  FailureView,
  GatheredView,
  GatherItem,
  ImportProgress,
  OfferView,
  QuestionView,
  SkippedView,
  StagedView,
} from '$lib/ipc/generated';
import { isOpen, keepingOf, outcomesOf, type Outcome } from './decisions';
import { Selection, cleanCode } from './selection.svelte';
import { readFiles, textProblem, type Source } from './source';

/** Which page of the sheet is shown. */
export type Stage =
  | { at: 'ask' }
  | { at: 'offer' }
  | { at: 'working' }
  | { at: 'code'; questions: readonly QuestionView[] }
  | { at: 'review' }
  | { at: 'done'; outcomes: readonly Outcome[]; addresses: readonly string[] };

export interface Step extends ImportProgress {
  /** Counts from 0; a step keeps its number while older ones leave the list. */
  readonly number: number;
}

const CANCELLED: ErrorView = { code: 'cancelled', params: {} };

/** One import, from what the learner gives to what became of it. */
export class Import {
  text = $state('');
  stage = $state.raw<Stage>({ at: 'ask' });
  error = $state.raw<ErrorView | null>(null);
  /** What is being done before the next page: what was given is read, or the decisions are carried out. */
  busy = $state(false);
  cancelling = $state(false);
  steps = $state.raw<readonly Step[]>([]);
  /** Parts of what was given that could not be looked into. */
  skipped = $state.raw<readonly SkippedView[]>([]);
  staged = $state.raw<readonly StagedView[]>([]);
  failures = $state.raw<readonly FailureView[]>([]);
  /** Pages that issuers want opened next. */
  then = $state.raw<readonly string[]>([]);
  decisions = $state.raw<Readonly<Record<string, Decision>>>({});
  /** By question: what the learner types on the code page. */
  answers = $state.raw<Readonly<Record<string, string>>>({});
  /** The items that were kept as links, with the name of the credential they stand beside. */
  linked = $state.raw<Readonly<Record<string, string>>>({});
  readonly selection = new Selection();
  private offer: string | null = null;
  /** Raised whenever something is started or left, so that a late answer is dropped. */
  private turn = 0;

  constructor(private readonly backend: Backend) {}

  /** Whether something is under way that a new arrival must not push aside. */
  get engaged(): boolean {
    return this.busy || this.stage.at === 'working' || this.stage.at === 'code' || this.stage.at === 'review';
  }

  /** Back to the empty sheet; what was offered is forgotten. */
  reset(): void {
    this.clear();
    this.text = '';
  }

  /** Back to the box with what was in it. */
  back(): void {
    this.clear();
  }

  /** Finds out what was given, without any request. */
  async give(source: Source): Promise<void> {
    this.clear();
    this.text = source.kind === 'text' ? source.text : '';
    this.error = source.kind === 'text' ? textProblem(source.text) : null;
    if (this.error) return;
    const turn = this.turn;
    this.busy = true;
    try {
      const { offer, skipped } = await this.read(source);
      if (turn === this.turn) this.takeOffer(offer, skipped);
      // It came too late for anybody to see it.
      else this.forget(offer.id);
    } catch (thrown) {
      if (turn === this.turn) this.error = toErrorView(thrown);
    } finally {
      if (turn === this.turn) this.busy = false;
    }
  }

  /** The learner's yes to what is chosen: now it is fetched and checked. */
  async confirm(): Promise<void> {
    if (this.stage.at !== 'offer') return;
    const items = this.selection.request();
    if (items !== null && items.length > 0) await this.gather(items);
  }

  /** Goes on with the codes that were typed; questions without one are left aside. */
  async answer(): Promise<void> {
    if (this.stage.at !== 'code') return;
    const items = this.stage.questions.flatMap(({ item }) => {
      const code = cleanCode(this.answers[item]);
      return code === null ? [] : [{ item, code }];
    });
    if (items.length > 0) await this.gather(items);
  }

  /** Goes on without the items that want a code. */
  skipCodes(): void {
    if (this.stage.at !== 'code') return;
    this.error = null;
    if (this.staged.length === 0 && this.failures.length === 0) this.stage = { at: 'offer' };
    else this.stage = { at: 'review' };
  }

  setAnswer(item: string, code: string): void {
    this.answers = { ...this.answers, [item]: code };
  }

  /** Asks once more for what failed. */
  async retry(items: readonly string[]): Promise<void> {
    if (this.stage.at !== 'review') return;
    await this.gather(
      items.map((item) => ({ item, code: cleanCode(this.answers[item] ?? this.selection.codes[item]) })),
    );
  }

  /** The page behind an item, where a browser can show it. */
  pageOf(item: string): string | null {
    const url = this.selection.items.find(({ id }) => id === item)?.url ?? null;
    return url !== null && /^https?:/iu.test(url) ? url : null;
  }

  /** Stops what is under way; the wallet stays as it was. */
  async cancel(): Promise<void> {
    this.cancelling = true;
    try {
      await this.backend.call('cancel_import', {});
    } catch (thrown) {
      this.error = toErrorView(thrown);
      this.cancelling = false;
    }
  }

  decisionOf(staged: StagedView): Decision {
    return this.decisions[staged.id] ?? staged.suggested;
  }

  decide(id: string, decision: Decision): void {
    this.decisions = { ...this.decisions, [id]: decision };
  }

  keepAll(): void {
    this.decisions = Object.fromEntries(this.staged.map((each) => [each.id, keepingOf(each)]));
  }

  declineAll(): void {
    this.decisions = Object.fromEntries(this.staged.map(({ id }) => [id, 'decline']));
  }

  /** Whether all that came is in the wallet already, so that there is nothing to look at or decide. */
  private get isSettled(): boolean {
    const { stage, staged, failures } = this;
    return stage.at === 'review' && staged.length > 0 && failures.length === 0 && !staged.some(isOpen);
  }

  /** Carries out the decisions, all at once. */
  async accept(): Promise<void> {
    const { offer, staged } = this;
    if (this.stage.at !== 'review' || offer === null || this.busy) return;
    const turn = ++this.turn;
    this.busy = true;
    this.error = null;
    const decisions = staged.map((each) => ({ staged: each.id, decision: this.decisionOf(each) }));
    try {
      const { results, unknown_addresses } = await this.backend.call('accept', { id: offer, decisions });
      if (turn !== this.turn) return;
      this.stage = { at: 'done', outcomes: outcomesOf(staged, results), addresses: unknown_addresses };
    } catch (thrown) {
      if (turn === this.turn) this.error = toErrorView(thrown);
    } finally {
      if (turn === this.turn) this.busy = false;
    }
  }

  /** Keeps a page without data beside a credential; whether it was kept. */
  async keepLink(item: string, url: string, credential: { id: string; name: string }): Promise<boolean> {
    const { turn } = this;
    this.error = null;
    try {
      await this.backend.call('keep_link', { credential: credential.id, url });
      if (turn === this.turn) this.linked = { ...this.linked, [item]: credential.name };
      return true;
    } catch (thrown) {
      if (turn === this.turn) this.error = toErrorView(thrown);
      return false;
    }
  }

  private async read(source: Source): Promise<{ offer: OfferView; skipped: readonly SkippedView[] }> {
    if (source.kind === 'text') return { offer: await this.backend.call('offer_text', { text: source.text }), skipped: [] };
    if (source.kind === 'paths') {
      return { offer: await this.backend.call('offer_paths', { paths: [...source.paths] }), skipped: [] };
    }
    const { files, skipped } = await readFiles(source.files);
    // Nothing could be read, so there is nothing for the wallet to look at.
    if (files.length === 0) throw skipped[0]?.error ?? { code: 'empty_input', params: {} };
    return { offer: await this.backend.call('offer_files', { files }), skipped };
  }

  private takeOffer(offer: OfferView, unread: readonly SkippedView[]): void {
    this.offer = offer.id;
    this.skipped = [...offer.skipped, ...unread];
    this.selection.begin(offer.items);
    if (offer.items.length > 0) {
      this.error = offer.error;
      this.stage = { at: 'offer' };
    } else {
      const [first, ...others] = this.skipped;
      this.error = offer.error ?? first?.error ?? { code: 'not_a_credential', params: {} };
      // What the error says already is not said again.
      if (offer.error === null || (others.length === 0 && first?.error.code === offer.error.code)) this.skipped = others;
    }
  }

  private async gather(items: GatherItem[]): Promise<void> {
    const { offer, stage: from } = this;
    if (offer === null) return;
    const turn = ++this.turn;
    this.stage = { at: 'working' };
    this.error = null;
    this.steps = [];
    this.cancelling = false;
    let stopListening = (): void => undefined;
    try {
      stopListening = await this.backend.onImportProgress((progress) => {
        if (turn === this.turn) this.advance(progress);
      });
      // Stopped before it began: there is nothing under way that the wallet could stop.
      if (this.cancelling) throw CANCELLED;
      const gathered = await this.backend.call('gather', { id: offer, items });
      if (turn !== this.turn) return;
      this.takeGathered(from, items, gathered);
      if (this.isSettled) await this.accept();
    } catch (thrown) {
      if (turn !== this.turn) return;
      this.error = toErrorView(thrown);
      this.stage = from;
    } finally {
      stopListening();
    }
  }

  /** Adds to what came before: codes and second tries are asked in turns. */
  private takeGathered(from: Stage, items: readonly GatherItem[], gathered: GatheredView): void {
    const asked = new Set(items.map(({ item }) => item));
    const came = new Set(gathered.staged.map(({ id }) => id));
    this.staged = [...this.staged.filter(({ id }) => !came.has(id)), ...gathered.staged];
    this.failures = [
      ...this.failures.filter((before) => !asked.has(before.item) && !gathered.failures.some(({ item }) => item === before.item)),
      ...gathered.failures,
    ];
    this.then = [...new Set([...this.then, ...gathered.then])];
    const open = from.at === 'code' ? from.questions.filter(({ item }) => !asked.has(item)) : [];
    const questions = [...open.filter(({ item }) => !gathered.questions.some((each) => each.item === item)), ...gathered.questions];
    const stopped = this.staged.length === 0 && this.failures.every(({ error }) => error.code === 'cancelled');
    if (questions.length > 0) {
      this.answers = {};
      this.stage = { at: 'code', questions };
    } else if (stopped && this.failures.length > 0) {
      this.failures = [];
      this.error = CANCELLED;
      this.stage = { at: 'offer' };
    } else {
      this.stage = { at: 'review' };
    }
  }

  private advance({ step, host }: ImportProgress): void {
    const last = this.steps.at(-1);
    if (last?.step === step && last.host === host) return;
    this.steps = [...this.steps, { step, host, number: (last?.number ?? -1) + 1 }];
  }

  private clear(): void {
    this.turn++;
    this.forget(this.offer);
    this.offer = null;
    this.stage = { at: 'ask' };
    this.error = null;
    this.busy = false;
    this.cancelling = false;
    this.steps = [];
    this.skipped = [];
    this.staged = [];
    this.failures = [];
    this.then = [];
    this.decisions = {};
    this.answers = {};
    this.linked = {};
    this.selection.begin([]);
  }

  private forget(offer: string | null): void {
    // It ends by itself too; that it could not be forgotten at once is nothing to tell.
    if (offer !== null) void this.backend.call('discard', { id: offer }).catch(() => undefined);
  }
}
