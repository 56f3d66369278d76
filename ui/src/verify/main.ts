import { mount } from 'svelte';
import '../styles/base.css';
import './page.css';
import { useTheme } from '$lib/theme';
import { languageOf, words } from '$lib/words/words.svelte';
import { answer } from './fetch';
import { loadChecker } from './load';
import VerifyPage from './VerifyPage.svelte';

/** The share payload within this very file, which a wallet put there; empty where the page is the publisher's own. */
function carried(): string {
  const text = document.querySelector('#attesta-bundle')?.textContent?.trim() ?? '';
  if (text === '') return '';
  try {
    const found: unknown = JSON.parse(text);
    const payload: unknown = found !== null && typeof found === 'object' && 'payload' in found ? found.payload : found;
    if (typeof payload === 'string') return payload;
  } catch {
    // What can't be read is told as any damaged link is.
  }
  return text;
}

words.language = languageOf(navigator.languages);
useTheme(null);
// Whatever is opened, the checker is needed: it loads while the reader looks.
loadChecker().catch(() => undefined);
const target = document.querySelector('#page');
if (target) {
  target.textContent = '';
  mount(VerifyPage, {
    target,
    props: {
      outside: { load: loadChecker, answer, now: () => new Date() },
      carried: carried(),
      published: __PUBLISHED_PAGE__,
    },
  });
}
