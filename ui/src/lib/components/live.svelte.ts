/** What was just done, shown for a moment and read out. */
export interface Toast {
  readonly id: number;
  readonly text: string;
}

const SHOWN_MILLISECONDS = 6000;

let spoken = $state('');
let toasts = $state<readonly Toast[]>([]);
let last = 0;

export const live = {
  get spoken(): string {
    return spoken;
  },
  get toasts(): readonly Toast[] {
    return toasts;
  },
};

/** Has a text read out without showing it: for what the screen already shows. */
export function announce(text: string): void {
  // The same text twice would not be read twice; a no-break space makes it another.
  spoken = spoken === text ? `${text}\u00a0` : text;
}

/** Shows a text for a moment and has it read out. */
export function toast(text: string): void {
  const id = ++last;
  toasts = [...toasts.slice(-2), { id, text }];
  announce(text);
  setTimeout(() => dismiss(id), SHOWN_MILLISECONDS);
}

export function dismiss(id: number): void {
  toasts = toasts.filter((each) => each.id !== id);
}
