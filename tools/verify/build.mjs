// Makes the offline verifier one file that an auditor can read, carry on a stick and run with plain Node: node tools/verify/build.mjs [file]
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { transformSync } from '@swc/core';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const output = path.resolve(process.argv[2] ?? path.join(root, 'dist/tools/verify.mjs'));
const entry = path.join(root, 'tools/verify/verify.ts');
/** Nothing that reaches a network, starts a program or loads code may be asked for. */
const ALLOWED = ['node:crypto', 'node:fs'];

const { $schema, ...settings } = JSON.parse(readFileSync(path.join(root, '.swcrc'), 'utf8'));
const modules = new Map();
const nameOf = (file) => path.relative(root, file).replaceAll(path.sep, '/');

function resolved(from, request) {
  const lib = /^@platform\/([^/]+)$/.exec(request)?.[1];
  return lib ? path.join(root, 'libs/platform', lib, 'src/index.ts') : `${path.resolve(path.dirname(from), request)}.ts`;
}

function add(file) {
  if (modules.has(file)) return;
  modules.set(file, '');
  const { code } = transformSync(readFileSync(file, 'utf8'), {
    ...settings,
    filename: file,
    swcrc: false,
    sourceMaps: false,
    jsc: { ...settings.jsc, target: 'es2022' },
    module: { type: 'commonjs' },
  });
  const linked = code.replace(/\brequire\("([^"]+)"\)/g, (_, request) => {
    if (request.startsWith('node:')) {
      if (!ALLOWED.includes(request)) throw new Error(`${nameOf(file)} asks for ${request}`);
      return `nodeModules[${JSON.stringify(request)}]`;
    }
    const wanted = resolved(file, request);
    add(wanted);
    return `load(${JSON.stringify(nameOf(wanted))})`;
  });
  modules.set(file, linked);
}

add(entry);
const parts = [...modules].map(([file, code]) => `  ${JSON.stringify(nameOf(file))}: (exports, load) => {\n${code.trim()}\n  },`);
const text = `#!/usr/bin/env node
// Raccordo: verifies an exported audit trail. No network, no database, nothing to install: node verify.mjs BUNDLE
// Built from source by tools/verify/build.mjs; licence EUPL-1.2.
import * as crypto from 'node:crypto';
import * as fs from 'node:fs';

const nodeModules = { 'node:crypto': crypto, 'node:fs': fs };
const sources = {
${parts.join('\n')}
};
const loaded = new Map();
function load(name) {
  const known = loaded.get(name);
  if (known) return known;
  const exports = {};
  loaded.set(name, exports);
  sources[name](exports, load);
  return exports;
}
load(${JSON.stringify(nameOf(entry))});
`;
mkdirSync(path.dirname(output), { recursive: true });
writeFileSync(output, text);
console.log(`${nameOf(output)}: ${text.length} characters`);
