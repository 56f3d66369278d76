import type { BundleView, Commands, CredentialDetailView, SettingsView } from '../generated';

/** The answers to some of the commands. */
export type Answers<C extends keyof Commands> = {
  [K in C]: (request: Commands[K][0]) => Commands[K][1] | Promise<Commands[K][1]>;
};

/** What the parts of the fake know of each other. */
export interface Surroundings {
  details(): readonly CredentialDetailView[];
  refuse(code: string, params?: Record<string, string>): never;
  /** Whether it begins with examples. */
  readonly example: boolean;
}

export interface SharingSurroundings extends Surroundings {
  bundle(id: string): BundleView;
  settings(): SettingsView;
  readonly stepMilliseconds: number;
}
