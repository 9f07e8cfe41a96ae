import { mkdir, readdir, writeFile } from 'node:fs/promises';
import * as path from 'node:path';
import { Client } from 'pg';
import { startPostgres } from '@platform/event-store';
import { type BackedUpFile, copied, filesBelow } from './backup-files';

/** Folders whose contents belong to a running server only; Postgres wants to find them empty. */
const TRANSIENT = ['pg_dynshmem', 'pg_notify', 'pg_serial', 'pg_snapshots', 'pg_stat_tmp', 'pg_subtrans', 'pg_replslot', 'pg_wal'];
const LEFT_OUT = /^(postmaster\.(pid|opts)|backup_label|tablespace_map|.*\/pgsql_tmp.*|.*pg_internal\.init)$/;
const WAL = /^[0-9A-F]{24}$/;

/** What a server needs besides files. */
export interface ClusterCopy {
  readonly files: readonly BackedUpFile[];
  /** Folders that hold no file but have to exist. */
  readonly folders: readonly string[];
}

/**
 * Copies the embedded database as Postgres' own base backup does: begin, copy files while work goes on, end, add the write-ahead log of that time.
 * A running instance goes on; a stopped one is started for as long as it takes.
 * @param pg the instance's database folder
 * @param into an empty folder
 */
export async function copyCluster(pg: string, into: string): Promise<ClusterCopy> {
  const embedded = await startPostgres(pg);
  const data = path.join(embedded.home, 'data');
  const client = new Client(embedded.connection);
  try {
    await client.connect();
    // Holds the log back until it is copied; gone with this connection.
    await client.query(`select pg_create_physical_replication_slot($1, true, true)`, [`raccordo_backup_${process.pid}`]);
    const begun = await client.query<{ lsn: string; file: string }>(
      `select lsn, pg_walfile_name(lsn) as file from pg_backup_start('raccordo', fast => true) as lsn`,
    );
    const files = await copyAll(data, into, await filesBelow(data, leftOut));
    const ended = await client.query<{ label: string; file: string }>(
      `select labelfile as label, pg_walfile_name(lsn) as file from pg_backup_stop(wait_for_archive => false)`,
    );
    const [from, to] = [begun.rows[0]?.file ?? '', ended.rows[0]?.file ?? ''];
    const logs = (await readdir(path.join(data, 'pg_wal'))).filter((name) => WAL.test(name) && name >= from && name <= to);
    files.push(...(await copyAll(data, into, logs.map((name) => `pg_wal/${name}`).sort())));
    const label = path.join(into, 'backup_label');
    await writeFile(label, ended.rows[0]?.label ?? '', { mode: 0o600, flag: 'wx', flush: true });
    return { files, folders: await foldersOf(data) };
  } finally {
    await client.end().catch(() => undefined);
    await embedded.stop();
  }
}

const leftOut = (relative: string): boolean =>
  LEFT_OUT.test(relative) || TRANSIENT.some((folder) => relative.startsWith(`${folder}/`)) || WAL.test(path.basename(relative));

/** A table that is dropped meanwhile takes its files along: the log knows of it. */
async function copyAll(from: string, into: string, files: readonly string[]): Promise<BackedUpFile[]> {
  const done: BackedUpFile[] = [];
  for (const file of files) {
    const written = await copied(path.join(from, file), path.join(into, file)).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return undefined;
      throw error;
    });
    if (written) done.push({ path: file, ...written });
  }
  return done;
}

async function foldersOf(data: string, inside = ''): Promise<string[]> {
  const entries = await readdir(path.join(data, inside), { withFileTypes: true });
  const found: string[] = [];
  for (const entry of entries.filter((one) => one.isDirectory())) {
    const relative = inside === '' ? entry.name : `${inside}/${entry.name}`;
    found.push(relative, ...(inside === 'pg_replslot' ? [] : await foldersOf(data, relative)));
  }
  return found.filter((name) => !name.startsWith('pg_replslot/'));
}

/** Makes the folders a restored server wants to find. */
export async function makeFolders(data: string, folders: readonly string[]): Promise<void> {
  for (const folder of folders) await mkdir(path.join(data, folder), { recursive: true, mode: 0o700 });
}
