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

export type Turn = { readonly need: readonly Need[] } | { readonly done: PresentationView } | { readonly error: ErrorView };

/** One visit: what was opened, asked turn by turn. */
export interface CheckerSession {
  turn(now: string, answers: readonly Answer[]): Turn;
  end(): void;
}

/** What is opened: a link or a file's bytes, which may be a picture. */
export type Opened = string | Uint8Array;

export type OpenSession = (opened: Opened, language: Language) => CheckerSession;

type Binding = typeof import('*/attesta_wasm.js');

/** The generated binding; none where the checker was not built. The only place that knows where it lies. */
const bindings = import.meta.glob<Binding>('../lib/wasm/attesta_wasm.js');

/** Whether the page itself is served from this machine, where a demo issuer may be as well. */
const isOnLoopback = (host: string): boolean => host === 'localhost' || host === '127.0.0.1';

/** Loads the checker. */
export async function loadChecker(): Promise<OpenSession> {
  const [load] = Object.values(bindings);
  if (!load) throw new Error('the checker is not part of this build');
  const { default: init, Session } = await load();
  await init();
  return (opened, language) => {
    const loopback = isOnLoopback(location.hostname);
    const session =
      typeof opened === 'string'
        ? new Session(opened, language, loopback)
        : Session.fromBytes(opened, language, loopback);
    return {
      turn: (now, answers) => JSON.parse(session.turn(now, JSON.stringify(answers))) as Turn,
      end: () => session.free(),
    };
  };
}
