import { toErrorView, type Backend } from '$lib/ipc/backend';
import type { ErrorView, ProfileView } from '$lib/ipc/generated';

/** One credential taken to other programs. */
export class Elsewhere {
  /** What LinkedIn's form would be filled in with, once it has been put together. */
  profile = $state.raw<ProfileView | null>(null);
  savedTo = $state<string | null>(null);
  error = $state.raw<ErrorView | null>(null);

  constructor(
    private readonly backend: Backend,
    private readonly id: string,
  ) {}

  /** Puts LinkedIn's address together; nothing is sent. */
  async prepareProfile(): Promise<void> {
    await this.attempt(async () => {
      this.profile = await this.backend.call('add_to_profile', { credential: this.id });
    });
  }

  /** Saves the badge's own picture with the credential in it. */
  saveBadge(picture: 'png' | 'svg'): Promise<void> {
    return this.save(() => this.backend.call('save_badge', { credential: this.id, picture }));
  }

  /** Saves its end as a file for a calendar. */
  saveCalendar(): Promise<void> {
    return this.save(() => this.backend.call('save_calendar', { id: this.id }));
  }

  private save(work: () => Promise<{ path: string | null }>): Promise<void> {
    return this.attempt(async () => {
      this.savedTo = null;
      this.savedTo = (await work()).path;
    });
  }

  private async attempt(work: () => Promise<void>): Promise<void> {
    this.error = null;
    try {
      await work();
    } catch (thrown) {
      this.error = toErrorView(thrown);
    }
  }
}
