import { readdirSync } from 'node:fs';
import * as path from 'node:path';

const root = path.resolve(__dirname, '../..');

/** What a file is, by its suffix: the whole list. A new kind of file is a decision, not a habit. */
const KINDS = [
  ...['policy', 'module', 'controller', 'decider', 'access', 'projection', 'reactor', 'published', 'upcasters', 'guard'],
  ...['filter', 'providers', 'schema', 'contract', 'config', 'gen', 'd'],
];
/** What a spec runs against, where that is not told by its folder. */
const SPECS = ['contract', 'engine', 'containers', 'e2e', 'browser', 'machine', 'model', 'sql', 'rules'];
/** Rooms where everything would end up. */
const ROOMS = ['utils', 'util', 'helpers', 'helper', 'common', 'shared', 'types', 'interfaces', 'misc'];

function faultOf(file: string): string | undefined {
  const [name = '', ...suffixes] = path.basename(file).split('.').slice(0, -1);
  if (![...file.split('/').slice(0, -1), name].every((part) => !ROOMS.includes(part.toLowerCase()))) return 'a room for everything';
  if (!/^([A-Z][A-Za-z0-9]*|[a-z0-9]+(-[a-z0-9]+)*)$/.test(name)) return 'no kebab-case';
  const isSpec = suffixes.at(-1) === 'spec';
  const kinds = isSpec ? suffixes.slice(0, -1) : suffixes;
  const known = isSpec ? [...KINDS, ...SPECS] : KINDS;
  return kinds.every((kind) => known.includes(kind)) ? undefined : `no such kind of file: ${kinds.join('.')}`;
}

function* sources(folder: string): Generator<string> {
  for (const entry of readdirSync(path.join(root, folder), { withFileTypes: true })) {
    const file = `${folder}/${entry.name}`;
    if (entry.isDirectory() && !['fixtures', 'node_modules', 'dist'].includes(entry.name)) yield* sources(file);
    else if (entry.isFile() && /\.tsx?$/.test(entry.name)) yield file;
  }
}

describe('the name of a file', () => {
  it('says what it is, by a closed list of suffixes', () => {
    const files = ['apps', 'libs', 'tools'].flatMap((folder) => [...sources(folder)]);
    expect(files.length).toBeGreaterThan(700);
    expect(files.flatMap((file) => (faultOf(file) === undefined ? [] : [`${file}: ${faultOf(file)}`]))).toEqual([]);
  });

  it.each([
    ['libs/contexts/cases/src/case.service.ts', 'no such kind of file: service'],
    ['libs/contexts/cases/src/case.test.ts', 'no such kind of file: test'],
    ['libs/contexts/cases/src/case.handler.spec.ts', 'no such kind of file: handler'],
    ['libs/platform/http/src/utils.ts', 'a room for everything'],
    ['libs/platform/common/src/clock.ts', 'a room for everything'],
    ['libs/platform/http/src/camelCase.ts', 'no kebab-case'],
  ])('is found at fault in %s', (file, fault) => {
    expect(faultOf(file)).toBe(fault);
  });
});
