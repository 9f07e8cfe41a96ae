// Writes libs/contracts/released.json, what the published events of this release promise: run it when a release is made, and never to silence
// libs/contracts/src/compatibility.spec.ts. Needs the build.
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const { publishedContracts, schemasOf } = createRequire(path.join(root, 'dist/release.cjs'))('./libs/contracts/src/index.js');
const lines = Object.entries(schemasOf(publishedContracts))
  .sort(([a], [b]) => (a < b ? -1 : 1))
  .map(([type, schema]) => `  ${JSON.stringify(type)}: ${JSON.stringify(schema)}`);
writeFileSync(path.join(root, 'libs/contracts/released.json'), `{\n${lines.join(',\n')}\n}\n`);
