import { EMPTY_ROOT, HASH_LENGTH, nodeHash } from './merkle-tree';

const same = (a: Uint8Array, b: Uint8Array): boolean => a.length === b.length && Buffer.compare(a, b) === 0;
const isCount = (value: number): boolean => Number.isSafeInteger(value) && value >= 0;
const isPowerOfTwo = (value: bigint): boolean => (value & (value - 1n)) === 0n;
const isHash = (value: Uint8Array): boolean => value.length === HASH_LENGTH;

/** Does the tree with this root have this leaf at this index (RFC 9162 §2.1.3.2)? Never throws. */
export function verifyInclusion(index: number, size: number, leaf: Uint8Array, proof: readonly Uint8Array[], root: Uint8Array): boolean {
  if (!isCount(index) || !isCount(size) || index >= size || ![leaf, root, ...proof].every(isHash)) return false;
  let at = BigInt(index);
  let last = BigInt(size - 1);
  let hash = leaf;
  for (const sibling of proof) {
    if (last === 0n) return false;
    if ((at & 1n) === 1n || at === last) {
      hash = nodeHash(sibling, hash);
      while ((at & 1n) === 0n && at !== 0n) [at, last] = [at >> 1n, last >> 1n];
    } else {
      hash = nodeHash(hash, sibling);
    }
    [at, last] = [at >> 1n, last >> 1n];
  }
  return last === 0n && same(hash, root);
}

/**
 * Does the tree of `size` begin with the whole tree of `earlier` (RFC 9162 §2.1.4.2)? Never throws.
 * An empty earlier tree proves nothing and is accepted only for an empty tree.
 */
export function verifyConsistency(
  earlier: number,
  size: number,
  proof: readonly Uint8Array[],
  earlierRoot: Uint8Array,
  root: Uint8Array,
): boolean {
  if (!isCount(earlier) || !isCount(size) || earlier > size || ![earlierRoot, root, ...proof].every(isHash)) return false;
  if (earlier === size) return proof.length === 0 && same(earlierRoot, root) && (size > 0 || same(root, EMPTY_ROOT));
  if (earlier === 0) return false;
  let at = BigInt(earlier - 1);
  let last = BigInt(size - 1);
  while ((at & 1n) === 1n) [at, last] = [at >> 1n, last >> 1n];
  // A power of two is a perfect subtree: its root is the first step and is not sent.
  const [first, ...steps] = isPowerOfTwo(BigInt(earlier)) ? [earlierRoot, ...proof] : proof;
  if (!first) return false;
  let oldHash = first;
  let newHash = first;
  for (const step of steps) {
    if (last === 0n) return false;
    if ((at & 1n) === 1n || at === last) {
      oldHash = nodeHash(step, oldHash);
      newHash = nodeHash(step, newHash);
      while ((at & 1n) === 0n && at !== 0n) [at, last] = [at >> 1n, last >> 1n];
    } else {
      newHash = nodeHash(newHash, step);
    }
    [at, last] = [at >> 1n, last >> 1n];
  }
  return last === 0n && same(oldHash, earlierRoot) && same(newHash, root);
}
