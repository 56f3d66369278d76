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

/** A page that is built to be hosted asks issuers by https alone; only this program's own copy reaches this machine. */
function withoutLoopback(mode: string): Plugin {
  return {
    name: 'attesta-no-loopback',
    transformIndexHtml: (html) =>
      mode === 'page' || mode === 'single' ? html.replace(' http://localhost:* http://127.0.0.1:*', '') : html,
  };
}

function entries(mode: string): Record<string, string> {
  const app = { index: here('index.html') };
  const page = { verify: here('verify.html') };
  if (mode === 'fake') return { fake: here('fake.html'), 'fake-verify': here('fake-verify.html') };
  if (mode === 'page' || mode === 'single') {
    if (!checkerIsBuilt) throw new Error('src/lib/wasm is missing: build the WebAssembly before the page');
    return page;
  }
  if (!checkerIsBuilt) console.warn('verify.html is left out: src/lib/wasm has not been built');
  return checkerIsBuilt ? { ...app, ...page } : app;
}

/** The page as one file is put together by `cargo xtask page` from what lands in `../target/page-single`. */
const outputs: Record<string, string> = {
  fake: '../target/ui-fake',
  page: '../target/page',
  single: '../target/page-single',
};

/**
 * Of the fonts, the letters that English and French are written with: the page as one file carries them inside, and
 * other letters fall back to the reader's own fonts.
 */
function latinFontsAlone(mode: string): Plugin {
  return {
    name: 'attesta-latin-fonts',
    enforce: 'pre',
    transform(code, id) {
      if (mode !== 'single' || !/@fontsource-variable.*\.css$/.test(id)) return null;
      return code.replace(/\/\* (\S+) \*\/\s*@font-face\s*\{[^}]*\}/g, (face, name: string) =>
        /-latin(-ext)?-[a-z]+-(normal|italic)$/.test(name) ? face : '',
      );
    },
  };
}

export default defineConfig(({ mode }) => ({
  plugins: [svelte(), withoutPolicyWhileDeveloping(), withoutLoopback(mode), latinFontsAlone(mode)],
  define: { __PUBLISHED_PAGE__: JSON.stringify(process.env['ATTESTA_VERIFIER_URL'] ?? '') },
  // Relative addresses: the employer's page works from any folder of any static host.
  base: './',
  resolve: {
    alias: {
      $lib: here('src/lib'),
      $messages: here('../messages'),
      $checker: here(mode === 'single' ? 'src/verify/build/single.ts' : 'src/verify/build/hosted.ts'),
    },
    // Tests run in Node, where Svelte would otherwise give its server half.
    ...(process.env['VITEST'] ? { conditions: ['browser'] } : {}),
  },
  build: {
    outDir: outputs[mode] ?? 'dist',
    emptyOutDir: true,
    // Nothing is put inline, so that the policies need no data: fonts; but in the page as one file all is.
    assetsInlineLimit: mode === 'single' ? Number.MAX_SAFE_INTEGER : 0,
    modulePreload: { polyfill: false },
    rollupOptions: {
      input: entries(mode),
      ...(mode === 'single' ? { output: { codeSplitting: false } } : {}),
    },
  },
  server: { port: 5173, strictPort: true, fs: { allow: [here('..')] } },
  clearScreen: false,
  test: { environment: 'jsdom', include: ['src/**/*.test.ts'] },
}));
