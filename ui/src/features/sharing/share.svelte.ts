import { toErrorView, type Backend } from '$lib/ipc/backend';
import type {
  BundleReviewView,
  ErrorView,
  Language,
  Paper,
  SequenceView,
  ShareFile,
  ShareForm,
  ShareView,
} from '$lib/ipc/generated';
import { PASSPHRASE_AT_LEAST, bestForm, canBeSealed, fileOf } from './forms';
import { Review } from './review.svelte';
import { lastDay, type Term } from './terms';

/** What is shared. */
export interface ShareSubject {
  readonly title: string;
  readonly count: number;
  /** The bundle of an earlier share is no longer there. */
  readonly gone?: boolean;
  /** Whether details of some credential are left out. */
  readonly inPart: boolean;
  /** Gives the bundle; called when the learner decides, not before. */
  bundle(): Promise<string>;
  /** What is to be known before. */
  review(): Promise<BundleReviewView>;
  /** Takes a credential out of it; absent where only one is shared. */
  leaveOut?(credential: string): Promise<void>;
}

/** What the settings hold ready for it. */
export interface ShareMeans {
  readonly pageIsSet: boolean;
  /** The host that keeps copies, where one is set. */
  readonly publisher: string | null;
  readonly paper: Paper;
  readonly language: Language;
}

/** What stands in the way of making the chosen form, at the field that it belongs to. */
export type Refusal = 'passphrase' | 'consent' | 'publisher' | null;

/** The sharing of one bundle. */
export class Sharing {
  form = $state<ShareForm>('link');
  term = $state<Term>('none');
  chosenDay = $state('');
  recipient = $state('');
  passphrase = $state('');
  language = $state<Language>('en');
  paper = $state<Paper>('letter');
  /** The learner has read what the host keeps, and agrees. */
  agreed = $state(false);
  refusal = $state<Refusal>(null);
  /** Counts the refusals, so that the field is gone to each time. */
  refusals = $state(0);
  share = $state.raw<ShareView | null>(null);
  sequence = $state.raw<SequenceView | null>(null);
  savedTo = $state<string | null>(null);
  count = $state(0);
  busy = $state(false);
  error = $state.raw<ErrorView | null>(null);
  readonly best: ShareForm;
  readonly review: Review;
  readonly sealable = $derived(canBeSealed(this.form));

  constructor(
    private readonly backend: Backend,
    readonly subject: ShareSubject,
    readonly means: ShareMeans,
  ) {
    this.review = new Review(backend, () => subject.review());
    this.count = subject.count;
    this.best = bestForm(subject.count, { pageIsSet: means.pageIsSet, publisherIsSet: means.publisher !== null });
    this.form = this.best;
    this.language = means.language;
    this.paper = means.paper;
  }

  /** A share that was made before, to be looked at again. */
  static again(backend: Backend, share: ShareView, subject: ShareSubject, means: ShareMeans): Sharing {
    const sharing = new Sharing(backend, subject, means);
    sharing.form = share.form;
    sharing.share = share;
    void sharing.readSequence();
    return sharing;
  }

  /** Signs it and makes the chosen form. */
  async create(today: Date): Promise<void> {
    if (this.busy || !this.isComplete()) return;
    this.busy = true;
    this.error = null;
    this.savedTo = null;
    try {
      const bundle = await this.subject.bundle();
      const share = await this.backend.call('share_bundle', {
        bundle,
        form: this.form,
        expires: lastDay(this.term, this.chosenDay, today),
        recipient: this.recipient.trim() || null,
        passphrase: this.sealable ? this.passphrase || null : null,
        language: this.language,
      });
      // Nothing keeps it, and neither does the window.
      this.passphrase = '';
      const file = fileOf(share.form);
      // A file is nothing until it has a place.
      if (file !== null) await this.save(file, share.id);
      this.share = share;
      await this.readSequence();
    } catch (thrown) {
      this.error = toErrorView(thrown);
    } finally {
      this.busy = false;
    }
  }

  /** Saves a file of the share where the learner says. */
  async save(file: ShareFile, id = this.share?.id): Promise<void> {
    if (id === undefined) return;
    this.error = null;
    try {
      const { language, paper } = this;
      const saved = await this.backend.call('save_share', { id, file, language, paper });
      if (saved.path !== null) this.savedTo = saved.path;
    } catch (thrown) {
      this.error = toErrorView(thrown);
    }
  }

  /** The address that opens the learner's mail program with a draft; none where it failed. */
  async mailDraft(): Promise<string | null> {
    if (this.share === null) return null;
    this.error = null;
    try {
      return (await this.backend.call('mail_draft', { id: this.share.id })).url;
    } catch (thrown) {
      this.error = toErrorView(thrown);
      return null;
    }
  }

  /** Takes a credential out of the bundle; whether it is out. */
  async leaveOut(credential: string): Promise<boolean> {
    if (!this.subject.leaveOut || this.count < 2) return false;
    try {
      await this.subject.leaveOut(credential);
      this.count -= 1;
      await this.review.load();
      return true;
    } catch (thrown) {
      this.error = toErrorView(thrown);
      return false;
    }
  }

  /** Back to the choice of forms. */
  another(): void {
    this.share = null;
    this.sequence = null;
    this.savedTo = null;
    this.error = null;
    this.refusal = null;
    this.agreed = false;
  }

  private async readSequence(): Promise<void> {
    if (this.share?.form !== 'sequence') return;
    try {
      this.sequence = await this.backend.call('share_sequence', { id: this.share.id });
    } catch (thrown) {
      this.error = toErrorView(thrown);
    }
  }

  /** Whether everything is there that the chosen form needs; what is not is told at its field. */
  private isComplete(): boolean {
    this.refusal = null;
    this.error = null;
    if (this.form === 'hosted' && this.means.publisher === null) this.refusal = 'publisher';
    else if (this.form === 'hosted' && !this.agreed) this.refusal = 'consent';
    else if (this.sealable && this.passphrase !== '' && [...this.passphrase].length < PASSPHRASE_AT_LEAST) {
      this.refusal = 'passphrase';
    } else if (this.term === 'date' && this.chosenDay === '') {
      this.error = { code: 'expiry_malformed', params: { value: '' } };
      return false;
    }
    if (this.refusal !== null) this.refusals++;
    return this.refusal === null;
  }
}
