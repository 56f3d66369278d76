import type { Commands, ErrorView, ImportProgress } from './generated';

/** What the window can ask for. The shell answers it, and in tests and design work a fake does. */
export interface Backend {
  call<C extends keyof Commands>(name: C, request: Commands[C][0]): Promise<Commands[C][1]>;
  /** Calls `listener` at each stage of an import; the answer ends it. */
  onImportProgress(listener: (progress: ImportProgress) => void): Promise<() => void>;
  /** Calls `listener` when the system has handed something over that `take_arrivals` yields; the answer ends it. */
  onArrival(listener: () => void): Promise<() => void>;
  /** Calls `listener` when the wallet changed, from this window or another program; the answer ends it. */
  onCredentialsChanged(listener: () => void): Promise<() => void>;
  /** Calls `listener` when the window is to be closed while `hold_window` keeps it; the answer ends it. */
  onCloseAsked(listener: () => void): Promise<() => void>;
}

function isErrorView(thrown: unknown): thrown is ErrorView {
  return typeof thrown === 'object' && thrown !== null && typeof (thrown as { code?: unknown }).code === 'string';
}

/** What was thrown, as an error that has words. Anything unforeseen is `internal`; its own text is never shown. */
export function toErrorView(thrown: unknown): ErrorView {
  return isErrorView(thrown) ? { code: thrown.code, params: thrown.params ?? {} } : { code: 'internal', params: {} };
}
