import { toBase64 } from '$lib/base64';
import { toErrorView, type Backend } from '$lib/ipc/backend';
import type { ErrorView, ImportProgress, ImportResultView, ImportStep, RecognisedView } from '$lib/ipc/generated';

/** What a credential may weigh; the wallet holds the same limit. */
export const SIZE_LIMIT_BYTES = 8 * 1024 * 1024;

/** What is to be imported: a text or a file's bytes. */
export type Source = { kind: 'text'; text: string } | { kind: 'file'; name: string; file: File };

/** Which page of the sheet is shown. */
export type Stage =
  | { at: 'ask' }
  | { at: 'consent'; source: Source; recognised: RecognisedView | null }
  | { at: 'working' }
  | { at: 'done'; results: readonly ImportResultView[] };

export interface Step {
  readonly step: ImportStep;
  readonly host: string | null;
}

/** One import, from what the learner gives to what became of it. */
export class Import {
  text = $state('');
  stage = $state.raw<Stage>({ at: 'ask' });
  error = $state.raw<ErrorView | null>(null);
  steps = $state.raw<readonly Step[]>([]);
  recognising = $state(false);
  cancelling = $state(false);
  /** Set aside when it is started again, so that a late answer is dropped. */
  private turn = 0;

  constructor(private readonly backend: Backend) {}

  /** Back to the empty sheet. */
  reset(): void {
    this.turn++;
    this.text = '';
    this.stage = { at: 'ask' };
    this.error = null;
    this.steps = [];
    this.recognising = false;
    this.cancelling = false;
  }

  /** Back to the box with what was in it. */
  back(): void {
    this.stage = { at: 'ask' };
    this.error = null;
  }

  /** Finds out what the text is, without any request, and asks for consent. */
  async offerText(text: string): Promise<void> {
    this.text = text;
    this.error = null;
    if (text.trim() === '') {
      this.error = { code: 'empty_input', params: {} };
      return;
    }
    if (new Blob([text]).size > SIZE_LIMIT_BYTES) {
      this.error = { code: 'too_large', params: {} };
      return;
    }
    const turn = ++this.turn;
    this.recognising = true;
    try {
      const recognised = await this.backend.call('recognise', { text });
      if (turn !== this.turn) return;
      if (recognised.kind === 'nothing') this.error = recognised.error;
      else this.stage = { at: 'consent', source: { kind: 'text', text }, recognised };
    } catch (thrown) {
      if (turn === this.turn) this.error = toErrorView(thrown);
    } finally {
      if (turn === this.turn) this.recognising = false;
    }
  }

  /** Takes a chosen or dropped file and asks for consent. */
  offerFile(file: File): void {
    this.turn++;
    this.recognising = false;
    this.stage = { at: 'ask' };
    this.error = file.size > SIZE_LIMIT_BYTES ? { code: 'too_large', params: {} } : null;
    if (!this.error) this.stage = { at: 'consent', source: { kind: 'file', name: file.name, file }, recognised: null };
  }

  /** Fetches, checks and keeps it; every stage that begins is told. */
  async confirm(): Promise<void> {
    if (this.stage.at !== 'consent') return;
    const { source } = this.stage;
    const turn = ++this.turn;
    this.stage = { at: 'working' };
    this.error = null;
    this.steps = [];
    this.cancelling = false;
    const stopListening = await this.backend.onImportProgress((progress) => {
      if (turn === this.turn) this.advance(progress);
    });
    try {
      // Stopped before it began: there is nothing under way that the wallet could stop.
      if (this.cancelling) throw { code: 'cancelled', params: {} } satisfies ErrorView;
      const results = await this.send(source);
      if (turn === this.turn) this.stage = { at: 'done', results };
    } catch (thrown) {
      if (turn !== this.turn) return;
      this.error = toErrorView(thrown);
      this.stage = { at: 'ask' };
    } finally {
      stopListening();
    }
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

  private async send(source: Source): Promise<readonly ImportResultView[]> {
    if (source.kind === 'text') return this.backend.call('import_text', { text: source.text });
    let bytes: Uint8Array;
    try {
      bytes = new Uint8Array(await source.file.arrayBuffer());
    } catch {
      throw { code: 'file_unreadable', params: { name: source.name } } satisfies ErrorView;
    }
    return this.backend.call('import_file', { name: source.name, base64: toBase64(bytes) });
  }

  private advance({ step, host }: ImportProgress): void {
    const last = this.steps.at(-1);
    if (last?.step === step && last.host === host) return;
    this.steps = [...this.steps, { step, host }];
  }
}
