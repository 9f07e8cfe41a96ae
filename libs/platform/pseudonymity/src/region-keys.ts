import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { access, chmod, link, mkdir, open, readdir, readFile, rm, stat } from 'node:fs/promises';
import * as path from 'node:path';
import { isRegion } from '@platform/kernel';
import { backupOfKeys, keysOfBackup } from './key-backup';

const LENGTH = 32;

/** Where the keys of regions are kept: a folder when embedded, a hardware or key service elsewhere. */
export abstract class RegionKeys {
  /** The 32-byte key of a region, or undefined when there is none. */
  abstract find(region: string): Promise<Buffer | undefined>;
  /** Makes the key unless another process has just made it; answers the one that counts. */
  abstract create(region: string): Promise<Buffer>;
}

/** Takes keys out of the house, under a passphrase. Where keys lie with others, they are kept safe there. */
export abstract class KeyEscrow {
  /** All keys in one file, sealed under a passphrase of at least 12 characters. Kept apart from the data it opens. */
  abstract exportKeys(passphrase: string): Promise<Buffer>;
  /** Regions whose keys such a file holds; nothing is put anywhere. */
  abstract regionsIn(backup: Buffer, passphrase: string): Promise<string[]>;
}

/** `<folder>/<region>.key`, 32 random bytes that only the process's own user may read. The folder holds nothing else. */
export class FileRegionKeys extends RegionKeys implements KeyEscrow {
  constructor(private readonly folder: string) {
    super();
  }

  /** @throws Error when the file is not 32 bytes long, or may be read by others. */
  async find(region: string): Promise<Buffer | undefined> {
    const file = this.#file(region);
    if (!(await exists(file))) return undefined;
    // Windows has no such modes; there the folder's own access list has to do it.
    if (process.platform !== 'win32' && ((await stat(file)).mode & 0o077) !== 0)
      throw new Error(`the key of region ${region} may be read by other users: give it mode 0600`);
    const key = await readFile(file);
    if (key.length !== LENGTH) throw new Error(`the key of region ${region} is damaged: it is not ${LENGTH} bytes long`);
    return key;
  }

  async create(region: string): Promise<Buffer> {
    await this.#write(region, randomBytes(LENGTH));
    const key = await this.find(region);
    if (!key) throw new Error(`the key of region ${region} vanished while it was made`);
    return key;
  }

  async regions(): Promise<string[]> {
    const names = (await exists(this.folder)) ? await readdir(this.folder) : [];
    return names
      .filter((name) => name.endsWith('.key') && isRegion(name.slice(0, -4)))
      .map((name) => name.slice(0, -4))
      .sort();
  }

  /** All keys in one file, sealed under a passphrase of at least 12 characters. Kept apart from the data it opens. */
  async exportKeys(passphrase: string): Promise<Buffer> {
    const keys = new Map<string, Buffer>();
    for (const region of await this.regions()) {
      const key = await this.find(region);
      if (key) keys.set(region, key);
    }
    return backupOfKeys(keys, passphrase);
  }

  async regionsIn(backup: Buffer, passphrase: string): Promise<string[]> {
    return [...(await keysOfBackup(backup, passphrase, (region) => this.find(region))).keys()].sort();
  }

  /**
   * Puts keys back; answers the regions the file held. Nothing is written when one of them differs from a key that is in use here.
   * @throws DomainError `key-backup.not-a-backup`, `key-backup.wrong-passphrase` (400), `key-backup.other-key` (409)
   */
  async importKeys(backup: Buffer, passphrase: string): Promise<string[]> {
    const keys = await keysOfBackup(backup, passphrase, (region) => this.find(region));
    for (const [region, key] of keys) await this.#write(region, key);
    return [...keys.keys()];
  }

  /** Written beside and linked in: a half-written key never carries the name, and an existing one is never replaced. */
  async #write(region: string, key: Buffer): Promise<void> {
    const file = this.#file(region);
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    const beside = `${file}.${randomBytes(6).toString('hex')}`;
    const handle = await open(beside, 'wx', 0o600);
    try {
      await handle.writeFile(key);
      await handle.sync();
    } finally {
      await handle.close();
    }
    try {
      await chmod(beside, 0o600);
      await link(beside, file);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    } finally {
      await rm(beside, { force: true });
    }
    await syncFolder(this.folder);
  }

  #file(region: string): string {
    if (!isRegion(region)) throw new Error('not a region code');
    return path.join(this.folder, `${region}.key`);
  }
}

const exists = (file: string): Promise<boolean> =>
  access(file, constants.F_OK).then(
    () => true,
    () => false,
  );

/** The name itself has to survive a power cut too; Windows cannot open folders and does not need it. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  await handle.sync().finally(() => handle.close());
}
