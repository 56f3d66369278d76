import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Player, SPEEDS } from './player.svelte';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('codes shown in turn', () => {
  it('begin by themselves and start over after the last', () => {
    const player = new Player(3, false);
    player.begin();
    const seen = [player.place];
    for (let turn = 0; turn < 4; turn++) {
      vi.advanceTimersToNextTimer();
      seen.push(player.place);
    }
    expect(seen).toEqual([0, 1, 2, 0, 1]);
  });

  it('stand still where the system asks for little movement, until they are played', () => {
    const player = new Player(3, true);
    player.begin();
    vi.advanceTimersByTime(5000);
    expect([player.playing, player.place]).toEqual([false, 0]);
    player.toggle();
    vi.advanceTimersToNextTimer();
    expect(player.place).toBe(1);
  });

  it('pause, and go step by step both ways round', () => {
    const player = new Player(3, false);
    player.begin();
    player.step(-1);
    expect([player.playing, player.place]).toEqual([false, 2]);
    player.step(1);
    expect(player.place).toBe(0);
    vi.advanceTimersByTime(5000);
    expect(player.place).toBe(0);
  });

  it('are slower or faster as chosen, but never flash more than three times a second', () => {
    const turns = SPEEDS.map((speed) => {
      const player = new Player(1000, false);
      player.setSpeed(speed);
      player.begin();
      vi.advanceTimersByTime(10_000);
      player.pause();
      return player.place;
    });
    expect(turns).toEqual(turns.toSorted((a, b) => a - b));
    // A flash is two changes.
    expect((turns.at(-1) ?? 0) / 10 / 2).toBeLessThanOrEqual(3);
  });

  it('keep the pause when the speed is changed', () => {
    const player = new Player(3, true);
    player.setSpeed('fast');
    vi.advanceTimersByTime(5000);
    expect([player.speed, player.playing, player.place]).toEqual(['fast', false, 0]);
  });

  it('of which there is only one do not play', () => {
    const player = new Player(1, false);
    player.begin();
    expect(player.playing).toBe(false);
  });
});
