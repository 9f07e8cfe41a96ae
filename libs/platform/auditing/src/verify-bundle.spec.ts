import * as fc from 'fast-check';
import { canonicalBytes, newSigner, signCheckpoint } from '@platform/tlog';
import { bundleOf, checkpointOf, happenings, leavesOf, LOG, logKey } from '../test/a-trail';
import { handleNo } from '../test/bodies';
import type { Happening, TrailEntry } from './trail-entry';
import { type BundleFault, verifyBundle } from './verify-bundle';

const SIZE = 64;
const KEPT = 40;
const honest = happenings(SIZE);
const leaves = leavesOf(honest);
const bundle = bundleOf(leaves);
const outsideCheckpoint = signCheckpoint(checkpointOf(leaves, KEPT), logKey);
const brought = { vkey: logKey.vkey, outsideCheckpoint };

const faults = (bytes: Buffer, along: object = brought): Set<BundleFault> =>
  new Set(verifyBundle(bytes, along).findings.map(({ code }) => code));
const read = (leaf: Buffer | undefined): TrailEntry => JSON.parse(leaf?.toString() ?? '') as TrailEntry;
const without = <T>(list: readonly T[], index: number): T[] => list.filter((_, n) => n !== index);
const inserted = <T>(list: readonly T[], index: number, ...more: T[]): T[] => [...list.slice(0, index), ...more, ...list.slice(index)];
/** An entry changed and written down again in canonical form. */
const edited = (index: number, change: (entry: TrailEntry) => object): Buffer[] =>
  leaves.with(index, canonicalBytes(change(read(leaves[index]))));
const renumbered = (all: readonly Happening[]): Happening[] => {
  const seqs = new Map<string, number>();
  return all.map((one) => {
    const seq = (seqs.get(one.producer) ?? 0) + 1;
    seqs.set(one.producer, seq);
    return { ...one, seq };
  });
};
const denied = honest.findIndex(({ body }) => body.effect === 'denied' && body.cases.length > 0 && !body.folded);
const counter = honest.findIndex(({ body }) => body.folded);
const permittedInstead = honest.with(denied, { ...honest[denied], body: { ...honest[denied]?.body, effect: 'permitted' } } as Happening);

describe('an honest bundle', () => {
  it('verifies, and says what it does not prove', () => {
    expect(verifyBundle(bundle, brought)).toMatchObject({
      ok: true,
      log: LOG,
      entries: SIZE,
      producers: 3,
      outside: KEPT,
      findings: [],
      unproven: ['after-outside-checkpoint', 'single-operator'],
    });
    expect(verifyBundle(bundle).unproven).toEqual(['no-outside-checkpoint', 'key-from-bundle', 'single-operator']);
  });

  it('verifies at every size, against every checkpoint it ever had', () => {
    for (let size = 0; size <= SIZE; size++) {
      const some = bundleOf(leaves.slice(0, size));
      for (const kept of [0, 1, Math.floor(size / 2), size]) {
        if (kept > size) continue;
        const outside = signCheckpoint(checkpointOf(leaves, kept), logKey);
        expect(verifyBundle(some, { vkey: logKey.vkey, outsideCheckpoint: outside }).findings).toEqual([]);
      }
    }
  });

  it("verifies with signatures of others below the log's own", () => {
    const cosigned =
      signCheckpoint(checkpointOf(leaves), logKey) +
      signCheckpoint({ ...checkpointOf(leaves), origin: 'w' }, newSigner('w')).split('\n\n')[1];
    expect(verifyBundle(bundleOf(leaves, { checkpoint: cosigned }), brought).ok).toBe(true);
  });

  it('verifies for logs of any make-up', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(SIZE - 1), { maxLength: 80 }), fc.nat(80), (picks, kept) => {
        const some = leavesOf(
          renumbered(picks.map((n) => honest[n] as Happening)).map(({ producer, seq, body }) => ({
            seq,
            body,
            producer: producer.replace('@', '.'),
          })),
        );
        const outside = signCheckpoint(checkpointOf(some, Math.min(kept, some.length)), logKey);
        expect(verifyBundle(bundleOf(some), { outsideCheckpoint: outside }).findings).toEqual([]);
      }),
      { seed: 5, numRuns: 60 },
    );
  });
});

