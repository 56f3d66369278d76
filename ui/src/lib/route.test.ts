import { describe, expect, it } from 'vitest';
import { askBeforeLeaving, followAddress, go, hrefs, parseRoute, route } from './route.svelte';

describe('an address', () => {
  it.each([
    ['', { screen: 'credentials' }],
    ['#/credentials', { screen: 'credentials' }],
    ['#/nowhere', { screen: 'credentials' }],
    [hrefs.credential('a/b ?'), { screen: 'credential', id: 'a/b ?' }],
    [hrefs.bundle('7'), { screen: 'bundle', id: '7', with: [] }],
    [hrefs.newBundle(['x', 'y&z']), { screen: 'bundle', id: null, with: ['x', 'y&z'] }],
    [hrefs.settings, { screen: 'settings' }],
  ])('%j leads to its screen', (hash, route) => {
    expect(parseRoute(hash)).toEqual(route);
  });
});

describe('a screen with work in it', () => {
  const settled = () => new Promise((resolve) => setTimeout(resolve, 20));

  it('is left only once it is asked, and its address stays until then', async () => {
    location.hash = hrefs.bundle('7');
    const stop = followAddress();
    await settled();
    const ways: string[] = [];
    let stay = true;
    const release = askBeforeLeaving((to) => {
      ways.push(to);
      return stay;
    });
    go(hrefs.settings);
    await settled();
    expect(ways).toEqual([hrefs.settings]);
    expect(route.current).toMatchObject({ screen: 'bundle', id: '7' });
    expect(location.hash).toBe(hrefs.bundle('7'));
    stay = false;
    go(hrefs.settings);
    await settled();
    expect(route.current).toEqual({ screen: 'settings' });
    release();
    go(hrefs.shared);
    await settled();
    expect(ways).toHaveLength(2);
    expect(route.current).toEqual({ screen: 'shared' });
    stop();
  });
});
