// Compares the browser application's words in both languages. Missing keys do not compile; this sees what types do not: words that are empty,
// values that one language puts in and the other does not, plurals without one of their forms, and acts, refusals and faults of fields that
// would be shown by their code or in the service's English.
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { createServer } from 'vite';

const server = await createServer({
  configFile: false,
  root: 'apps/web',
  server: { middlewareMode: true, hmr: false, ws: false },
  appType: 'custom',
  logLevel: 'error',
});
const faults = [];
try {
  for (const file of globSync('apps/web/src/**/*strings.ts')) await server.ssrLoadModule(`/${path.relative('apps/web', file)}`);
  const { definedStrings } = await server.ssrLoadModule('/src/text/strings.ts');
  const flat = (words, at = '') =>
    Object.entries(words).flatMap(([key, value]) => (typeof value === 'string' ? [[at + key, value]] : flat(value, `${at}${key}.`)));
  const values = (text) =>
    [...text.matchAll(/\{\{\s*(\w+)\s*\}\}/g)]
      .map(([, name]) => name)
      .sort()
      .join();
  const bundles = definedStrings();
  if (bundles.length < 5) throw new Error('hardly any words were found: nothing was compared');
  for (const { namespace, it, en } of bundles) {
    const [italian, english] = [flat(it), new Map(flat(en))];
    const keys = new Set(italian.map(([key]) => key));
    for (const key of english.keys()) if (!keys.has(key)) faults.push(`${namespace}: ${key} has no Italian`);
    for (const [key, text] of italian) {
      const other = english.get(key);
      if (text.trim() === '' || !other?.trim()) faults.push(`${namespace}: ${key} is empty`);
      else if (values(text) !== values(other))
        faults.push(`${namespace}: ${key} takes ${values(text) || 'nothing'} in Italian, ${values(other) || 'nothing'} in English`);
      const [, stem, form] = /^(.*)_(one|other)$/.exec(key) ?? [];
      if (stem && !keys.has(`${stem}_${form === 'one' ? 'other' : 'one'}`)) faults.push(`${namespace}: ${stem} has one plural form only`);
    }
  }
  const acts = bundles.find(({ namespace }) => namespace === 'acts')?.it ?? {};
  const made = actsOfTheSources();
  if (made.size < 100) throw new Error('hardly any acts were found: nothing was compared');
  for (const act of made) if (!(act in acts)) faults.push(`acts: ${act} has no words`);
  for (const act of Object.keys(acts)) if (!made.has(act)) faults.push(`acts: ${act} is nobody’s act`);
  const { RARE_REFUSALS } = await server.ssrLoadModule('/src/text/rare-refusals.ts');
  for (const code of refusalsWithoutWords()) if (!(code in RARE_REFUSALS)) faults.push(`refusals: ${code} has no Italian`);
  const { keyOf } = await server.ssrLoadModule('/src/text/words-of-field.ts');
  for (const file of globSync('apps/web/src/*/refusals.ts')) await server.ssrLoadModule(`/${path.relative('apps/web', file)}`);
  const { refusalWords } = await server.ssrLoadModule('/src/text/refusals.ts');
  const faulty = fieldCodes();
  for (const code of faulty) if (!keyOf(code) && !refusalWords(code, 'it')) faults.push(`fields: ${code} has no words`);
  const { FIELD_WORDS } = await server.ssrLoadModule('/src/text/field-strings.ts');
  for (const [code, pair] of Object.entries(FIELD_WORDS)) {
    if (![...faulty].some((one) => keyOf(one) === code)) faults.push(`fields: ${code} is nothing a field is refused for`);
    if (pair.some((text) => !text.trim()) || values(pair[0]) !== values(pair[1]))
      faults.push(`fields: ${code} is said in one language only`);
  }
  const namespaces = bundles.map(({ namespace }) => namespace);
  for (const name of new Set(namespaces.filter((one, n) => namespaces.indexOf(one) !== n))) faults.push(`two bundles are called ${name}`);
  console.log(`words: ${bundles.length} bundles, ${faults.length} faults`);
} finally {
  await server.close();
}
for (const fault of faults) console.error(fault);
process.exitCode = faults.length > 0 ? 1 : 0;

/** Names of routes and of commands: what an entry of the trail may call what was done. */
function actsOfTheSources() {
  const files = globSync('libs/{contexts,platform}/*/src/**/*.ts').filter((file) => !/\.spec\.ts$/.test(file));
  const named = /@Act\('(\w+)'|^export class (\w+) extends (?:Command|Addressed|Bare)\b|\bact: '([A-Z]\w+)'/gm;
  const found = files.flatMap((file) => [...readFileSync(file, 'utf8').matchAll(named)].flatMap(([, ...names]) => names.filter(Boolean)));
  return new Set(found);
}

/** Codes of what can be wrong with a field: of the refusal itself, and those that sentences about a field begin with. Without those of the command line. */
function fieldCodes() {
  const listed = [...readFileSync('docs/reference/errors.md', 'utf8').matchAll(/<\/a>`([\w.-]+)` \| 400 \|/g)].map(([, code]) => code);
  const files = globSync('libs/{contexts,platform}/*/src/**/*.ts').filter((file) => !/\.spec\.ts$/.test(file));
  const begun = files.flatMap((file) => [...readFileSync(file, 'utf8').matchAll(/['"`]([a-z]+\.[a-z-]+): /g)].map(([, code]) => code));
  if (listed.length < 100 || begun.length < 20) throw new Error('hardly any codes of fields were found: nothing was compared');
  return new Set([...listed, ...begun].filter((code) => !/^(backup|restore|key-backup)\./.test(code)));
}

/** Codes of refusals that no screen names, without those of the command line. */
function refusalsWithoutWords() {
  const screens = globSync('apps/web/src/**/*.{ts,tsx}').filter((file) => !/rare-refusals|schema\.gen/.test(file));
  const source = screens.map((file) => readFileSync(file, 'utf8')).join('');
  const listed = [...readFileSync('docs/reference/errors.md', 'utf8').matchAll(/<\/a>`([\w.-]+)` \| 409 \|/g)].map(([, code]) => code);
  if (listed.length < 100) throw new Error('hardly any refusals were found: nothing was compared');
  return listed.filter((code) => !source.includes(`'${code}'`) && !/^(backup|restore|key-backup|move|record|vault)\./.test(code));
}
