import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import * as path from 'node:path';
import { type Config, VERSION } from '@platform/config';
import { DomainError, invalid, refused } from '@platform/kernel';
import { FileRegionKeys } from '@platform/pseudonymity';
import { type BackedUpFile, copied, filesBelow, measured } from './backup-files';
import { copyCluster } from './cluster-copy';
import { folders } from './folders';

export const MANIFEST = 'manifest.json';
export const FORMAT = 'raccordo-backup-1';
/** Belongs to the running process, or is just being written. */
const passing = (name: string): boolean => name === 'operations.token' || name.endsWith('.new');

/** What lies in a backup. Names regions and sizes, nothing of a case. */
export interface Manifest {
  readonly format: typeof FORMAT;
  readonly version: string;
  readonly at: string;
  /** Their keys lie in the second file. */
  readonly regions: readonly string[];
  readonly files: readonly BackedUpFile[];
  /** Below pg/. */
  readonly folders: readonly string[];
}

export interface BackupWish {
  /** Made by this; must not exist or be empty. */
  readonly folder: string;
  /** Second file, outside the folder. */
  readonly keysFile: string;
  /** Of the second file, at least 12 characters. */
  readonly passphrase: string;
  readonly at: string;
}

/**
 * Copies a stopped or running embedded instance: database, audit spool and the installation's keys into a folder, the regions' keys into a second
 * file under a passphrase. The folder alone opens no person's data. Nothing carries the folder's name before everything is on the medium.
 * @throws DomainError `backup.needs-embedded`, `backup.folder-not-empty`, `backup.keys-inside`, `backup.keys-exist`, `backup.nothing-here`, `backup.changed-meanwhile`, `key-backup.weak-passphrase`
 */
export async function backUp(config: Config, { folder, keysFile, passphrase, at }: BackupWish): Promise<Manifest> {
  const [to, keysTo] = [path.resolve(folder), path.resolve(keysFile)];
  const where = folders(config.DATA_DIR);
  if (config.DATABASE_URL !== undefined)
    throw refused('backup.needs-embedded', 'With DATABASE_URL the database is backed up with its own tools (pg_dump), DATA_DIR as files.');
  if (!existsSync(where.keys)) throw refused('backup.nothing-here', 'DATA_DIR holds no installation.');
  if (existsSync(to) && (await readdir(to)).length > 0) throw refused('backup.folder-not-empty', 'The folder of a backup is a new one.');
  if (keysTo.startsWith(`${to}${path.sep}`))
    throw invalid('backup.keys-inside', '/keysFile', 'Region keys are kept apart from what they open: name a file elsewhere.');
  if (existsSync(keysTo)) throw refused('backup.keys-exist', 'The file for the region keys exists: nothing is replaced.');
  const names = await keyNames(where.keys);
  const regionKeys = new FileRegionKeys(where.regionKeys);
  const sealed = await regionKeys.exportKeys(passphrase);

  const draft = `${to}.partial-${process.pid}`;
  try {
    await mkdir(path.join(draft, 'pg'), { recursive: true, mode: 0o700 });
    // What the keys folder remembers of the audit logs must never be ahead of the database.
    const keys = await copyKeys(where.keys, draft);
    // The spool is read before and after: entries the database has not taken yet are in one of them, whatever is tidied up meanwhile.
    const early = await spooled(where.spool, draft);
    const cluster = await copyCluster(where.pg, path.join(draft, 'pg'));
    const late = await spooled(where.spool, draft);
    if ((await keyNames(where.keys)).join() !== names.join())
      throw new DomainError('backup.changed-meanwhile', 'unavailable', 'A key was made meanwhile: start the backup again.', [], 1);
    const label = { path: 'pg/backup_label', ...(await measured(path.join(draft, 'pg/backup_label'))) };
    const manifest: Manifest = {
      format: FORMAT,
      version: VERSION,
      at,
      regions: await regionKeys.regions(),
      files: [
        ...cluster.files.map((file) => ({ ...file, path: `pg/${file.path}` })),
        label,
        ...new Map([...early, ...late].map((file) => [file.path, file])).values(),
        ...keys,
      ],
      folders: cluster.folders,
    };
    await writeFile(path.join(draft, MANIFEST), JSON.stringify(manifest), { mode: 0o600, flush: true });
    await mkdir(path.dirname(keysTo), { recursive: true, mode: 0o700 });
    await writeFile(keysTo, sealed, { mode: 0o600, flag: 'wx', flush: true });
    if (existsSync(to)) await rm(to, { recursive: true });
    await rename(draft, to);
    return manifest;
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

const keyNames = (keys: string): Promise<string[]> => filesBelow(keys, passing);

/** The newer copy of a file wins: the spool only grows. */
async function spooled(spool: string, draft: string): Promise<BackedUpFile[]> {
  const done: BackedUpFile[] = [];
  for (const file of await filesBelow(spool)) {
    const name = `spool/${file}`;
    await rm(path.join(draft, name), { force: true });
    done.push({ path: name, ...(await copied(path.join(spool, file), path.join(draft, name))) });
  }
  return done;
}

async function copyKeys(keys: string, draft: string): Promise<BackedUpFile[]> {
  const done: BackedUpFile[] = [];
  for (const file of await filesBelow(keys, (relative) => relative === 'regions' || passing(relative)))
    done.push({ path: `keys/${file}`, ...(await copied(path.join(keys, file), path.join(draft, 'keys', file))) });
  return done;
}
