import { mount } from 'svelte';
import '../styles/base.css';
import { useTheme } from '$lib/theme';
import { languageOf, words } from '$lib/words/words.svelte';
import { loadChecker } from './checker';
import { answer } from './fetch';
import VerifyPage from './VerifyPage.svelte';

words.language = languageOf(navigator.languages);
useTheme(null);
const target = document.querySelector('#page');
if (target) {
  mount(VerifyPage, { target, props: { outside: { load: loadChecker, answer, now: () => new Date() } } });
}
