import type { ErrorView, Language, PresentationView } from '$lib/ipc/generated';
import { hostOf } from '$lib/components/markdown';
import type { Answer, Need, OpenSession, Opened } from './checker';

/** More rounds of questions than any bundle needs. */
const TURN_LIMIT = 8;
/** More documents than any bundle needs. */
const FETCH_LIMIT = 64;

/** What a shared bundle or file may weigh. */
export const SIZE_LIMIT_BYTES = 8 * 1024 * 1024;

export type Stage =
  | { at: 'ask' }
  | { at: 'checking' }
  | { at: 'done'; presentation: PresentationView }
  | { at: 'failed'; error: ErrorView };

export interface Outside {
  /** Loads the checker. */
  readonly load: () => Promise<OpenSession>;
  /** Fetches what it needs. */
  readonly answer: (need: Need) => Promise<Answer>;
  readonly now: () => Date;
}

/** One visit to the employer's page. */
export class Visit {
  stage = $state.raw<Stage>({ at: 'ask' });
  /** The hosts asked so far, and whether each has answered. */
  hosts = $state.raw<readonly { host: string; answered: boolean }[]>([]);
  private opened: Opened | null = null;
  private checkedAt = '';
  private readonly answers = new Map<string, Answer>();
  private round = 0;

  constructor(private readonly outside: Outside) {}

  /** Checks a link or a file's bytes. */
  async open(opened: Opened, language: Language): Promise<void> {
    this.opened = opened;
    this.answers.clear();
    this.checkedAt = this.outside.now().toISOString();
    if (opened.length > SIZE_LIMIT_BYTES) {
      this.stage = { at: 'failed', error: { code: 'too_large', params: {} } };
      return;
    }
    this.stage = { at: 'checking' };
    await this.check(opened, language);
  }

  /** Says the same in another language, from the same answers at the same time: nobody is asked twice. */
  async translate(language: Language): Promise<void> {
    if (this.opened !== null && this.stage.at === 'done') await this.check(this.opened, language);
  }

  /** Back to the empty box. */
  reset(): void {
    this.round++;
    this.opened = null;
    this.stage = { at: 'ask' };
    this.hosts = [];
  }

  private async check(opened: Opened, language: Language): Promise<void> {
    const round = ++this.round;
    const show = (stage: Stage) => {
      if (round === this.round) this.stage = stage;
    };
    this.hosts = [];
    try {
      const openSession = await this.outside.load();
      const session = openSession(opened, language);
      try {
        let answers: Answer[] = [];
        for (let turns = 0; turns < TURN_LIMIT; turns++) {
          const turn = session.turn(this.checkedAt, answers);
          if ('done' in turn) return show({ at: 'done', presentation: turn.done });
          if ('error' in turn) return show({ at: 'failed', error: turn.error });
          answers = await Promise.all(turn.need.map((need) => this.answerOnce(need)));
        }
        show({ at: 'failed', error: INTERNAL });
      } finally {
        session.end();
      }
    } catch {
      show({ at: 'failed', error: INTERNAL });
    }
  }

  private async answerOnce(need: Need): Promise<Answer> {
    const known = this.answers.get(need.url);
    if (known) return known;
    if (this.answers.size >= FETCH_LIMIT) return { url: need.url, ok: false, failure: 'unreachable' };
    const host = hostOf(need.url) ?? need.url;
    this.hosts = [...this.hosts.filter((each) => each.host !== host), { host, answered: false }];
    const answer = await this.outside.answer(need);
    this.answers.set(need.url, answer);
    this.hosts = this.hosts.map((each) => (each.host === host ? { host, answered: true } : each));
    return answer;
  }
}

const INTERNAL: ErrorView = { code: 'internal', params: {} };
