import { toErrorView, type Backend } from '$lib/ipc/backend';
import type { BundleReviewView, ConcernView, CredentialDetailView, ErrorView } from '$lib/ipc/generated';

const DAY = 86_400_000;

/** What there is to know about one credential that is in no bundle yet, in the words of a bundle's review. */
export function reviewOf({ id, credential, report }: CredentialDetailView, now: Date): BundleReviewView {
  const concern = (code: string, params: Record<string, string>): ConcernView => ({
    credential: id,
    title: credential.title.text,
    code,
    params,
  });
  const concerns: ConcernView[] = [];
  const until = credential.valid_until;
  if (report.verdict !== 'valid') concerns.push(concern(report.verdict, {}));
  else if (until !== null) {
    const left = new Date(until).getTime() - now.getTime();
    if (left > 0 && left < 30 * DAY) concerns.push(concern('ends_soon', { until }));
  }
  if (report.lines.some(({ line, state }) => line === 'about' && state === 'no')) concerns.push(concern('not_about_me', {}));
  if (now.getTime() - new Date(report.checked_at).getTime() > 30 * DAY) {
    concerns.push(concern('old_check', { when: report.checked_at }));
  }
  return { concerns, checked_at: report.checked_at };
}

/** What is to be known before something is shared. It never stops anybody. */
export class Review {
  concerns = $state.raw<readonly ConcernView[]>([]);
  checkedAt = $state<string | null>(null);
  /** The learner has read it and goes on. */
  accepted = $state(false);
  asking = $state(false);
  error = $state.raw<ErrorView | null>(null);

  constructor(
    private readonly backend: Backend,
    private readonly ask: () => Promise<BundleReviewView>,
  ) {}

  async load(): Promise<void> {
    try {
      const { concerns, checked_at } = await this.ask();
      this.concerns = concerns;
      this.checkedAt = checked_at;
      this.error = null;
    } catch (thrown) {
      this.error = toErrorView(thrown);
    }
  }

  /** Asks the issuers of those that there is something to say about. */
  async askAgain(): Promise<void> {
    if (this.asking) return;
    this.asking = true;
    try {
      const ids = [...new Set(this.concerns.flatMap(({ credential }) => credential ?? []))];
      await this.backend.call('refresh', { ids });
      await this.load();
    } catch (thrown) {
      this.error = toErrorView(thrown);
    } finally {
      this.asking = false;
    }
  }

  /** Each credential once, with all that is to be known about it. */
  get byCredential(): readonly { credential: string | null; title: string; concerns: readonly ConcernView[] }[] {
    const groups = new Map<string, ConcernView[]>();
    for (const concern of this.concerns) {
      const key = concern.credential ?? concern.title;
      groups.set(key, [...(groups.get(key) ?? []), concern]);
    }
    return [...groups.values()].map((concerns) => ({
      credential: concerns[0]?.credential ?? null,
      title: concerns[0]?.title ?? '',
      concerns,
    }));
  }
}
