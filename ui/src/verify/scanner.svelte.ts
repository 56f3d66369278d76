import type { Checker, Pixels, SequenceSession } from './checker';

/** About eight looks in a second: a moving code changes more slowly, and a phone's battery lasts. */
const LOOK_MILLISECONDS = 125;

/** Why there is no picture. */
export type CameraTrouble = 'refused' | 'none' | 'in_use' | 'unavailable';

export type ScannerStage =
  | { at: 'starting' }
  | { at: 'looking' }
  | { at: 'stopped' }
  | { at: 'failed'; why: CameraTrouble };

export interface ScannerOutside {
  /** The browser's cameras; a page without a secure origin has none. */
  readonly media: MediaDevices | undefined;
  readonly load: () => Promise<Checker>;
  /** What the camera shows now. */
  readonly grab: () => Pixels | null;
  /** Takes the text of what was read; the camera is off by then. */
  readonly onread: (text: string) => void;
}

function troubleOf(thrown: unknown): CameraTrouble {
  switch (thrown instanceof DOMException ? thrown.name : '') {
    case 'NotAllowedError':
    case 'SecurityError':
      return 'refused';
    case 'NotFoundError':
    case 'OverconstrainedError':
      return 'none';
    case 'NotReadableError':
    case 'AbortError':
      return 'in_use';
    default:
      return 'unavailable';
  }
}

/** Reads codes from a camera, from the moment that somebody asks for it until one is whole. */
export class Scanner {
  stage = $state.raw<ScannerStage>({ at: 'starting' });
  stream = $state.raw<MediaStream | null>(null);
  /** How much of a moving code was seen. */
  progress = $state.raw<{ received: number; enough: number } | null>(null);
  /** The last code that was seen holds something else. */
  other = $state(false);
  cameras = $state.raw<readonly { id: string; label: string }[]>([]);
  camera = $state('');
  private round = 0;
  private sequence: SequenceSession | null = null;

  constructor(private readonly outside: ScannerOutside) {}

  /** Turns a camera on, the one at the back where there are two, and looks until something is read. */
  async start(camera = ''): Promise<void> {
    this.stop();
    const round = ++this.round;
    this.stage = { at: 'starting' };
    this.other = false;
    const { media } = this.outside;
    if (!media) {
      this.stage = { at: 'failed', why: 'unavailable' };
      return;
    }
    try {
      const wanted = camera ? { deviceId: { exact: camera } } : { facingMode: { ideal: 'environment' } };
      const stream = await media.getUserMedia({ audio: false, video: { ...wanted, width: { ideal: 1280 } } });
      if (round !== this.round) return off(stream);
      this.stream = stream;
      this.stage = { at: 'looking' };
      // A browser names its cameras only after one was allowed.
      const devices = await media.enumerateDevices().catch(() => []);
      if (round !== this.round) return;
      this.cameras = devices
        .filter(({ kind, deviceId }) => kind === 'videoinput' && deviceId !== '')
        .map(({ deviceId, label }) => ({ id: deviceId, label }));
      this.camera = stream.getVideoTracks()[0]?.getSettings().deviceId ?? '';
      await this.look(round);
    } catch (thrown) {
      if (round !== this.round) return;
      this.stop();
      this.stage = { at: 'failed', why: troubleOf(thrown) };
    }
  }

  /** Turns the camera off and forgets what was seen. */
  stop(): void {
    this.round++;
    if (this.stream) off(this.stream);
    this.stream = null;
    this.sequence?.end();
    this.sequence = null;
    this.progress = null;
    this.stage = { at: 'stopped' };
  }

  private async look(round: number): Promise<void> {
    const checker = await this.outside.load();
    while (round === this.round) {
      const begun = performance.now();
      const pixels = this.outside.grab();
      for (const text of pixels ? await checker.readCodes(pixels, 'glance') : []) {
        const whole = round === this.round ? await this.take(checker, text) : null;
        if (whole !== null && round === this.round) {
          this.stop();
          this.outside.onread(whole);
          return;
        }
      }
      await new Promise((resolve) => setTimeout(resolve, Math.max(15, LOOK_MILLISECONDS - (performance.now() - begun))));
    }
  }

  /** Takes a code's text; yields what is to be opened, once there is something. */
  private async take(checker: Checker, text: string): Promise<string | null> {
    const round = this.round;
    const sequence = (this.sequence ??= await checker.sequence());
    const { part, received, enough, done } = await sequence.receive(text);
    if (round !== this.round) return null;
    if (part) {
      this.other = false;
      this.progress = { received, enough };
      return done;
    }
    // While a moving code is read, another code in the picture is let be.
    if (this.progress) return null;
    this.other = (await checker.lookInto(text)) === 'not_a_link';
    return this.other ? null : text;
  }
}

function off(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}
