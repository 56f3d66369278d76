import type { ErrorView, Language } from '$lib/ipc/generated';
import { hostOf } from '$lib/components/markdown';
import type { Answer, Checker, CheckerSession, Found, Item, Need, Unread } from './checker';

/** More rounds of questions than any bundle needs. */
const TURN_LIMIT = 8;
/** More documents than any bundle needs. */
const FETCH_LIMIT = 64;

/** What a shared bundle or file may weigh. */
export const SIZE_LIMIT_BYTES = 8 * 1024 * 1024;

export type Stage =
  | { at: 'ask' }
  | { at: 'checking' }
  /** Something is sealed; `name` is the file's. */
  | { at: 'sealed'; name: string; state: 'asked' | 'trying' | 'wrong' }
  | { at: 'done'; found: Found }
  | { at: 'failed'; error: ErrorView };

export interface Outside {
  /** Loads the checker. */
  readonly load: () => Promise<Checker>;
  /** Fetches what it needs. */
  readonly answer: (need: Need) => Promise<Answer>;
  readonly now: () => Date;
}

/** What is opened, and what could not even be handed to the checker. */
export interface Gathered {
  readonly items: readonly Item[];
  readonly unread: readonly Unread[];
}

/** One visit to the employer's page. */
export class Visit {
  stage = $state.raw<Stage>({ at: 'ask' });
  /** The hosts asked so far, and whether each has answered. */
  hosts = $state.raw<readonly { host: string; answered: boolean }[]>([]);
  private session: CheckerSession | null = null;
  private unread: readonly Unread[] = [];
  private checkedAt = '';
  private readonly answers = new Map<string, Answer>();
  /** What is under way; what an earlier one still brings is dropped. */
  private round = 0;

  constructor(private readonly outside: Outside) {}

  /** Checks what was opened together; `gathering` may still be reading it. */
  async open(gathering: Promise<Gathered> | Gathered, language: Language): Promise<void> {
    const round = this.begin({ at: 'checking' });
    this.answers.clear();
    this.checkedAt = this.outside.now().toISOString();
    await this.whileCurrent(round, async () => {
      const { items, unread } = await gathering;
      if (round !== this.round) return;
      const read = items.filter(({ content }) => content.length <= SIZE_LIMIT_BYTES);
      const tooLarge = items.filter((item) => !read.includes(item));
      this.unread = [...unread, ...tooLarge.map(({ name }) => ({ name, error: { code: 'too_large', params: {} } }))];
      const [first, ...more] = this.unread;
      if (read.length === 0 && first) {
        this.stage = more.length === 0 ? { at: 'failed', error: first.error } : { at: 'done', found: { shown: [], unread: this.unread } };
        return;
      }
      const checker = await this.outside.load();
      const session = await checker.open(read, language);
      if (round !== this.round) return session.end();
      this.session = session;
      await this.check(round, session);
    });
  }

  /** Tries a passphrase on what is sealed. */
  async unseal(passphrase: string): Promise<void> {
    const { session, stage } = this;
    if (!session || stage.at !== 'sealed' || stage.state === 'trying') return;
    const round = this.round;
    this.stage = { ...stage, state: 'trying' };
    await this.whileCurrent(round, async () => {
      const result = await session.unseal(passphrase);
      if (round !== this.round) return;
      if ('error' in result) this.stage = { at: 'failed', error: result.error };
      else if (!result.unsealed) this.stage = { ...stage, state: 'wrong' };
      else {
        this.stage = { at: 'checking' };
        await this.check(round, session);
      }
    });
  }

  /** Says the same in another language, from the same answers at the same time: nobody is asked twice. */
  async translate(language: Language): Promise<void> {
    const { session, round, stage } = this;
    if (!session || (stage.at !== 'done' && stage.at !== 'sealed')) return;
    await this.whileCurrent(round, async () => {
      await session.speak(language);
      if (round === this.round && stage.at === 'done') await this.check(round, session);
    });
  }

  /** Back to the empty box. */
  reset(): void {
    this.begin({ at: 'ask' });
  }

  private begin(stage: Stage): number {
    this.session?.end();
    this.session = null;
    this.unread = [];
    this.hosts = [];
    this.stage = stage;
    return ++this.round;
  }

  /** Does a piece of work; where it goes wrong the page says so, unless it is about something else by now. */
  private async whileCurrent(round: number, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch {
      if (round === this.round) this.stage = { at: 'failed', error: INTERNAL };
    }
  }

  private async check(round: number, session: CheckerSession): Promise<void> {
    let answers: Answer[] = [];
    for (let turns = 0; turns < TURN_LIMIT; turns++) {
      const turn = await session.turn(this.checkedAt, answers);
      if (round !== this.round) return;
      if ('done' in turn) {
        this.stage = { at: 'done', found: { shown: turn.done.shown, unread: [...turn.done.unread, ...this.unread] } };
        return;
      }
      if ('error' in turn) {
        const { code, params } = turn.error;
        this.stage =
          code === 'passphrase_needed'
            ? { at: 'sealed', name: params['name'] ?? '', state: 'asked' }
            : { at: 'failed', error: turn.error };
        return;
      }
      answers = await Promise.all(turn.need.map((need) => this.answerOnce(round, need)));
      if (round !== this.round) return;
    }
    this.stage = { at: 'failed', error: INTERNAL };
  }

  private async answerOnce(round: number, need: Need): Promise<Answer> {
    const known = this.answers.get(need.url);
    if (known) return known;
    if (this.answers.size >= FETCH_LIMIT) return { url: need.url, ok: false, failure: 'unreachable' };
    const host = hostOf(need.url) ?? need.url;
    this.hosts = [...this.hosts.filter((each) => each.host !== host), { host, answered: false }];
    const answer = await this.outside.answer(need);
    if (round === this.round) {
      this.answers.set(need.url, answer);
      this.hosts = this.hosts.map((each) => (each.host === host ? { host, answered: true } : each));
    }
    return answer;
  }
}

const INTERNAL: ErrorView = { code: 'internal', params: {} };
