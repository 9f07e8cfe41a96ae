import { open, readdir, rm, rmdir } from 'node:fs/promises';
import * as path from 'node:path';
import { isRegion } from '@platform/kernel';
import { isSegment, segmentName } from './spool';
import { decodeFrame, framesBehind, type SpoolRecord } from './spool-frame';

/** Where a reader stands in the files of one producer and region: `offset` bytes into a file, after the entry `seq`. */
export interface SpoolPosition {
  readonly segment: number;
  readonly offset: number;
  readonly seq: number;
}
export const SPOOL_START: SpoolPosition = { segment: 1, offset: 0, seq: 0 };

/** Entries are there but cannot be read: a human has to look, nothing is skipped. */
export class SpoolDamaged extends Error {
  constructor(
    readonly producer: string,
    readonly at: SpoolPosition,
    why: string,
  ) {
    super(`spool of ${producer}, file ${at.segment}, byte ${at.offset}: ${why}`);
  }
}

export interface SpoolPage {
  readonly records: readonly SpoolRecord[];
  readonly next: SpoolPosition;
  /** The producer has said that nothing more will come. */
  readonly ended: boolean;
}

/** One producer's spool of one region, found below a root folder. */
export interface FoundSpool {
  readonly producer: string;
  readonly region: string;
  readonly folder: string;
}

/** Every spool below a root, in a stable order. */
export async function findSpools(root: string): Promise<FoundSpool[]> {
  const found: FoundSpool[] = [];
  for (const producer of (await names(root)).sort()) {
    const regions = (await names(path.join(root, producer))).filter(isRegion).sort();
    for (const region of regions) found.push({ producer, region, folder: path.join(root, producer, region) });
  }
  return found;
}

/**
 * Removes the spool of a producer that said it was done, once everything in it was taken. The latest run of a name stays, because the next
 * one is numbered after it: a number that came back would name two producers.
 */
export async function discardSpool(root: string, { producer, folder }: FoundSpool): Promise<void> {
  const [name = '', run = ''] = producer.split('.');
  const runs = (await names(root)).filter((entry) => entry.startsWith(`${name}.`)).map((entry) => Number(entry.slice(name.length + 1)));
  if (!runs.some((other) => other > Number(run))) return;
  await rm(folder, { recursive: true, force: true });
  // Other regions of the same producer may still be there.
  await rmdir(path.join(root, producer)).catch(() => undefined);
}

/** Reads what a producer wrote, also while it is still writing. An interrupted last write is the end for now; anything else wrong is damage. */
export class SpoolReader {
  constructor(
    private readonly folder: string,
    private readonly producer: string,
  ) {}

  /**
   * Up to `limit` entries after a position, in order; only what is on the medium. What stands before damage is handed out first.
   * @throws SpoolDamaged when the next frame is damaged, missing or another producer's
   */
  async readFrom(position: SpoolPosition, limit: number): Promise<SpoolPage> {
    const records: SpoolRecord[] = [];
    let at = position;
    for (;;) {
      const page = await this.#readFile(at, limit - records.length);
      records.push(...page.records);
      at = page.next;
      if (page.damage !== undefined && records.length === 0) throw new SpoolDamaged(this.producer, at, page.damage);
      if (page.damage !== undefined || page.later === undefined || records.length === limit)
        return { records, next: at, ended: page.ended };
      at = { segment: page.later, offset: 0, seq: at.seq };
    }
  }

  /** Deletes files that were read to their end before `position`. */
  async retire(position: SpoolPosition): Promise<void> {
    for (const segment of await this.#segments()) {
      if (segment < position.segment) await rm(path.join(this.folder, segmentName(segment)), { force: true });
    }
  }

  /** One file from a position on; `later` is the next file once this one is read to its end. */
  async #readFile(from: SpoolPosition, limit: number): Promise<SpoolPage & { later?: number; damage?: string }> {
    const records: SpoolRecord[] = [];
    // Listed before reading: only a file that had a successor by then is known to be complete.
    const segments = await this.#segments();
    const later = segments.find((segment) => segment > from.segment);
    const nothing = { records, next: from, ended: false };
    if (!segments.includes(from.segment))
      return from.offset > 0 ? { ...nothing, damage: 'the file is gone' } : { ...nothing, ...(later === undefined ? {} : { later }) };

    const bytes = await durableBytes(path.join(this.folder, segmentName(from.segment)), from.offset);
    let next = from;
    while (records.length < limit) {
      const read = decodeFrame(bytes, next.offset - from.offset);
      if (!read) break;
      const { frame } = read;
      if (frame.producer !== this.producer) return { records, next, ended: false, damage: 'another producer wrote it' };
      if ('last' in frame) {
        return frame.last === next.seq
          ? { records, next, ended: true }
          : { records, next, ended: false, damage: 'entries are missing at the end' };
      }
      if (frame.seq !== next.seq + 1) return { records, next, ended: false, damage: 'entries are missing' };
      records.push(frame);
      next = { segment: from.segment, offset: from.offset + read.next, seq: frame.seq };
    }
    if (records.length === limit) return { records, next, ended: false };
    const rest = next.offset - from.offset;
    const torn = rest < bytes.length;
    if (torn && (later !== undefined || framesBehind(bytes, rest))) return { records, next, ended: false, damage: 'a frame is damaged' };
    return { records, next, ended: false, ...(later === undefined ? {} : { later }) };
  }

  async #segments(): Promise<number[]> {
    return (await names(this.folder))
      .filter(isSegment)
      .map((name) => Number.parseInt(name, 10))
      .sort((a, b) => a - b);
  }
}

/**
 * The bytes from `offset` on that are certain to survive: the length is taken first, then the file is synced, then read. What a writer has
 * handed to the kernel but not yet synced would otherwise be read, and could be gone after a power cut.
 */
async function durableBytes(file: string, offset: number): Promise<Buffer> {
  const handle = await open(file, 'r');
  try {
    const { size } = await handle.stat();
    if (size <= offset) return Buffer.alloc(0);
    await handle.datasync();
    const bytes = Buffer.alloc(size - offset);
    const { bytesRead } = await handle.read(bytes, 0, bytes.length, offset);
    return bytes.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

async function names(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
