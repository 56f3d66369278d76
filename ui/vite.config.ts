/// <reference types="vitest/config" />
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig, type Plugin } from 'vite';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** The employer's page is a shell without its checker, so it is built only where the checker has been built. */
const checkerIsBuilt = existsSync(here('src/lib/wasm/attesta_wasm.js'));

/** The dev server puts styles inline, which the pages' own policies forbid: they hold in what is built. */
function withoutPolicyWhileDeveloping(): Plugin {
  return {
    name: 'attesta-policy',
    apply: 'serve',
    transformIndexHtml: (html) => html.replace(/<meta\s+http-equiv="Content-Security-Policy"[^>]*>/, ''),
  };
}

function entries(mode: string): Record<string, string> {
  const app = { index: here('index.html') };
  const page = { verify: here('verify.html') };
  if (mode === 'fake') return { fake: here('fake.html'), 'fake-verify': here('fake-verify.html') };
  if (mode === 'page') {
    if (!checkerIsBuilt) throw new Error('src/lib/wasm is missing: build the WebAssembly before the page');
    return page;
  }
  if (!checkerIsBuilt) console.warn('verify.html is left out: src/lib/wasm has not been built');
  return checkerIsBuilt ? { ...app, ...page } : app;
}

const outputs: Record<string, string> = { fake: '../target/ui-fake', page: '../target/page' };

export default defineConfig(({ mode }) => ({
  plugins: [svelte(), withoutPolicyWhileDeveloping()],
  // Relative addresses: the employer's page works from any folder of any static host.
  base: './',
  resolve: {
    alias: { $lib: here('src/lib'), $messages: here('../messages') },
    // Tests run in Node, where Svelte would otherwise give its server half.
    ...(process.env['VITEST'] ? { conditions: ['browser'] } : {}),
  },
  build: {
    outDir: outputs[mode] ?? 'dist',
    emptyOutDir: true,
    // Nothing is put inline, so that the policies need no data: fonts.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rollupOptions: { input: entries(mode) },
  },
  server: { port: 5173, strictPort: true, fs: { allow: [here('..')] } },
  clearScreen: false,
  test: { environment: 'jsdom', include: ['src/**/*.test.ts'] },
}));
