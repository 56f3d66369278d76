import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Checker, Pixels, Progress } from './checker';
import { Scanner } from './scanner.svelte';

const PICTURE: Pixels = { width: 1, height: 1, data: new Uint8ClampedArray(4) };
const NO_PART: Progress = { part: false, received: 0, enough: 0, done: null };

/** A camera that shows these codes one picture after the other. */
function scanner(shown: readonly (readonly string[])[], trouble?: string) {
  const read: string[] = [];
  const stopped: string[] = [];
  const wanted: MediaStreamConstraints[] = [];
  let at = 0;
  const checker: Checker = {
    open: () => Promise.reject(new Error('none here')),
    lookInto: (content) => Promise.resolve(String(content).includes('#1u') ? '' : 'not_a_link'),
    readCodes: () => Promise.resolve(shown[at++] ?? []),
    sequence: () => {
      const parts = new Set<string>();
      return Promise.resolve({
        receive: (text) => {
          if (!text.startsWith('ur:')) return Promise.resolve(NO_PART);
          parts.add(text);
          return Promise.resolve({ part: true, received: parts.size, enough: 2, done: parts.size === 2 ? '1uwhole' : null });
        },
        end: () => undefined,
      });
    },
  };
  const stream = {
    getTracks: () => [{ stop: () => stopped.push('track') }],
    getVideoTracks: () => [{ getSettings: () => ({ deviceId: 'back' }) }],
  };
  const media = {
    getUserMedia: (constraints: MediaStreamConstraints) => {
      wanted.push(constraints);
      return trouble ? Promise.reject(new DOMException('', trouble)) : Promise.resolve(stream);
    },
    enumerateDevices: () =>
      Promise.resolve([
        { kind: 'videoinput', deviceId: 'back', label: 'Back' },
        { kind: 'videoinput', deviceId: 'front', label: '' },
        { kind: 'audioinput', deviceId: 'mic', label: 'Mic' },
      ]),
  } as unknown as MediaDevices;
  const made = new Scanner({ media, load: () => Promise.resolve(checker), grab: () => PICTURE, onread: (text) => read.push(text) });
  return { made, read, stopped, wanted };
}

describe('the camera', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('is turned off before what was read is opened', async () => {
    const { made, read, stopped } = scanner([[], ['https://verify.example/#1uabc']]);
    void made.start();
    await vi.advanceTimersByTimeAsync(1000);
    expect([read, stopped, made.stage.at, made.stream]).toEqual([['https://verify.example/#1uabc'], ['track'], 'stopped', null]);
  });

  it('puts a moving code together and says how far it is', async () => {
    const { made, read } = scanner([['ur:1'], ['ur:1'], [], [], ['ur:2']]);
    void made.start();
    await vi.advanceTimersByTimeAsync(400);
    expect([made.progress, read]).toEqual([{ received: 1, enough: 2 }, []]);
    await vi.advanceTimersByTimeAsync(1000);
    expect(read).toEqual(['1uwhole']);
  });

  it('goes on after a code that holds something else, and opens nothing of it', async () => {
    const { made, read } = scanner([['https://elsewhere.example/']]);
    void made.start();
    await vi.advanceTimersByTimeAsync(1000);
    expect([read, made.other, made.stage.at]).toEqual([[], true, 'looking']);
    made.stop();
  });

  it('looks no more once it is stopped', async () => {
    const { made, read, stopped } = scanner([[], [], [], [], ['#1uabc']]);
    void made.start();
    await vi.advanceTimersByTimeAsync(200);
    made.stop();
    await vi.advanceTimersByTimeAsync(5000);
    expect([read, stopped]).toEqual([[], ['track']]);
  });

  it('lists the cameras, the one at the back first, and changes to another', async () => {
    const { made, wanted, stopped } = scanner([]);
    void made.start();
    await vi.advanceTimersByTimeAsync(200);
    expect(made.cameras.map(({ id }) => id)).toEqual(['back', 'front']);
    expect(made.camera).toBe('back');
    void made.start('front');
    await vi.advanceTimersByTimeAsync(200);
    expect(wanted.map(({ video }) => video)).toMatchObject([{ facingMode: { ideal: 'environment' } }, { deviceId: { exact: 'front' } }]);
    expect(stopped).toHaveLength(1);
    made.stop();
  });

  it.each([
    ['NotAllowedError', 'refused'],
    ['NotFoundError', 'none'],
    ['NotReadableError', 'in_use'],
    ['TypeError', 'unavailable'],
  ])('that answers %s is told as %s', async (name, why) => {
    const { made } = scanner([], name);
    await made.start();
    expect(made.stage).toEqual({ at: 'failed', why });
  });

  it('of a page that gets none is told as that', async () => {
    const made = new Scanner({ media: undefined, load: () => Promise.reject(new Error()), grab: () => null, onread: () => undefined });
    await made.start();
    expect(made.stage).toEqual({ at: 'failed', why: 'unavailable' });
  });
});
