import { createHash } from 'node:crypto';
import * as path from 'node:path';
import { DomainError } from '@platform/kernel';
import { canonicalJson } from '@platform/tlog';
import type { AuditBody, AuditReceipt } from './recorder';
import { encodeEntry, encodeFrame } from './spool-frame';
import type { SpoolDisk, SpoolFile } from './spool-disk';

export interface SpoolLimits {
  /** Entries that may wait for the disk at once. */
  readonly queue: number;
  /** A new file is begun once the current one is this long, bytes. */
  readonly segment: number;
  /** Files that may wait for the sequencer; a full spool takes nothing more until some are retired. */
  readonly segments: number;
}
export const SPOOL_LIMITS: SpoolLimits = { queue: 2_000, segment: 8 * 1024 * 1024, segments: 32 };

/** `open` takes entries, `full` is out of space and tries again, `dead` is past trusting until the process is started anew. */
export type SpoolState = 'open' | 'full' | 'dead';

interface Waiting {
  readonly body: AuditBody;
  readonly text: string;
  readonly resolve: (receipt: AuditReceipt) => void;
  readonly reject: (error: Error) => void;
}

/** Leaves room for the chain links that the sequencer adds: a leaf may have 65,535 bytes. */
const MAX_BODY = 32 * 1024;
const SEGMENT = /^\d{6}\.spool$/;
export const segmentName = (n: number): string => `${String(n).padStart(6, '0')}.spool`;
export const isSegment = (name: string): boolean => SEGMENT.test(name);

/** Nothing can be put on record: then nothing may be shown. */
export const auditUnavailable = (why: string): DomainError =>
  new DomainError('audit.unavailable', 'unavailable', `The audit trail cannot take entries: ${why}.`, [], 5);

/**
 * Append-only files of one producer and region. Entries that arrive while the disk is busy share the next fdatasync (group commit);
 * a receipt is given only for bytes on the medium. After a failed sync nobody knows what the disk holds, so the spool stays dead.
 */
export class Spool {
  #queue: Waiting[] = [];
  #writing: Promise<void> | undefined;
  #file: SpoolFile | undefined;
  #segment = 0;
  /** Length of the current file up to the last whole frame. */
  #length = 0;
  #seq = 0;
  #state: SpoolState = 'open';
  #closed = false;

  /** @param folder a new folder that belongs to this producer alone */
  constructor(
    private readonly disk: SpoolDisk,
    private readonly folder: string,
    readonly producer: string,
    private readonly limits: SpoolLimits = SPOOL_LIMITS,
  ) {}

  get state(): SpoolState {
    return this.#state;
  }
  get waiting(): number {
    return this.#queue.length;
  }
  /** Entries on disk. */
  get written(): number {
    return this.#seq;
  }

  /** @throws DomainError `audit.unavailable` (503); `audit.entry-too-large` (413) */
  append(body: AuditBody): Promise<AuditReceipt> {
    if (this.#closed) return Promise.reject(auditUnavailable('it is being closed'));
    if (this.#state === 'dead') return Promise.reject(auditUnavailable('its disk failed'));
    if (this.#queue.length >= this.limits.queue) return Promise.reject(auditUnavailable('too many entries wait for the disk'));
    const text = canonicalJson(body);
    if (Buffer.byteLength(text) > MAX_BODY) {
      return Promise.reject(new DomainError('audit.entry-too-large', 'too-large', 'Ask for fewer records at once.'));
    }
    return new Promise((resolve, reject) => {
      this.#queue.push({ body, text, resolve, reject });
      this.#writing ??= this.#drain();
    });
  }

  /** Writes what waits, then a last frame that says how many entries there are, so that a lost end is noticed. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#writing;
    if (!this.#file) return;
    if (this.#state === 'open') {
      const last = this.#seq;
      await this.#put([encodeFrame({ producer: this.producer, last })])
        .then(() => this.#file?.datasync())
        .catch(() => undefined); // every entry is safe already: only this remark is lost
      this.#seq = last;
    }
    await this.#file.close();
    this.#file = undefined;
  }

  async #drain(): Promise<void> {
    // One turn of the event loop: what arrives together goes to disk together.
    await new Promise((next) => setImmediate(next));
    while (this.#queue.length > 0) {
      const batch = this.#queue;
      this.#queue = [];
      await this.#commit(batch);
    }
    this.#writing = undefined;
  }

  async #commit(batch: readonly Waiting[]): Promise<void> {
    const first = this.#seq + 1;
    const frames = batch.map(({ text }, n) => encodeEntry(this.producer, first + n, text));
    try {
      await this.#roomy();
      await this.#put(frames);
    } catch {
      if (this.#state !== 'dead') this.#state = 'full';
      return this.#refuse(batch, this.#state === 'dead' ? 'its disk failed' : 'its disk is full');
    }
    try {
      await this.#file?.datasync();
    } catch {
      this.#state = 'dead';
      return this.#refuse(batch, 'its disk failed');
    }
    this.#state = 'open';
    batch.forEach(({ body, text, resolve }, n) =>
      resolve({ producer: this.producer, seq: first + n, sha256: createHash('sha256').update(text).digest('hex'), body }),
    );
  }

  #refuse(batch: readonly Waiting[], why: string): void {
    const all = this.#state === 'dead' ? [...batch, ...this.#queue.splice(0)] : batch;
    for (const { reject } of all) reject(auditUnavailable(why));
  }

  /** Begins the first or the next file where one is needed. */
  async #roomy(): Promise<void> {
    if (this.#file && this.#length < this.limits.segment) return;
    if ((await this.disk.list(this.folder)).filter(isSegment).length >= this.limits.segments) throw new Error('full');
    // The number is used up even if the file cannot be made: a half-made one is never written to.
    const next = await this.disk.create(path.join(this.folder, segmentName(++this.#segment)));
    await this.#file?.close();
    this.#file = next;
    this.#length = 0;
  }

  /**
   * Writes whole frames. When the disk takes no more, what is whole stays (a reader may have seen it; nobody was given a receipt)
   * and the torn rest is cut off; if even that fails the spool is dead.
   */
  async #put(frames: readonly Buffer[]): Promise<void> {
    const file = this.#file as SpoolFile;
    const bytes = Buffer.concat(frames);
    let done = 0;
    try {
      while (done < bytes.length) {
        const taken = await file.write(bytes.subarray(done));
        if (taken <= 0) throw new Error('the disk took nothing');
        done += taken;
      }
    } catch (error) {
      this.#count(frames, done);
      await file.truncate(this.#length).catch(() => (this.#state = 'dead'));
      throw error;
    }
    this.#count(frames, done);
  }

  #count(frames: readonly Buffer[], written: number): void {
    let end = 0;
    for (const frame of frames) {
      end += frame.length;
      if (end > written) return;
      this.#length += frame.length;
      this.#seq++;
    }
  }
}
