// Writes docs/reference/{cli,config,errors,events}.md and asyncapi.json from the built code and the sources, or with --check only compares. --dist=FOLDER: another build.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { asyncApi } from './reference/asyncapi.mjs';
import { errorCodes } from './reference/error-codes.mjs';
import { cliPage, configPage, errorsPage, eventsPage } from './reference/pages.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const dist = path.resolve(process.argv.find((word) => word.startsWith('--dist='))?.slice('--dist='.length) ?? path.join(root, 'dist'));
const built = createRequire(path.join(dist, 'reference.cjs'));
built('reflect-metadata');

const sources = ['apps', 'libs']
  .flatMap((folder) => readdirSync(path.join(root, folder), { recursive: true }).map((file) => path.join(root, folder, file)))
  .filter(
    (file) =>
      file.endsWith('.ts') &&
      !/\.(spec|contract)\.ts$/.test(file) &&
      !file.split(path.sep).some((part) => part === 'test' || part === 'e2e'),
  )
  .filter((file) => !file.includes(`${path.sep}node_modules${path.sep}`))
  .sort();
const { publishedContracts, schemaOf } = built('./libs/contracts/src/index.js');
const contracts = [...publishedContracts].sort((a, b) => (a.context < b.context ? -1 : 1));
const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
const pages = {
  'cli.md': cliPage(built('./libs/cli/src/index.js').commandReference()),
  'config.md': configPage(built('./libs/platform/config/src/index.js').configReference()),
  'errors.md': errorsPage(errorCodes(sources), built('./libs/platform/http/src/problem.js').STATUS),
  'events.md': eventsPage(contracts),
  'asyncapi.json': `${JSON.stringify(asyncApi(contracts, schemaOf, version), null, 2)}\n`,
};

const folder = path.join(root, 'docs/reference');
mkdirSync(folder, { recursive: true });
for (const [name, text] of Object.entries(pages)) {
  const file = path.join(folder, name);
  if (!process.argv.includes('--check')) writeFileSync(file, text);
  else if (!existsSync(file) || readFileSync(file, 'utf8') !== text) {
    console.error(`docs/reference/${name} is stale: npm run openapi`);
    process.exitCode = 1;
  }
}
