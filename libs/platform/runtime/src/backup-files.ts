import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, readdir } from 'node:fs/promises';
import * as path from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** One file of a backup, as its manifest names it. */
export interface BackedUpFile {
  /** Relative, with forward slashes. */
  readonly path: string;
  readonly size: number;
  /** Hex SHA-256. */
  readonly sha256: string;
}

/** All plain files below a folder, relative and sorted; nothing when it is absent. */
export async function filesBelow(folder: string, skip: (relative: string) => boolean = () => false, inside = ''): Promise<string[]> {
  const entries = await readdir(path.join(folder, inside), { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  const found: string[] = [];
  for (const entry of entries) {
    const relative = inside === '' ? entry.name : `${inside}/${entry.name}`;
    if (skip(relative)) continue;
    if (entry.isDirectory()) found.push(...(await filesBelow(folder, skip, relative)));
    else if (entry.isFile()) found.push(relative);
  }
  return found.sort();
}

/** Copies a file to a place where none is yet, onto the medium, and says what was written. */
export async function copied(from: string, to: string): Promise<Omit<BackedUpFile, 'path'>> {
  await mkdir(path.dirname(to), { recursive: true, mode: 0o700 });
  const digest = createHash('sha256');
  let size = 0;
  const measure = new Transform({
    transform(chunk: Buffer, _, done) {
      digest.update(chunk);
      size += chunk.length;
      done(null, chunk);
    },
  });
  await pipeline(createReadStream(from), measure, createWriteStream(to, { flags: 'wx', mode: 0o600, flush: true }));
  return { size, sha256: digest.digest('hex') };
}

/** Digest of a file as it stands on the disk. */
export async function measured(file: string): Promise<Omit<BackedUpFile, 'path'>> {
  const digest = createHash('sha256');
  let size = 0;
  for await (const chunk of createReadStream(file) as AsyncIterable<Buffer>) {
    digest.update(chunk);
    size += chunk.length;
  }
  return { size, sha256: digest.digest('hex') };
}
