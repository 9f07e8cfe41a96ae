import { createHash } from 'node:crypto';
import { type Checkpoint, Frontier, leafHash, newSigner, signCheckpoint, type Signer } from '@platform/tlog';
import type { AuditBody } from '../src/recorder';
import { BUNDLE_FORMAT, bundleHeaderLine } from '../src/trail-bundle';
import { type ChainHead, type Happening, linkEntry } from '../src/trail-entry';
import { aBody, after, handleNo } from './bodies';

export const LOG = 'audit.umbria';
export const logKey = newSigner(LOG, Buffer.alloc(32, 1));

/** Happenings of three producers about a handful of cases: readings, denials, a counter, stored events. */
export function happenings(count: number): Happening[] {
  const seqs = new Map<string, number>();
  const next = (producer: string): number => {
    const seq = (seqs.get(producer) ?? 0) + 1;
    seqs.set(producer, seq);
    return seq;
  };
  return Array.from({ length: count }, (_, n): Happening => {
    const cases = n % 4 === 3 ? [] : [...new Set([handleNo(100 + (n % 5)), handleNo(100 + (n % 3))])];
    const body = aBody({ at: after(n), request: `request-${n}`, cases });
    if (n % 3 === 2) {
      const seq = next('cases@umbria');
      const sha256 = createHash('sha256').update(`event ${n}`).digest('hex');
      return {
        producer: 'cases@umbria',
        seq,
        body,
        event: {
          log: 'cases@umbria',
          stream: handleNo(200 + (seq % 2)),
          revision: Math.floor((seq - 1) / 2),
          type: 'NeedsRecorded',
          sha256,
        },
      };
    }
    const producer = n % 3 === 0 ? 'cases.1' : 'cases.2';
    const denied: Partial<AuditBody> =
      n % 7 === 0 ? { effect: 'denied', groups: [], ...(n === 21 ? { folded: { count: 12, since: after(20) } } : {}) } : {};
    return { producer, seq: next(producer), body: { ...body, ...denied } };
  });
}

/** The leaves of a log to which exactly these were appended. */
export function leavesOf(all: readonly Happening[], log = LOG): Buffer[] {
  const heads = new Map<string, ChainHead>();
  return all.map((happening, index) => linkEntry(log, index, happening, heads).bytes);
}

export function checkpointOf(leaves: readonly Buffer[], size = leaves.length, origin = LOG): Checkpoint {
  const tree = new Frontier();
  for (const leaf of leaves.slice(0, size)) tree.append(leafHash(leaf));
  return { origin, size, root: tree.root() };
}

/** A bundle as the log's operator would make it of any leaves: signed with the log's key unless told. */
export function bundleOf(
  leaves: readonly Buffer[],
  {
    signer = logKey,
    checkpoint = signCheckpoint(checkpointOf(leaves, leaves.length, signer.name), signer),
  }: { signer?: Signer; checkpoint?: string } = {},
): Buffer {
  const header = bundleHeaderLine({ format: BUNDLE_FORMAT, log: LOG, exported: after(9999), checkpoint, vkey: logKey.vkey });
  return Buffer.concat([Buffer.from(header), ...leaves.flatMap((leaf) => [leaf, Buffer.from('\n')])]);
}
