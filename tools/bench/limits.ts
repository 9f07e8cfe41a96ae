import { spawn } from 'node:child_process';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import type { Bench } from './server';

/**
 * Debian's own client tools, which say what this server can do at best. Where they are missing there is no limit: a slower stand-in would
 * flatter us.
 */
function tool(name: string): string | undefined {
  const debian = '/usr/lib/postgresql';
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : [];
  const folders = [...(process.env.PATH ?? '').split(path.delimiter), ...versions.map((version) => path.join(debian, version, 'bin'))];
  return folders.map((folder) => path.join(folder, name)).find((file) => existsSync(file));
}

const where = ({ connection: { host, port, user, database } }: Bench): NodeJS.ProcessEnv => ({
  ...{ PATH: process.env.PATH, LC_ALL: 'C', PGHOST: host, PGPORT: String(port), PGUSER: user, PGDATABASE: database },
});

async function run(file: string, args: readonly string[], env: NodeJS.ProcessEnv, output: 'pipe' | 'ignore' = 'pipe'): Promise<string> {
  const child = spawn(file, args, { env, stdio: ['ignore', output, 'pipe'] });
  let [said, complained] = ['', ''];
  child.stdout?.on('data', (chunk: Buffer) => (said += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (complained += chunk.toString()));
  const code = await new Promise((resolve, reject) => child.once('close', resolve).once('error', reject));
  if (code !== 0) throw new Error(`${path.basename(file)} failed (${String(code)}): ${complained.slice(-500)}`);
  return said;
}

/** JSON inside a quoted text of a pgbench script, which takes `:word` for a variable even there: space or an escape keeps them apart. */
const literal = (json: string): string =>
  json
    .replaceAll("'", "''")
    .replaceAll('":', '": ')
    .replace(/:(?=\w)/g, '\\u003a');

/** Rows per second that pgbench inserts one by one with 32 clients into a table without any index or check; undefined without pgbench. */
export async function rawInserts(bench: Bench, folder: string, payload: string, seconds: number): Promise<number | undefined> {
  const pgbench = tool('pgbench');
  if (pgbench === undefined) return undefined;
  await bench.admin.query('create table if not exists public.raw (payload jsonb not null)');
  const script = path.join(folder, 'raw.sql');
  writeFileSync(script, `insert into public.raw (payload) values ('${literal(payload)}'::jsonb);\n`);
  const args = ['-n', '-c', '32', '-j', '2', '-M', 'prepared', '-T', String(seconds), '-f', script];
  const [, tps] = /tps = ([\d.]+)/.exec(await run(pgbench, args, where(bench))) ?? [];
  await bench.admin.query('truncate public.raw');
  return tps === undefined ? undefined : Number(tps);
}

/** Seconds psql takes to copy a query's rows out, its own start included; undefined without psql. */
export async function copyOut(bench: Bench, query: string): Promise<number | undefined> {
  const psql = tool('psql');
  if (psql === undefined) return undefined;
  const began = process.hrtime.bigint();
  await run(psql, ['-X', '-q', '-v', 'ON_ERROR_STOP=1', '-c', `copy (${query}) to stdout`], where(bench), 'ignore');
  return Number(process.hrtime.bigint() - began) / 1e9;
}
