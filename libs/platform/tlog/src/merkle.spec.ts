import * as fc from 'fast-check';
import { consistencyRanges, hashRanges, inclusionRanges, nodesOf, type Range, rootRange } from './merkle-proofs';
import { EMPTY_ROOT, Frontier, leafHash, nodeHash, type NodeRef, perfectSubtrees } from './merkle-tree';
import { verifyConsistency, verifyInclusion } from './merkle-verify';

/** RFC 6962 §2.1, word for word: the oracle. */
function naiveRoot(leaves: readonly Buffer[]): Buffer {
  if (leaves.length === 0) return EMPTY_ROOT;
  if (leaves.length === 1) return leaves[0] as Buffer;
  let split = 1;
  while (split * 2 < leaves.length) split *= 2;
  return nodeHash(naiveRoot(leaves.slice(0, split)), naiveRoot(leaves.slice(split)));
}
function naivePath(m: number, leaves: readonly Buffer[]): Buffer[] {
  if (leaves.length === 1) return [];
  let split = 1;
  while (split * 2 < leaves.length) split *= 2;
  const [left, right] = [leaves.slice(0, split), leaves.slice(split)];
  return m < split ? [...naivePath(m, left), naiveRoot(right)] : [...naivePath(m - split, right), naiveRoot(left)];
}
function naiveConsistency(m: number, leaves: readonly Buffer[], whole = true): Buffer[] {
  if (m === leaves.length) return whole ? [] : [naiveRoot(leaves)];
  let split = 1;
  while (split * 2 < leaves.length) split *= 2;
  const [left, right] = [leaves.slice(0, split), leaves.slice(split)];
  return m <= split
    ? [...naiveConsistency(m, left, whole), naiveRoot(right)]
    : [...naiveConsistency(m - split, right, false), naiveRoot(left)];
}

/** A tree as the product keeps one: a frontier, and complete subtrees by place. */
class StoredTree {
  readonly frontier = new Frontier();
  readonly roots: Buffer[] = [EMPTY_ROOT];
  readonly #nodes = new Map<string, Buffer>();

  append(leaf: Buffer): void {
    for (const { level, index, hash } of this.frontier.append(leaf)) this.#nodes.set(`${level}/${index}`, hash);
    this.roots.push(this.frontier.root());
  }
  readonly lookup = ({ level, index }: NodeRef): Buffer => {
    const found = this.#nodes.get(`${level}/${index}`);
    if (!found) throw new Error(`no node ${level}/${index}`);
    return found;
  };
  hashes = (ranges: readonly Range[]): Buffer[] => hashRanges(ranges, this.lookup);
  root = (size: number): Buffer => this.roots[size] as Buffer;
}

/** Compares by hand: jest's comparison of thousands of buffers takes longer than all the hashing. */
function same(found: readonly Buffer[], wanted: readonly Buffer[]): void {
  const [a, b] = [found, wanted].map((hashes) => hashes.map((hash) => hash.toString('hex')).join(' '));
  if (a !== b) throw new Error(`${a} is not ${b}`);
}
/** As expect(…).toBe(…), for the inside of large loops. */
function holds(found: boolean, wanted: boolean): void {
  if (found !== wanted) throw new Error(`${String(found)} where ${String(wanted)} was expected`);
}

const leafOf = (n: number): Buffer => leafHash(Buffer.from(`entry ${n}`));
const treeOf = (size: number): StoredTree => {
  const tree = new StoredTree();
  for (let n = 0; n < size; n++) tree.append(leafOf(n));
  return tree;
};
const flipped = (bytes: Buffer, bit: number): Buffer => {
  const copy = Buffer.from(bytes);
  copy[bit >> 3] = (copy[bit >> 3] ?? 0) ^ (1 << (bit & 7));
  return copy;
};

