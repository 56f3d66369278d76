import { describe, expect, it } from 'vitest';
import { hrefs, parseRoute } from './route.svelte';

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
