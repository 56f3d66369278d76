import { mount } from 'svelte';
import '../styles/base.css';
import './page.css';
import { useTheme } from '$lib/theme';
import { languageOf, words } from '$lib/words/words.svelte';
import { answer } from './fetch';
import { loadChecker } from './load';
import VerifyPage from './VerifyPage.svelte';

/** The bundle within this very file: a JSON text, or the payload as it stands. */
function carried(): string {
  const text = document.querySelector('#attesta-bundle')?.textContent?.trim() ?? '';
  if (!text.startsWith('"')) return text;
  try {
    const payload: unknown = JSON.parse(text);
    return typeof payload === 'string' ? payload : text;
  } catch {
    return text;
  }
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