describe('a Merkle tree', () => {
  it('has the roots of the reference tree of eight leaves that log implementations share', () => {
    const leaves = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'];
    const tree = new StoredTree();
    for (const leaf of leaves) tree.append(leafHash(Buffer.from(leaf, 'hex')));
    expect(tree.roots.map((root) => root.toString('hex'))).toEqual([
      'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
      '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
      'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
      'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
      'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
      '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
      '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
      'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
      '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
    ]);
  });

  it('agrees with the recursion of the RFC in every root and every proof up to 64 leaves', () => {
    const tree = treeOf(64);
    const leaves = Array.from({ length: 64 }, (_, n) => leafOf(n));
    for (let size = 0; size <= 64; size++) {
      const some = leaves.slice(0, size);
      same([tree.root(size)], [naiveRoot(some)]);
      same(tree.hashes([rootRange(size)]), [naiveRoot(some)]);
      for (let m = 0; m < size; m++) {
        const path = tree.hashes(inclusionRanges(m, size));
        same(path, naivePath(m, some));
        holds(verifyInclusion(m, size, leafOf(m), path, tree.root(size)), true);
      }
      for (let m = 1; m <= size; m++) {
        const proof = tree.hashes(consistencyRanges(m, size));
        same(proof, naiveConsistency(m, some));
        holds(verifyConsistency(m, size, proof, tree.root(m), tree.root(size)), true);
      }
    }
  });

  it('is continued from its edge as if it had never been put down', () => {
    const whole = treeOf(130);
    for (let size = 0; size < 130; size += 1) {
      const hashes = perfectSubtrees(0, size).map(whole.lookup);
      const resumed = Frontier.of(size, hashes);
      expect(resumed.root()).toEqual(whole.root(size));
      resumed.append(leafOf(size));
      expect(resumed.root()).toEqual(whole.root(size + 1));
    }
    expect(() => Frontier.of(3, [leafOf(0)])).toThrow(RangeError);
    expect(() => Frontier.of(1, [Buffer.alloc(31)])).toThrow(RangeError);
  });

  it('proves nothing that is not so, whichever bit of a proof, leaf or root is flipped', () => {
    const tree = treeOf(61);
    for (const [m, size] of [
      [0, 1],
      [0, 2],
      [5, 8],
      [6, 7],
      [36, 61],
      [60, 61],
      [32, 61],
      [31, 32],
    ] as const) {
      const path = tree.hashes(inclusionRanges(m, size));
      const root = tree.root(size);
      for (let bit = 0; bit < 256; bit += 5) {
        holds(verifyInclusion(m, size, flipped(leafOf(m), bit), path, root), false);
        holds(verifyInclusion(m, size, leafOf(m), path, flipped(root, bit)), false);
        path.forEach((step, n) => holds(verifyInclusion(m, size, leafOf(m), path.with(n, flipped(step, bit)), root), false));
      }
    }
    for (const [m, size] of [
      [1, 2],
      [4, 7],
      [6, 8],
      [36, 61],
      [32, 61],
      [60, 61],
    ] as const) {
      const proof = tree.hashes(consistencyRanges(m, size));
      const [before, after] = [tree.root(m), tree.root(size)];
      for (let bit = 0; bit < 256; bit += 5) {
        holds(verifyConsistency(m, size, proof, flipped(before, bit), after), false);
        holds(verifyConsistency(m, size, proof, before, flipped(after, bit)), false);
        proof.forEach((step, n) => holds(verifyConsistency(m, size, proof.with(n, flipped(step, bit)), before, after), false));
      }
    }
  });

  it('accepts a proof for its own leaf, index and size only', () => {
    const tree = treeOf(40);
    fc.assert(
      fc.property(fc.nat(39), fc.nat(39), fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 40 }), (m, other, size, otherSize) => {
        fc.pre(m < size && other < otherSize && (m !== other || size !== otherSize));
        const path = tree.hashes(inclusionRanges(m, size));
        holds(verifyInclusion(other, otherSize, leafOf(other), path, tree.root(otherSize)), false);
      }),
      { seed: 6962, numRuns: 2000 },
    );
  });

  it('refuses proofs that are longer, shorter or of another form', () => {
    const tree = treeOf(13);
    for (let m = 0; m < 13; m++) {
      const path = tree.hashes(inclusionRanges(m, 13));
      holds(verifyInclusion(m, 13, leafOf(m), [...path, leafOf(0)], tree.root(13)), false);
      holds(verifyInclusion(m, 13, leafOf(m), path.slice(0, -1), tree.root(13)), false);
      holds(verifyInclusion(m, 13, leafOf(m), path.slice(1), tree.root(13)), false);
      holds(verifyInclusion(m, 13, leafOf(m).subarray(1), path, tree.root(13)), false);
    }
    holds(verifyInclusion(0, 2, tree.root(13), [], tree.root(13)), false); // a root is no leaf of a larger tree
    for (let m = 1; m < 13; m++) {
      const proof = tree.hashes(consistencyRanges(m, 13));
      holds(verifyConsistency(m, 13, [...proof, leafOf(0)], tree.root(m), tree.root(13)), false);
      holds(verifyConsistency(m, 13, proof.slice(1), tree.root(m), tree.root(13)), false);
      holds(verifyConsistency(m, 13, [], tree.root(m), tree.root(13)), false);
      holds(verifyConsistency(13, m, proof, tree.root(13), tree.root(m)), false);
    }
    for (const odd of [-1, 0.5, NaN, Infinity, 2 ** 53]) {
      holds(verifyInclusion(odd, 13, leafOf(0), [], tree.root(13)), false);
      holds(verifyInclusion(0, odd, leafOf(0), [], tree.root(13)), false);
      holds(verifyConsistency(odd, 13, [], tree.root(1), tree.root(13)), false);
      expect(() => inclusionRanges(odd, 13)).toThrow(RangeError);
    }
    holds(verifyConsistency(0, 13, [], EMPTY_ROOT, tree.root(13)), false);
    holds(verifyConsistency(0, 0, [], EMPTY_ROOT, EMPTY_ROOT), true);
    holds(verifyConsistency(0, 0, [], tree.root(1), tree.root(1)), false);
    expect(() => inclusionRanges(13, 13)).toThrow(RangeError);
    expect(() => consistencyRanges(14, 13)).toThrow(RangeError);
  });

  it('never takes an inner node for a leaf', () => {
    const tree = treeOf(8);
    const inner = Buffer.concat([leafOf(0), leafOf(1)]);
    const shortened = tree.hashes(inclusionRanges(0, 8)).slice(1);
    holds(verifyInclusion(0, 4, leafHash(inner), shortened, tree.root(8)), false);
    holds(verifyInclusion(0, 4, nodeHash(leafOf(0), leafOf(1)), shortened, tree.root(8)), true); // the hash itself is the node's: only what is hashed tells
  });

  it('needs at most one stored node per level for a proof, also in a log of a million million entries', () => {
    const size = 1_000_000_000_007;
    for (const index of [0, 1, 123_456_789_012, size - 1]) expect(nodesOf(inclusionRanges(index, size)).length).toBeLessThan(2 * 41);
    expect(consistencyRanges(999_999_999_999, size).length).toBeLessThan(42);
    expect(perfectSubtrees(0, size).every(({ level, index }) => Number.isSafeInteger(index) && level < 41)).toBe(true);
  });
});
