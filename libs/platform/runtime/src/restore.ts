import { existsSync } from 'node:fs';
import { chmod, mkdir, readdir, readFile, rm } from 'node:fs/promises';
import * as path from 'node:path';
import type { Config } from '@platform/config';
import { handOver, homeOf } from '@platform/event-store';
import { invalid, refused } from '@platform/kernel';
import { FileRegionKeys } from '@platform/pseudonymity';
import { FORMAT, MANIFEST, type Manifest } from './backup';
import { copied } from './backup-files';
import { makeFolders } from './cluster-copy';
import { folders } from './folders';
import { makeUsable } from './usable-folder';

export interface RestoreWish {
  readonly folder: string;
  readonly keysFile: string;
  readonly passphrase: string;
}

/**
 * Puts a backup into an empty data folder. Both parts are needed; every file is compared with the manifest, and where one differs nothing stays.
 * @throws DomainError `restore.not-empty`, `restore.not-a-backup`, `restore.damaged`, `restore.keys-missing`, `restore.needs-embedded`, `key-backup.*`
 */
export async function restore(config: Config, { folder, keysFile, passphrase }: RestoreWish): Promise<Manifest> {
  if (config.DATABASE_URL !== undefined) throw refused('restore.needs-embedded', 'A backup is restored into an embedded installation.');
  const where = folders(config.DATA_DIR);
  const home = homeOf(where.pg);
  for (const place of [config.DATA_DIR, home])
    if (existsSync(place) && (await readdir(place)).length > 0)
      throw refused('restore.not-empty', 'DATA_DIR holds data already: choose an empty folder.');
  const manifest = await manifestOf(folder);
  const sealed = await readFile(keysFile).catch(() => {
    throw refused('restore.keys-missing', 'The file with the region keys cannot be read: without it no person’s data can be opened.');
  });
  try {
    // Made as a start makes it: whether the database's user may walk through decides where it looks for its files.
    makeUsable(config.DATA_DIR, 'DATA_DIR', 0o755);
    const regions = await new FileRegionKeys(where.regionKeys).importKeys(sealed, passphrase);
    if (manifest.regions.some((region) => !regions.includes(region)))
      throw refused('restore.keys-missing', 'The second file does not hold the keys of all regions in this backup.');
    await makeFolders(path.join(home, 'data'), manifest.folders);
    const roots: Readonly<Record<string, string>> = { pg: path.join(home, 'data'), keys: where.keys, spool: where.spool };
    for (const file of manifest.files) {
      const [root = '', ...rest] = file.path.split('/');
      const target = roots[root];
      if (target === undefined || rest.includes('..')) throw notABackup();
      const written = await copied(path.join(folder, file.path), path.join(target, ...rest)).catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') throw damaged();
        throw error;
      });
      if (written.sha256 !== file.sha256 || written.size !== file.size) throw damaged();
    }
    for (const own of [where.keys, where.spool]) {
      await mkdir(own, { recursive: true });
      await chmod(own, 0o700);
    }
    handOver(path.join(home, 'data'));
    return manifest;
  } catch (error) {
    for (const place of [home, where.pg, where.keys, where.spool]) await rm(place, { recursive: true, force: true });
    throw error;
  }
}

async function manifestOf(folder: string): Promise<Manifest> {
  const text = await readFile(path.join(folder, MANIFEST), 'utf8').catch(() => {
    throw notABackup();
  });
  const value = parsed(text) as Partial<Manifest> | undefined;
  if (value?.format !== FORMAT || !Array.isArray(value.files) || !Array.isArray(value.folders) || !Array.isArray(value.regions))
    throw notABackup();
  const { files, folders: inside } = value as Manifest;
  const names: readonly unknown[] = [...files.map((file) => file.path), ...inside];
  if (names.some((name) => typeof name !== 'string' || path.isAbsolute(name) || name.split('/').includes('..'))) throw notABackup();
  return value as Manifest;
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
const notABackup = (): Error => invalid('restore.not-a-backup', '', 'This folder is no backup, or one of another release.');
const damaged = (): Error =>
  refused('restore.damaged', 'A file of the backup is missing or differs from its manifest: nothing was restored.');
