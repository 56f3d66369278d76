import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

const FEATURES = ['credentials', 'import', 'verification', 'bundles', 'sharing', 'settings'];

const tauri = {
  group: ['@tauri-apps/*'],
  message: 'Only src/lib/ipc talks to the shell; call the Backend instead.',
};
const upwards = {
  group: ['**/features/**', '**/views/**'],
  message: 'Shared code knows no feature and no view.',
};

/** Features are joined in views, by snippets and callbacks; none imports another. */
const featuresStandAlone = FEATURES.map((feature) => ({
  files: [`src/features/${feature}/**`],
  rules: {
    'no-restricted-imports': [
      'error',
      {
        patterns: [
          tauri,
          {
            group: [
              ...FEATURES.filter((other) => other !== feature).map((other) => `**/${other}/**`),
              '**/features/**',
              '**/views/**',
            ],
            message: 'Features do not import each other; join them in a view.',
          },
        ],
      },
    ],
  },
}));

export default ts.config(
  { ignores: ['dist/', 'src/lib/wasm/', 'src/lib/ipc/generated.ts', 'node_modules/'] },
  js.configs.recommended,
  ...ts.configs.strict,
  ...svelte.configs.recommended,
  {
    languageOptions: { globals: { ...globals.browser, ...globals.node } },
    rules: {
      eqeqeq: 'error',
      'no-console': ['error', { allow: ['warn', 'error'] }],
      'no-undef': 'off',
      'no-restricted-imports': ['error', { patterns: [tauri] }],
      'svelte/no-at-html-tags': 'error',
      'svelte/no-target-blank': 'error',
      // Values made and read within one expression need no reactivity of their own.
      'svelte/prefer-svelte-reactivity': 'off',
      'svelte/no-navigation-without-resolve': 'off',
    },
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: ts.parser, extraFileExtensions: ['.svelte'], svelteConfig } },
  },
  {
    files: ['src/lib/**'],
    rules: { 'no-restricted-imports': ['error', { patterns: [tauri, upwards] }] },
  },
  {
    files: ['src/lib/ipc/**'],
    rules: { 'no-restricted-imports': ['error', { patterns: [upwards] }] },
  },
  ...featuresStandAlone,
);
