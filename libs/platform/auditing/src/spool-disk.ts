import { type FileHandle, mkdir, open, readdir, rmdir } from 'node:fs/promises';
import * as path from 'node:path';

/** One file being written. */
export interface SpoolFile {
  /** May take fewer bytes than offered, as a disk that is filling up does. @returns how many it took */
  write(bytes: Buffer): Promise<number>;
  /** Resolves when everything written is on the medium. */
  datasync(): Promise<void>;
  truncate(length: number): Promise<void>;
  close(): Promise<void>;
}

/** What the spool asks of a file system. Specs put failing ones in its place. */
export abstract class SpoolDisk {
  /** Makes a folder that nobody made before, and its parents where missing; durable when it resolves. @throws EEXIST */
  abstract claimFolder(folder: string): Promise<void>;
  /** As claimFolder, but the folder may exist. */
  abstract makeFolder(folder: string): Promise<void>;
  /** Creates a new file to append to; its name is durable when it resolves. @throws EEXIST */
  abstract create(file: string): Promise<SpoolFile>;
  /** Removes a folder in which nothing is; any other stays. */
  abstract removeEmpty(folder: string): Promise<void>;
  /** Names in a folder; none when it is absent. */
  abstract list(folder: string): Promise<string[]>;
}

export class NodeDisk extends SpoolDisk {
  async claimFolder(folder: string): Promise<void> {
    await this.makeFolder(path.dirname(folder));
    await mkdir(folder, { mode: 0o700 });
    await syncFolder(path.dirname(folder));
  }

  async makeFolder(folder: string): Promise<void> {
    const first = await mkdir(folder, { recursive: true, mode: 0o700 });
    // Each new folder's name stands in its parent.
    for (let made = folder; first !== undefined && made.length >= first.length; made = path.dirname(made))
      await syncFolder(path.dirname(made));
  }

  async create(file: string): Promise<SpoolFile> {
    const handle = await open(file, 'ax', 0o600);
    try {
      await handle.sync();
      await syncFolder(path.dirname(file));
      return asSpoolFile(handle);
    } catch (error) {
      await handle.close();
      throw error;
    }
  }

  async removeEmpty(folder: string): Promise<void> {
    await rmdir(folder).catch(() => undefined);
  }

  async list(folder: string): Promise<string[]> {
    try {
      return await readdir(folder);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
      throw error;
    }
  }
}

const asSpoolFile = (handle: FileHandle): SpoolFile => ({
  write: async (bytes) => (await handle.write(bytes)).bytesWritten,
  datasync: () => handle.datasync(),
  truncate: (length) => handle.truncate(length),
  close: () => handle.close(),
});

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
