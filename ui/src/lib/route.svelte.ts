import { tick } from 'svelte';

/** A screen of the window, as the part after `#` names it. */
export type Route =
  | { screen: 'credentials' }
  | { screen: 'credential'; id: string }
  | { screen: 'bundles' }
  | { screen: 'bundle'; id: string | null; with: readonly string[] }
  | { screen: 'shared' }
  | { screen: 'received' }
  | { screen: 'settings' };

export function parseRoute(hash: string): Route {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split('?');
  const [first, second] = path.split('/').map(decodeURIComponent);
  const chosen = new URLSearchParams(query).getAll('with');
  switch (first) {
    case 'credentials':
      return second ? { screen: 'credential', id: second } : { screen: 'credentials' };
    case 'bundles':
      if (!second) return { screen: 'bundles' };
      return { screen: 'bundle', id: second === 'new' ? null : second, with: chosen };
    case 'shared':
    case 'received':
    case 'settings':
      return { screen: first };
    default:
      return { screen: 'credentials' };
  }
}

export const hrefs = {
  credentials: '#/credentials',
  credential: (id: string) => `#/credentials/${encodeURIComponent(id)}`,
  bundles: '#/bundles',
  bundle: (id: string) => `#/bundles/${encodeURIComponent(id)}`,
  newBundle: (ids: readonly string[] = []) =>
    `#/bundles/new${ids.length > 0 ? `?${new URLSearchParams(ids.map((id) => ['with', id]))}` : ''}`,
  shared: '#/shared',
  received: '#/received',
  settings: '#/settings',
} as const;

let current = $state.raw<Route>(parseRoute(typeof location === 'undefined' ? '' : location.hash));

let visit = $state(0);

export const route = {
  get current(): Route {
    return current;
  },
  /** Counts the screens gone to; a mere renaming of the address is none. */
  get visit(): number {
    return visit;
  },
};

export function go(href: string): void {
  location.hash = href.slice(1);
}

/** Puts another address in place of this one, without a step to go back to and without a new screen. */
export function rename(href: string): void {
  history.replaceState(null, '', href);
  shown = location.hash;
  current = parseRoute(href);
}

/** Asks, before another screen takes this one's place, whether to stay. */
let stays: ((to: string) => boolean) | null = null;
/** The address of the screen that is shown. */
let shown = '';

/** Lets a screen with work in it ask before it is left: `ask` gets the way out and says whether to stay. */
export function askBeforeLeaving(ask: (to: string) => boolean): () => void {
  stays = ask;
  return () => {
    if (stays === ask) stays = null;
  };
}

/** Follows the address; the answer ends it. */
export function followAddress(): () => void {
  const follow = () => {
    if (location.hash === shown) return;
    if (stays?.(location.hash)) {
      history.replaceState(null, '', shown);
      return;
    }
    shown = location.hash;
    current = parseRoute(location.hash);
    visit++;
  };
  addEventListener('hashchange', follow);
  shown = location.hash;
  current = parseRoute(location.hash);
  return () => removeEventListener('hashchange', follow);
}

/** Puts the focus on the screen's heading, so that a keyboard or screen reader starts at the new screen. */
export async function focusHeading(): Promise<void> {
  await tick();
  const heading = document.querySelector<HTMLElement>('main h1');
  if (!heading) return;
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
}
