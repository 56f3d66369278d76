import { mount } from 'svelte';
import './styles/base.css';
import { createFake } from '$lib/ipc/fake';
import { languageOf, words } from '$lib/words/words.svelte';
import App from './views/App.svelte';

// ?lang=fr&theme=dark&empty&nopage&nopublisher&slow&arrive=https://college.example/claim/1
const query = new URLSearchParams(location.search);
const language = languageOf([query.get('lang') ?? 'en']);
words.language = language;
const backend = createFake({
  language,
  theme: query.get('theme'),
  empty: query.has('empty'),
  page: !query.has('nopage'),
  publisher: !query.has('nopublisher'),
  arrivals: query.getAll('arrive').map((text) => ({ kind: 'text', text })),
  stepMilliseconds: query.has('slow') ? 4000 : 120,
});
const target = document.querySelector('#app');
if (target) mount(App, { target, props: { backend } });
