import { canonicalBytes, newSigner, signCheckpoint } from '@platform/tlog';
import type { Happening, TrailEntry } from '../src/trail-entry';
import type { BundleFault } from '../src/verify-bundle';
import { bundleOf, checkpointOf, happenings, leavesOf, LOG, logKey } from './a-trail';
import { handleNo } from './bodies';

export const SIZE = 64;
export const KEPT = 40;
export const honest = happenings(SIZE);
export const leaves = leavesOf(honest);
export const bundle = bundleOf(leaves);
export const outsideCheckpoint = signCheckpoint(checkpointOf(leaves, KEPT), logKey);
export const brought = { vkey: logKey.vkey, outsideCheckpoint };

export const read = (leaf: Buffer | undefined): TrailEntry => JSON.parse(leaf?.toString() ?? '') as TrailEntry;
export const without = <T>(list: readonly T[], index: number): T[] => list.filter((_, n) => n !== index);
export const inserted = <T>(list: readonly T[], index: number, ...more: T[]): T[] => [
  ...list.slice(0, index),
  ...more,
  ...list.slice(index),
];
/** An entry changed and written down again in canonical form. */
export const edited = (index: number, change: (entry: TrailEntry) => object): Buffer[] =>
  leaves.with(index, canonicalBytes(change(read(leaves[index]))));
export const renumbered = (all: readonly Happening[]): Happening[] => {
  const seqs = new Map<string, number>();
  return all.map((one) => {
    const seq = (seqs.get(one.producer) ?? 0) + 1;
    seqs.set(one.producer, seq);
    return { ...one, seq };
  });
};
export const denied = honest.findIndex(({ body }) => body.effect === 'denied' && body.cases.length > 0 && !body.folded);
export const counter = honest.findIndex(({ body }) => body.folded);
export const permittedInstead = honest.with(denied, {
  ...honest[denied],
  body: { ...honest[denied]?.body, effect: 'permitted' },
} as Happening);

/** Each makes a bundle of the honest log that must not verify. The operator's key is not used: anybody with the file could do it. */
export const byAnybody: [string, () => Buffer, BundleFault][] = [
  [
    'a bit of an entry flipped',
    () => bundleWith(leaves.with(9, Buffer.from(leaves[9]?.map((byte, n) => (n === 30 ? byte ^ 1 : byte)) ?? []))),
    'checkpoint.root',
  ],
  [
    'a denial turned into a permission',
    () => bundleWith(edited(denied, (entry) => ({ ...entry, body: { ...entry.body, effect: 'permitted' } }))),
    'checkpoint.root',
  ],
  ['an entry deleted', () => bundleWith(without(leaves, 17)), 'checkpoint.size'],
  ['the last entry cut off', () => bundleWith(leaves.slice(0, -1)), 'checkpoint.size'],
  [
    'an entry inserted and the last one dropped',
    () => bundleWith(inserted(leaves, 17, leaves[3] as Buffer).slice(0, -1)),
    'checkpoint.root',
  ],
  ['an entry inserted', () => bundleWith(inserted(leaves, 17, leaves[3] as Buffer)), 'checkpoint.size'],
  ['two entries exchanged', () => bundleWith(leaves.with(10, leaves[11] as Buffer).with(11, leaves[10] as Buffer)), 'checkpoint.root'],
  ['an entry replaced by a copy of another', () => bundleWith(leaves.with(10, leaves[16] as Buffer)), 'checkpoint.root'],
  [
    'the number of a counter lowered',
    () => bundleWith(edited(counter, (entry) => ({ ...entry, body: { ...entry.body, folded: { ...entry.body.folded, count: 1 } } }))),
    'checkpoint.root',
  ],
  ['an older checkpoint put on the whole log', () => bundleOf(leaves, { checkpoint: outsideCheckpoint }), 'checkpoint.size'],
  ["a stranger's key under the log's name", () => bundleOf(leaves, { signer: newSigner(LOG) }), 'checkpoint.false'],
  [
    'the checkpoint of another region',
    () =>
      bundleOf(leaves, { checkpoint: signCheckpoint({ ...checkpointOf(leaves), origin: 'audit.toscana' }, newSigner('audit.toscana')) }),
    'checkpoint.false',
  ],
  [
    'the root in the checkpoint exchanged',
    () =>
      bundleOf(leaves, {
        checkpoint: signCheckpoint(checkpointOf(leaves), logKey).replace(
          checkpointOf(leaves).root.toString('base64'),
          checkpointOf(leaves, 3).root.toString('base64'),
        ),
      }),
    'checkpoint.false',
  ],
  ['another public key in the header', () => Buffer.from(bundle.toString().replace(logKey.vkey, newSigner(LOG).vkey)), 'key.mismatch'],
  [
    'the key of another log in the header',
    () => Buffer.from(bundle.toString().replace(`"log":"${LOG}"`, '"log":"audit.toscana"')),
    'key.mismatch',
  ],
  ['lines ended as Windows does', () => Buffer.from(bundle.toString().replaceAll('\n', '\r\n')), 'checkpoint.root'],
  ['an empty line at the end', () => Buffer.concat([bundle, Buffer.from('\n')]), 'bundle.line'],
  ['the header taken away', () => bundle.subarray(bundle.indexOf('\n') + 1), 'bundle.header'],
  ['everything taken away', () => Buffer.alloc(0), 'bundle.header'],
];
const bundleWith = (tampered: readonly Buffer[]): Buffer =>
  bundleOf(tampered, { checkpoint: signCheckpoint(checkpointOf(leaves), logKey) });

