import { crc32 } from 'node:zlib';
import { canonicalBytes, canonicalJson } from '@platform/tlog';
import type { AuditBody } from './recorder';

/** One spooled entry: `seq` counts from 1 within producer and region. */
export interface SpoolRecord {
  readonly producer: string;
  readonly seq: number;
  readonly body: AuditBody;
}

/** What a frame holds: an entry, or the producer's word that it wrote `last` entries and no more will come. */
export type Frame = SpoolRecord | { readonly producer: string; readonly last: number };

/** Length and checksum, both unsigned 32-bit little endian, then canonical JSON. */
const HEADER = 8;
/** More than any entry: a length beyond it is damage, not a record. */
export const MAX_PAYLOAD = 64 * 1024;

/** @returns header and payload as they stand in the file */
export function encodeFrame(frame: Frame): Buffer {
  return framed(canonicalBytes(frame));
}

/** The frame of an entry whose body is canonical already. */
export const encodeEntry = (producer: string, seq: number, body: string): Buffer =>
  framed(Buffer.from(`{"body":${body},"producer":${canonicalJson(producer)},"seq":${seq}}`, 'utf8'));

function framed(payload: Buffer): Buffer {
  const header = Buffer.allocUnsafe(HEADER);
  header.writeUInt32LE(payload.length, 0);
  header.writeUInt32LE(crc32(payload), 4);
  return Buffer.concat([header, payload]);
}

/**
 * Reads the frame at `offset`.
 * @returns the frame and where the next begins, or undefined when there is no whole, undamaged frame there
 */
export function decodeFrame(bytes: Buffer, offset: number): { frame: Frame; next: number } | undefined {
  if (offset + HEADER > bytes.length) return undefined;
  const length = bytes.readUInt32LE(offset);
  const next = offset + HEADER + length;
  if (length === 0 || length > MAX_PAYLOAD || next > bytes.length) return undefined;
  const payload = bytes.subarray(offset + HEADER, next);
  if (crc32(payload) !== bytes.readUInt32LE(offset + 4)) return undefined;
  return { frame: JSON.parse(payload.toString('utf8')) as Frame, next };
}

/** Every payload begins with one of these, keys being sorted. */
const BEGINNINGS = ['{"body":', '{"last":'].map((text) => Buffer.from(text));

/** Is there a whole frame anywhere behind `offset`? Then what stands at `offset` is damage in the middle, not an interrupted write at the end. */
export function framesBehind(bytes: Buffer, offset: number): boolean {
  return BEGINNINGS.some((beginning) => {
    for (let at = bytes.indexOf(beginning, offset + 1); at >= 0; at = bytes.indexOf(beginning, at + 1)) {
      if (at - HEADER > offset && decodeFrame(bytes, at - HEADER)) return true;
    }
    return false;
  });
}
