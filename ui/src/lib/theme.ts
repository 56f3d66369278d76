let following: AbortController | undefined;

/** Draws the page light or dark; none follows the system as it changes. */
export function useTheme(theme: string | null): void {
  following?.abort();
  const root = document.documentElement;
  if (theme === 'light' || theme === 'dark') {
    root.dataset['theme'] = theme;
    return;
  }
  const system = matchMedia('(prefers-color-scheme: dark)');
  const follow = () => (root.dataset['theme'] = system.matches ? 'dark' : 'light');
  follow();
  following = new AbortController();
  system.addEventListener('change', follow, { signal: following.signal });
}
