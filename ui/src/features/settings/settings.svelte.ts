import { toErrorView, type Backend } from '$lib/ipc/backend';
import type { ChangeSettings, ErrorView, SettingsView } from '$lib/ipc/generated';
import { useTheme } from '$lib/theme';
import { languageOf, words } from '$lib/words/words.svelte';

const UNCHANGED: ChangeSettings = {
  language: null,
  theme: null,
  verifier_url: null,
  publisher_url: null,
  paper: null,
  emails: null,
  registries: null,
  known_issuers: null,
};

const EMAIL = /^[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+$/;

/** Whether a text can be an e-mail address; nothing is ever sent to it. */
export const isEmail = (text: string): boolean => EMAIL.test(text.trim());

/** The settings, and what they do to the window. */
export class Settings {
  view = $state.raw<SettingsView | null>(null);
  error = $state.raw<ErrorView | null>(null);
  /** The field that an error belongs to. */
  errorAt = $state<keyof ChangeSettings | null>(null);

  constructor(private readonly backend: Backend) {}

  async load(): Promise<void> {
    try {
      this.take(await this.backend.call('settings', {}));
    } catch (thrown) {
      this.error = toErrorView(thrown);
    }
  }

  /** Whether it was taken. */
  async change(changes: Partial<ChangeSettings>): Promise<boolean> {
    try {
      this.take(await this.backend.call('change_settings', { ...UNCHANGED, ...changes }));
      return true;
    } catch (thrown) {
      this.error = toErrorView(thrown);
      this.errorAt = (Object.keys(changes)[0] as keyof ChangeSettings | undefined) ?? null;
      return false;
    }
  }

  /** Saves the wallet as a file for another wallet; where it was saved, or nothing where the learner thought better of it. */
  async saveForAnotherWallet(): Promise<string | null> {
    try {
      const { path } = await this.backend.call('save_wallet_backup', {});
      this.error = null;
      return path;
    } catch (thrown) {
      this.error = toErrorView(thrown);
      this.errorAt = null;
      return null;
    }
  }

  private take(view: SettingsView): void {
    this.view = view;
    this.error = null;
    this.errorAt = null;
    words.language = view.language ?? languageOf(navigator.languages);
    useTheme(view.theme);
  }
}
