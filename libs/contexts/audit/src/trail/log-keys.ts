import { link, mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import * as path from 'node:path';
import { auditLog } from '@platform/auditing';
import { type Checkpoint, newSigner, openCheckpoint, parseSkey, type Signer } from '@platform/tlog';

/** The log in the database is not the one this key signed before: it was rolled back, rewritten or exchanged. Nothing is signed. */
export class LogRewritten extends Error {
  constructor(
    readonly region: string,
    /** e.g. `log.key-missing`: for the log line. */
    readonly code: string,
    why: string,
  ) {
    super(`audit log of ${region}: ${why}`);
  }
}

/** A region's signing key, and the last checkpoint it signed, in files beside the database and not in it. */
export class LogKey {
  private constructor(
    readonly signer: Signer,
    private readonly headFile: string,
  ) {}

  /**
   * @param folder for keys, e.g. `<data>/keys`
   * @param vkey under which the log was begun; absent when it has not been. A key is made only for a log that never had one.
   * @throws LogRewritten when the key file is missing or another key's
   */
  static async open(folder: string, region: string, vkey: string | undefined): Promise<LogKey> {
    const file = path.join(folder, `audit-${region}.key`);
    let secret = await textOf(file);
    if (secret === undefined) {
      if (vkey !== undefined)
        throw new LogRewritten(region, 'log.key-missing', `its key ${file} is missing: restore it from the key backup`);
      await mkdir(folder, { recursive: true, mode: 0o700 });
      await writeOnce(file, `${newSigner(auditLog(region)).skey}\n`);
      secret = await textOf(file);
    }
    const signer = parseSkey((secret ?? '').trim());
    if (signer.name !== auditLog(region) || (vkey !== undefined && signer.vkey !== vkey)) {
      throw new LogRewritten(region, 'log.key-exchanged', `${file} is not the key it was begun with`);
    }
    return new LogKey(signer, path.join(folder, `audit-${region}.head`));
  }

  /** The last checkpoint signed with this key, read anew each time: another process may have signed. @throws NotANote when the file was altered */
  async head(): Promise<Checkpoint | undefined> {
    const note = await textOf(this.headFile);
    return note === undefined ? undefined : openCheckpoint(note, this.signer);
  }

  /** Remembers what is about to be published: from then on only what continues it is signed. Durable when it resolves. */
  async keep(note: string): Promise<void> {
    const fresh = `${this.headFile}.new`;
    await write(fresh, note, 'w');
    await rename(fresh, this.headFile);
    await syncFolder(path.dirname(this.headFile));
  }
}

async function textOf(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Complete under another name first and then linked: two processes that start together end with the same key. */
async function writeOnce(file: string, text: string): Promise<void> {
  const fresh = `${file}.${process.pid}`;
  await write(fresh, text, 'w');
  try {
    await link(fresh, file);
    await syncFolder(path.dirname(file));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    await rm(fresh, { force: true });
  }
}

async function write(file: string, text: string, flags: string): Promise<void> {
  const handle = await open(file, flags, 0o600);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
