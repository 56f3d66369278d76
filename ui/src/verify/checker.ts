import type { ErrorView, Language, PresentationView } from '$lib/ipc/generated';

/** What kind of document the checker asks for. */
export type ResourceKind = 'controlled_identifier_document' | 'status_list_credential';

export interface Need {
  readonly url: string;
  readonly kind: ResourceKind;
}

export type Answer =
  | { readonly url: string; readonly ok: true; readonly base64: string; readonly mediaType?: string }
  | { readonly url: string; readonly ok: false; readonly failure: string; readonly status?: number };

/** One link, file or text that is opened; the name is the file's. */
export interface Item {
  readonly name: string;
  readonly content: string | Uint8Array<ArrayBuffer>;
}

/** A bundle, or the credentials that nobody presents, with the names of the files that they were in. */
export interface Shown {
  readonly names: readonly string[];
  readonly presentation: PresentationView;
}

/** Something that does not open. */
export interface Unread {
  readonly name: string;
  readonly error: ErrorView;
}

/** Everything that was found in what was opened together. */
export interface Found {
  readonly shown: readonly Shown[];
  readonly unread: readonly Unread[];
}

export type Turn = { readonly need: readonly Need[] } | { readonly done: Found } | { readonly error: ErrorView };

export type Unsealed = { readonly unsealed: boolean } | { readonly error: ErrorView };

/** What a code's text added to an animated sequence. */
export interface Progress {
  /** Whether it is part of a sequence at all. */
  readonly part: boolean;
  readonly received: number;
  /** About how many parts it takes. */
  readonly enough: number;
  /** The text to open, once it is whole. */
  readonly done: string | null;
}

/** The pixels of a picture, as a canvas yields them. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8ClampedArray<ArrayBuffer>;
}

/** One visit: what was opened, asked turn by turn. */
export interface CheckerSession {
  turn(now: string, answers: readonly Answer[]): Promise<Turn>;
  /** Tries a passphrase, which takes about a second. */
  unseal(passphrase: string): Promise<Unsealed>;
  /** From the next turn on. */
  speak(language: Language): Promise<void>;
  end(): void;
}

/** Puts an animated sequence together. */
export interface SequenceSession {
  receive(text: string): Promise<Progress>;
  end(): void;
}

/** The pure crates, wherever they run. */
export interface Checker {
  open(items: readonly Item[], language: Language): Promise<CheckerSession>;
  /** The code of why something does not open by itself; empty where it does, also with a passphrase. */
  lookInto(content: Item['content']): Promise<string>;
  /** The texts of the codes in a picture; `search` looks harder, for a picture of which there is one. */
  readCodes(picture: Pixels, effort: 'glance' | 'search'): Promise<readonly string[]>;
  sequence(): Promise<SequenceSession>;
}