/** Nothing after it could betray a change. */
const lastOfACase = honest.findLastIndex(({ body }) => body.cases.length > 0);

/** Each rewrites the log and signs it anew with the log's own key: what the operator, or whoever stole the key, could do. */
export const byTheOperatorClumsily: [string, () => Buffer[], BundleFault][] = [
  ['deleting an entry', () => without(leaves, 50), 'entry.index'],
  [
    'deleting an entry and counting on',
    () => without(leaves, 50).map((leaf, index) => canonicalBytes({ ...read(leaf), index })),
    'producer.sequence',
  ],
  ['deleting the entry of a case and closing the other gaps', () => withoutRelinking(45), 'case.chain'],
  [
    'writing an entry with white space',
    () => leaves.with(50, Buffer.from(JSON.stringify(read(leaves[50]), null, 1).replaceAll('\n', ' '))),
    'entry.not-canonical',
  ],
  ['writing a key twice', () => leaves.with(50, Buffer.from(`{"v":1,${leaves[50]?.toString().slice(1)}`)), 'entry.not-canonical'],
  ['writing no JSON', () => leaves.with(50, Buffer.from('not an entry')), 'entry.not-canonical'],
  [
    'nesting an entry so deeply that it cannot be read',
    () => leaves.with(50, Buffer.from('['.repeat(200_000) + ']'.repeat(200_000))),
    'entry.not-canonical',
  ],
  ['writing an endless entry', () => leaves.with(50, Buffer.from(`"${'a'.repeat(1_100_000)}"`)), 'entry.too-long'],
  ['leaving a field out', () => edited(50, (entry) => ({ ...entry, body: { ...entry.body, purpose: undefined } })), 'entry.shape'],
  ['adding a field', () => edited(50, (entry) => ({ ...entry, remark: 'x' })), 'entry.shape'],
  ['inventing an effect', () => edited(50, (entry) => ({ ...entry, body: { ...entry.body, effect: 'forgotten' } })), 'entry.shape'],
  ['replaying an entry of another region', () => edited(50, (entry) => ({ ...entry, log: 'audit.toscana' })), 'entry.other-log'],
  [
    'moving an entry into another region',
    () => edited(50, (entry) => ({ ...entry, body: { ...entry.body, region: 'toscana' } })),
    'entry.other-log',
  ],
  ['taking a case out of an entry', () => edited(48, (entry) => ({ ...entry, body: { ...entry.body, cases: [] } })), 'case.chain'],
  [
    'taking a case out of an entry and its chain',
    () => edited(48, (entry) => ({ ...entry, body: { ...entry.body, cases: [] }, chain: [] })),
    'case.chain',
  ],
  [
    'renaming a case in one entry',
    () => leavesWhere(48, (entry) => ({ ...entry, chain: entry.chain.map((link) => ({ ...link, case: handleNo(999) })) })),
    'case.chain',
  ],
  [
    'counting a case wrongly',
    () => edited(lastOfACase, (entry) => ({ ...entry, chain: entry.chain.map((link) => ({ ...link, n: link.n + 1 })) })),
    'case.chain',
  ],
  [
    'linking a case to another entry',
    () => edited(48, (entry) => ({ ...entry, chain: entry.chain.map((link) => ({ ...link, prev: '0'.repeat(64) })) })),
    'case.chain',
  ],
  [
    'turning a stored event into a denial',
    () => edited(50, (entry) => ({ ...entry, body: { ...entry.body, effect: 'denied' } })),
    'event.mismatch',
  ],
  ['taking the event out of its entry', () => edited(50, (entry) => ({ ...entry, event: undefined })), 'event.mismatch'],
  ['giving an event to a spool', () => edited(50, (entry) => ({ ...entry, producer: 'cases.9', seq: 1 })), 'event.mismatch'],
  ['leaving out an event of a stream', () => leavesOf(renumbered(without(honest, 50))), 'event.sequence'],
];
/** The entry is gone, index and producer sequence are closed, chains are left as they were. */
const withoutRelinking = (gone: number): Buffer[] => {
  const numbered = renumbered(without(honest, gone));
  return without(leaves, gone).map((leaf, index) => canonicalBytes({ ...read(leaf), index, seq: numbered[index]?.seq }));
};
const leavesWhere = (index: number, change: (entry: TrailEntry) => object): Buffer[] => edited(index, change);

/** Each is a log that is faultless in itself: only a checkpoint kept outside can tell. */
export const byTheOperatorSkilfully: [string, () => Buffer[]][] = [
  ['an entry that never happened', () => leavesOf(renumbered(inserted(honest, 12, honest[9] as Happening)))],
  ['a reading taken out and everything linked anew', () => leavesOf(renumbered(without(honest, 12)))],
  ['a denial turned into a permission and everything linked anew', () => leavesOf(permittedInstead)],
  [
    'the time of an entry moved',
    () => leavesOf(honest.with(12, { ...honest[12], body: { ...honest[12]?.body, at: '2030-01-01T00:00:00.000Z' } } as Happening)),
  ],
  [
    'the beginning of the log replaced',
    () => leavesOf(renumbered([...honest.slice(0, 6), ...honest.slice(0, 6), ...honest.slice(9)].filter(({ event }) => !event))),
  ],
  ['the log begun anew', () => leavesOf(renumbered(honest.filter(({ event }) => !event)))],
];
