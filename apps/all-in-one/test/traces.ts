import { type Dirent, readdirSync, readFileSync } from 'node:fs';
import * as path from 'node:path';
import type { Client } from 'pg';

/** The ways a word could stand somewhere and be read again: in clear, as UTF-16, hexadecimal, base64 at any offset, percent-encoded or escaped. */
export function formsOf(word: string): Buffer[] {
  const bytes = Buffer.from(word, 'utf8');
  const base64 = [0, 1, 2].map((offset) => {
    const whole = Buffer.concat([Buffer.alloc(offset), bytes])
      .toString('base64')
      .replace(/=+$/, '');
    // The first and last characters also depend on what stands beside the word.
    return whole.slice(offset === 0 ? 0 : offset + 1, -1);
  });
  const escaped = [...word].map((letter) => (letter > '~' ? `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}` : letter)).join('');
  const texts = [word, word.toLowerCase(), word.toUpperCase(), encodeURIComponent(word), escaped, bytes.toString('hex'), ...base64];
  return [...new Set(texts)].map((text) => Buffer.from(text, 'utf8')).concat(Buffer.from(word, 'utf16le'));
}

/** Where any of the words stands in some bytes, in any form. */
export const tracesIn = (words: readonly string[], bytes: Buffer, where: string): string[] =>
  words.filter((word) => formsOf(word).some((form) => bytes.includes(form))).map((word) => `${where}: ${word}`);

/** The same for every file below a folder. */
export function tracesBelow(folder: string, words: readonly string[]): { files: number; found: string[] } {
  const files = readdirSync(folder, { withFileTypes: true, recursive: true }).filter((entry: Dirent) => entry.isFile());
  const found = files.flatMap((entry) => {
    const file = path.join(entry.parentPath, entry.name);
    return tracesIn(words, readFileSync(file), path.relative(folder, file));
  });
  return { files: files.length, found };
}

/** The same for every row of every table of a database, as its superuser sees it. */
export async function tracesInTables(client: Client, words: readonly string[]): Promise<{ tables: number; found: string[] }> {
  const { rows: tables } = await client.query<{ name: string }>(
    `select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind in ('r', 'm') and n.nspname not in ('information_schema')`,
  );
  const found: string[] = [];
  for (const { name } of tables) {
    const { rows } = await client.query<{ line: string }>(`select t::text as line from ${name} t`);
    found.push(...tracesIn(words, Buffer.from(rows.map(({ line }) => line).join('\n'), 'utf8'), name));
  }
  return { tables: tables.length, found };
}
