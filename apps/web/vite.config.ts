import path from 'node:path';
import purgeCSSPlugin from '@fullhuman/postcss-purgecss';
import { defineConfig } from 'vite';
import { offlineShell } from './worker/shell-plugin.ts';

const root = import.meta.dirname;
const api = process.env.RACCORDO_API ?? 'http://127.0.0.1:3000';
// Everything the API answers itself; the page's own addresses stay here.
const proxied = Object.fromEntries(
  ['/api', '/auth', '/demo', '/oidc', '/openapi.json', '/health'].map((prefix) => [
    prefix,
    // The API refuses changes that come from another origin than its own.
    { target: api, changeOrigin: true, headers: { origin: api } },
  ]),
);

export default defineConfig({
  root,
  plugins: [offlineShell()],
  oxc: { jsx: { runtime: 'automatic' } },
  // The verifier is the one that runs in Node; what it needs of Node is given to it here.
  resolve: {
    alias: {
      'node:crypto': path.join(root, '../../tools/verify/browser-crypto.ts'),
      '@platform/tlog': path.join(root, '../../libs/platform/tlog/src/index.ts'),
    },
  },
  worker: { format: 'es' },
  server: { host: '127.0.0.1', proxy: proxied },
  css: {
    preprocessorOptions: {
      scss: {
        loadPaths: [path.join(root, '../../node_modules/bootstrap-italia/src/scss')],
        // Bootstrap's own style of writing Sass; nothing of ours.
        silenceDeprecations: ['import', 'global-builtin', 'color-functions', 'if-function'],
        quietDeps: true,
      },
    },
    postcss: {
      plugins: [
        purgeCSSPlugin({
          content: [path.join(root, 'index.html'), path.join(root, 'src/**/*.tsx')],
          // Our own classes are all in use. PurgeCSS cannot see attributes that scripts set: it would drop their rules.
          safelist: { greedy: [/^rc-/] },
          dynamicAttributes: ['dir', 'type', 'aria-invalid', 'aria-current', 'open', 'hidden', 'disabled'],
        }),
      ],
    },
  },
  build: {
    outDir: process.env.RACCORDO_WEB_OUT ?? path.join(root, '../../dist/apps/web'),
    emptyOutDir: true,
    target: 'es2022',
    cssCodeSplit: false,
    // Under the content security policy nothing may be inlined.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    manifest: true,
    rolldownOptions: {
      // Every address is known from the start: one file of them packs better than one for each folder.
      output: { codeSplitting: { groups: [{ name: 'addresses', test: /apps\/web\/src\/[^/]+\/routes\.ts$/ }] } },
      // Libraries mark what runs in the browser; all of this does.
      onLog: (level, log, tell) => {
        if (log.code !== 'MODULE_LEVEL_DIRECTIVE' && log.code !== 'PLUGIN_TIMINGS') tell(level, log);
      },
    },
  },
});