/** Each makes a bundle of the honest log that must not verify. The operator's key is not used: anybody with the file could do it. */
const byAnybody: [string, () => Buffer, BundleFault][] = [
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

/** Each rewrites the log and signs it anew with the log's own key: what the operator, or whoever stole the key, could do. */
const byTheOperatorClumsily: [string, () => Buffer[], BundleFault][] = [
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
const byTheOperatorSkilfully: [string, () => Buffer[]][] = [
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

describe('a bundle that somebody tampered with', () => {
  it.each(byAnybody)('is found out: %s', (_what, make, code) => {
    expect(faults(make())).toContain(code);
    expect(faults(bundle)).toEqual(new Set()); // the honest control
  });

  it('is found out by any flipped bit of its header and entries, unless only the remark about the export was touched', () => {
    const short = bundleOf(leaves.slice(0, 4));
    const along = { vkey: logKey.vkey };
    expect(verifyBundle(short, along).ok).toBe(true);
    const remark = [short.indexOf('"exported"'), short.indexOf('"format"')] as const;
    for (let bit = 0; bit < short.length * 8; bit += 9) {
      const at = bit >> 3;
      if (at > remark[0] && at < remark[1]) continue;
      const copy = Buffer.from(short);
      copy[at] = (copy[at] ?? 0) ^ (1 << (bit & 7));
      if (verifyBundle(copy, along).ok) throw new Error(`bit ${bit} may be flipped`);
    }
  });
});

describe('a log that its operator rewrote and signed again', () => {
  it.each(byTheOperatorClumsily)('is found out by its own contents: %s', (_what, make, code) => {
    const rewritten = bundleOf(make());
    expect(faults(rewritten, {})).toContain(code);
    expect(faults(rewritten)).not.toContain('checkpoint.false');
  });

  it.each(byTheOperatorSkilfully)('is found out only by a checkpoint kept outside: %s', (_what, make) => {
    const rewritten = bundleOf(make());
    const alone = verifyBundle(rewritten, { vkey: logKey.vkey });
    expect(alone).toMatchObject({ ok: true, findings: [] });
    expect(alone.unproven).toContain('no-outside-checkpoint');
    expect([...faults(rewritten)].some((code) => code === 'outside.differs' || code === 'outside.larger')).toBe(true);
  });

  it('names the first entry that does not fit', () => {
    const { findings } = verifyBundle(bundleOf(without(leaves, 50)), brought);
    expect(findings[0]?.index).toBe(50);
  });
});

describe('a checkpoint kept outside', () => {
  it('of the same size must have the same root', () => {
    const same = signCheckpoint(checkpointOf(leaves), logKey);
    expect(verifyBundle(bundle, { ...brought, outsideCheckpoint: same })).toMatchObject({ ok: true, unproven: ['single-operator'] });
    const other = bundleOf(leavesOf(permittedInstead));
    expect(faults(other, { ...brought, outsideCheckpoint: same })).toEqual(new Set(['outside.differs']));
  });

  it('larger than the bundle means that entries were taken away', () => {
    const larger = signCheckpoint(checkpointOf(leaves), logKey);
    expect(faults(bundleOf(leaves.slice(0, 60)), { ...brought, outsideCheckpoint: larger })).toEqual(new Set(['outside.larger']));
  });

  it.each([
    ['that is no checkpoint', 'nonsense'],
    ['that somebody else signed', signCheckpoint(checkpointOf(leaves, KEPT), newSigner(LOG))],
    ['of another region', signCheckpoint({ ...checkpointOf(leaves, KEPT), origin: 'audit.toscana' }, newSigner('audit.toscana'))],
    ['with another size written in', outsideCheckpoint.replace('40', '41')],
  ])('%s is not believed, and not passed over', (_what, outside) => {
    expect(faults(bundle, { ...brought, outsideCheckpoint: outside })).toEqual(new Set(['outside.false']));
  });

  it("is compared under the key that was brought along, never the bundle's", () => {
    const forger = newSigner(LOG);
    const forged = Buffer.from(bundleOf(leavesOf(permittedInstead), { signer: forger }).toString().replace(logKey.vkey, forger.vkey));
    expect(verifyBundle(forged, {}).ok).toBe(true);
    expect(verifyBundle(forged, {}).unproven).toContain('key-from-bundle');
    expect(faults(forged)).toEqual(new Set(['key.mismatch', 'checkpoint.false', 'outside.differs']));
  });

  it('cannot be used with a key that is none', () => {
    expect(faults(bundle, { ...brought, vkey: 'audit.umbria' })).toEqual(new Set(['key.unusable']));
  });
});
