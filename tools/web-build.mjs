// Builds the browser application into dist/apps/web. What was built before from the very same sources is only copied: `npm start` should not wait.
import { createHash } from 'node:crypto';
import { cpSync, existsSync, globSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';

const SOURCES = [
  'apps/web/src/**/*',
  'apps/web/public/**/*',
  'apps/web/worker/**/*',
  'apps/web/index.html',
  'apps/web/vite.config.ts',
  'tools/web-build.mjs',
  'tools/verify/*.ts',
  'libs/platform/tlog/src/*.ts',
  'libs/platform/auditing/src/*.ts',
  'package-lock.json',
];
const cache = 'node_modules/.cache/raccordo-web';
const target = 'dist/apps/web';

const hash = createHash('sha256').update(process.version);
for (const file of globSync(SOURCES, { withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => path.join(entry.parentPath, entry.name))
  .sort())
  hash.update(path.relative('.', file)).update('\0').update(readFileSync(file)).update('\0');
const built = path.join(cache, hash.digest('hex').slice(0, 24));

const began = Date.now();
const known = existsSync(built) && !process.argv.includes('--force');
if (!known) {
  const draft = `${built}.${process.pid}`;
  process.env.RACCORDO_WEB_OUT = path.resolve(draft);
  const { build } = await import('vite');
  await build({ configFile: 'apps/web/vite.config.ts', logLevel: 'warn' });
  rmSync(built, { recursive: true, force: true });
  // Complete under another name first: a build that was cut off is never taken for one.
  for (const old of existsSync(cache) ? globSync(`${cache}/*`) : [])
    if (path.resolve(old) !== path.resolve(draft)) rmSync(old, { recursive: true, force: true });
  renameSync(draft, built);
}
rmSync(target, { recursive: true, force: true });
mkdirSync(path.dirname(target), { recursive: true });
cpSync(built, target, { recursive: true });
console.log(`web: ${known ? 'taken from the last build' : 'built'} in ${Date.now() - began} ms`);
