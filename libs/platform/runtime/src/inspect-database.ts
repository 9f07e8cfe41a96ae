import { existsSync } from 'node:fs';
import * as path from 'node:path';
import { Client } from 'pg';
import { CLOCKS_APART } from '@platform/access';
import type { Config } from '@platform/config';
import { homeOf, startPostgres } from '@platform/event-store';
import { folders } from './folders';

/** `absent`: nothing was set up yet. */
export interface DatabaseState {
  readonly state: 'absent' | 'unreachable' | 'durable' | 'forgetful';
  /** Settings that would lose acknowledged work in a crash. */
  readonly forgets: readonly string[];
  /** Whether its clock and this machine's agree as far as reading through grants asks for. */
  readonly clockAgrees: boolean;
}

const UNKNOWN = { forgets: [], clockAgrees: true } as const;
const SAFE: Readonly<Record<string, readonly string[]>> = {
  fsync: ['on'],
  full_page_writes: ['on'],
  synchronous_commit: ['on', 'local', 'remote_write', 'remote_apply'],
};

/** Asks the database of an installation whether it keeps what it acknowledges. A stopped embedded one is started for the question. */
export async function inspectDatabase(config: Config): Promise<DatabaseState> {
  const { pg } = folders(config.DATA_DIR);
  const embedded = config.DATABASE_URL === undefined;
  if (embedded && !existsSync(path.join(homeOf(pg), 'data', 'PG_VERSION'))) return { state: 'absent', ...UNKNOWN };
  const server = embedded ? await startPostgres(pg).catch(() => undefined) : undefined;
  if (embedded && !server) return { state: 'unreachable', ...UNKNOWN };
  const client = new Client(server ? server.connection : { connectionString: config.DATABASE_URL, connectionTimeoutMillis: 5000 });
  try {
    await client.connect();
    const { rows } = await client.query<{ name: string; setting: string }>('select name, setting from pg_settings where name = any ($1)', [
      Object.keys(SAFE),
    ]);
    const forgets = rows.filter(({ name, setting }) => !SAFE[name]?.includes(setting)).map(({ name }) => name);
    const before = Date.now();
    const clock = await client.query<{ now: number }>('select (extract(epoch from clock_timestamp()) * 1000)::float8 as now');
    const now = clock.rows[0]?.now ?? NaN;
    const clockAgrees = before - now <= CLOCKS_APART && now - Date.now() <= CLOCKS_APART;
    return { state: forgets.length === 0 ? 'durable' : 'forgetful', forgets, clockAgrees };
  } catch {
    return { state: 'unreachable', ...UNKNOWN };
  } finally {
    await client.end().catch(() => undefined);
    await server?.stop();
  }
}
