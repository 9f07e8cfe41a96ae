// Offline verification of an audit bundle: becomes one file, dist/tools/verify.mjs, that needs nothing but Node.
import { createReadStream, readFileSync } from 'node:fs';
import { BundleVerification, type BroughtAlong, type Verification } from '../../libs/platform/auditing/src/verify-bundle';
import { FAULTS, type Language, LANGUAGES, UNPROVEN, WORDS } from './words';

interface Wish {
  readonly bundle: string;
  readonly vkey?: string;
  readonly outside?: string;
  readonly language: Language;
  readonly json: boolean;
}

/** The verifying person's mistake or an unreadable file: no statement about the bundle can be made. */
class CannotVerify extends Error {}

/** Longer lines are cut: they are refused anyway, and must not fill the memory. */
const MAX_LINE = 4 * 1024 * 1024;

function wishOf(given: readonly string[]): Wish | undefined {
  const wish: { bundle?: string; vkey?: string; outside?: string; language: Language; json: boolean } = { language: 'it', json: false };
  for (let n = 0; n < given.length; n++) {
    const word = given[n] ?? '';
    const value = given[n + 1];
    if (word === '--json') wish.json = true;
    else if (word === '--lang' && LANGUAGES.some((one) => one === value)) [wish.language, n] = [value as Language, n + 1];
    else if (word === '--vkey' && value !== undefined) [wish.vkey, n] = [value, n + 1];
    else if (word === '--outside' && value !== undefined) [wish.outside, n] = [value, n + 1];
    else if (!word.startsWith('-') && wish.bundle === undefined) wish.bundle = word;
    else return undefined;
  }
  const { bundle } = wish;
  return bundle === undefined ? undefined : { ...wish, bundle };
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    throw new CannotVerify(file);
  }
}

/** A key may be typed in or stand in a file. */
const keyOf = (given: string): string => (/^[^+\s]+\+[0-9a-f]{8}\+/.test(given) ? given : textOf(given).trim());

const broughtBy = ({ vkey, outside }: Wish): BroughtAlong => ({
  ...(vkey === undefined ? {} : { vkey: keyOf(vkey) }),
  ...(outside === undefined ? {} : { outsideCheckpoint: textOf(outside) }),
});

async function* linesIn(file: string): AsyncGenerator<Buffer> {
  let parts: Buffer[] = [];
  let held = 0;
  const keep = (part: Buffer): void => {
    const room = part.subarray(0, Math.max(0, MAX_LINE - held));
    if (room.length > 0) parts.push(Buffer.from(room));
    held += room.length;
  };
  try {
    for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20 }) as AsyncIterable<Buffer>) {
      let from = 0;
      for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, from)) {
        keep(chunk.subarray(from, end));
        yield Buffer.concat(parts);
        [parts, held, from] = [[], 0, end + 1];
      }
      keep(chunk.subarray(from));
    }
  } catch {
    throw new CannotVerify(file);
  }
  if (held > 0) yield Buffer.concat(parts);
}

function inWords(result: Verification, language: Language): string {
  const say = (text: Readonly<Record<Language, string>>): string => text[language];
  const findings = result.findings.map(({ code, index }) =>
    index === undefined ? `  - ${say(FAULTS[code])} [${code}]` : `  - ${say(WORDS.entry)} ${index}: ${say(FAULTS[code])} [${code}]`,
  );
  return [
    `${say(WORDS.log)}: ${result.log}`,
    `${say(WORDS.entries)}: ${result.entries} · ${say(WORDS.producers)}: ${result.producers} · ${say(WORDS.cases)}: ${result.cases}`,
    `${say(WORDS.root)}: ${result.root}`,
    ...(result.outside === undefined ? [] : [`${say(WORDS.outside)}: ${result.outside}`]),
    '',
    say(result.ok ? WORDS.good : WORDS.bad),
    ...findings,
    '',
    say(WORDS.unproven),
    ...result.unproven.map((code) => `  - ${say(UNPROVEN[code])}`),
    '',
  ].join('\n');
}

/** What a log calls itself is shown only in letters that cannot move the cursor or hide anything. */
const harmless = (text: string): string => text.replace(/[^\x20-\x7e]/g, '?').slice(0, 200);

async function main(given: readonly string[]): Promise<number> {
  const wish = wishOf(given);
  if (!wish) {
    process.stderr.write(`${WORDS.usage.it}\n\n${WORDS.usage.en}\n`);
    return 2;
  }
  try {
    const verification = new BundleVerification(broughtBy(wish));
    for await (const line of linesIn(wish.bundle)) verification.line(line);
    const found = verification.finish();
    const result = { ...found, log: harmless(found.log) };
    process.stdout.write(wish.json ? `${JSON.stringify(result)}\n` : inWords(result, wish.language));
    return result.ok ? 0 : 1;
  } catch (error) {
    if (!(error instanceof CannotVerify)) throw error;
    process.stderr.write(`${WORDS.unreadable[wish.language]}: ${error.message}\n`);
    return 2;
  }
}

main(process.argv.slice(2)).then(
  (code) => (process.exitCode = code),
  (error: unknown) => {
    process.stderr.write(`${String(error)}\n`);
    process.exitCode = 2;
  },
);
