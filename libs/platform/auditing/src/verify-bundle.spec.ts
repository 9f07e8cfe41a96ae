import * as fc from 'fast-check';
import { newSigner, signCheckpoint } from '@platform/tlog';
import { bundleOf, checkpointOf, leavesOf, LOG, logKey } from '../test/a-trail';
import * as tampering from '../test/tamperings';
import type { Happening } from './trail-entry';
import { type BundleFault, verifyBundle } from './verify-bundle';

const { SIZE, KEPT, honest, leaves, bundle, outsideCheckpoint, brought, renumbered, without, permittedInstead } = tampering;

const faults = (bytes: Buffer, along: object = brought): Set<BundleFault> =>
  new Set(verifyBundle(bytes, along).findings.map(({ code }) => code));

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

describe('a bundle that somebody tampered with', () => {
  it.each(tampering.byAnybody)('is found out: %s', (_what, make, code) => {
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
  it.each(tampering.byTheOperatorClumsily)('is found out by its own contents: %s', (_what, make, code) => {
    const rewritten = bundleOf(make());
    expect(faults(rewritten, {})).toContain(code);
    expect(faults(rewritten)).not.toContain('checkpoint.false');
  });

  it.each(tampering.byTheOperatorSkilfully)('is found out only by a checkpoint kept outside: %s', (_what, make) => {
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

  it('of an empty log must have the root of one', () => {
    const root = checkpointOf(leaves, 1).root;
    const false0 = signCheckpoint({ origin: LOG, size: 0, root }, logKey);
    expect(faults(bundle, { ...brought, outsideCheckpoint: false0 })).toEqual(new Set(['outside.differs']));
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
