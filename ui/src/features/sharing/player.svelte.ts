export const SPEEDS = ['slow', 'normal', 'fast'] as const;
export type Speed = (typeof SPEEDS)[number];

/**
 * How long each code stands. A camera needs about a tenth of a second; more than six codes a second could flash more
 * than three times a second (WCAG 2.3.1).
 */
const MILLISECONDS: Record<Speed, number> = { slow: 700, normal: 350, fast: 170 };

/** Codes that are shown in turn, again and again. */
export class Player {
  place = $state(0);
  playing = $state(false);
  speed = $state<Speed>('normal');
  private timer: ReturnType<typeof setInterval> | undefined;

  constructor(
    readonly count: number,
    /** The reader's system asks for little movement: nothing moves until they say so. */
    readonly still: boolean,
  ) {}

  /** Begins as the reader's system allows. */
  begin(): void {
    if (!this.still) this.play();
  }

  play(): void {
    if (this.count < 2) return;
    this.playing = true;
    this.run();
  }

  pause(): void {
    this.playing = false;
    clearInterval(this.timer);
  }

  toggle(): void {
    if (this.playing) this.pause();
    else this.play();
  }

  setSpeed(speed: Speed): void {
    this.speed = speed;
    if (this.playing) this.run();
  }

  /** One code on or back, by hand; that pauses. */
  step(by: 1 | -1): void {
    this.pause();
    this.turn(by);
  }

  private turn(by: 1 | -1): void {
    this.place = (this.place + by + this.count) % this.count;
  }

  private run(): void {
    clearInterval(this.timer);
    this.timer = setInterval(() => this.turn(1), MILLISECONDS[this.speed]);
  }
}
