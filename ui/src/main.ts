import { mount } from 'svelte';
import './styles/base.css';
import type { Backend } from '$lib/ipc/backend';
import { useTheme } from '$lib/theme';
import { languageOf, words } from '$lib/words/words.svelte';
import App from './views/App.svelte';

/** The shell; while developing, `?fake` puts invented credentials in its place. */
async function backend(): Promise<Backend> {
  if (import.meta.env.DEV && new URLSearchParams(location.search).has('fake')) {
    return (await import('$lib/ipc/fake')).createFake();
  }
  return (await import('$lib/ipc/client')).shell;
}

words.language = languageOf(navigator.languages);
useTheme(null);
const target = document.querySelector('#app');
if (target) mount(App, { target, props: { backend: await backend() } });
