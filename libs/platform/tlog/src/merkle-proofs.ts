import { foldSubtrees, type NodeRef, perfectSubtrees, splitPoint } from './merkle-tree';

/** Leaves `from` to `to` (exclusive) whose hash is one step of a proof. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

const inTree = (value: number, least: number, most: number): void => {
  if (!Number.isSafeInteger(value) || value < least || value > most) throw new RangeError(`${value} is not from ${least} to ${most}`);
};

/** What proves that the tree of `size` has this leaf (RFC 6962 §2.1.1), leaf to root. @throws RangeError */
export function inclusionRanges(index: number, size: number): Range[] {
  inTree(index, 0, size - 1);
  const ranges: Range[] = [];
  for (let from = 0, to = size; to - from > 1;) {
    const middle = from + splitPoint(to - from);
    if (index < middle) {
      ranges.push({ from: middle, to });
      to = middle;
    } else {
      ranges.push({ from, to: middle });
      from = middle;
    }
  }
  return ranges.reverse();
}

/** What proves that the tree of `size` begins with the whole tree of `earlier` (RFC 6962 §2.1.2). Empty when there is nothing to prove. @throws RangeError */
export function consistencyRanges(earlier: number, size: number): Range[] {
  inTree(earlier, 0, size);
  if (earlier === 0 || earlier === size) return [];
  const ranges: Range[] = [];
  let from = 0;
  let to = size;
  while (earlier !== to) {
    const middle = from + splitPoint(to - from);
    if (earlier <= middle) {
      ranges.push({ from: middle, to });
      to = middle;
    } else {
      ranges.push({ from, to: middle });
      from = middle;
    }
  }
  // The whole earlier tree is known to whoever asks; a part of it is not.
  if (from > 0) ranges.push({ from, to });
  return ranges.reverse();
}

export const rootRange = (size: number): Range => ({ from: 0, to: size });

/** Every stored node that the ranges are made of. */
export const nodesOf = (ranges: readonly Range[]): NodeRef[] => ranges.flatMap(({ from, to }) => perfectSubtrees(from, to));

/** @param lookup the hash of a complete subtree. @returns the hash of each range */
export const hashRanges = (ranges: readonly Range[], lookup: (node: NodeRef) => Uint8Array): Buffer[] =>
  ranges.map(({ from, to }) => foldSubtrees(perfectSubtrees(from, to).map(lookup)));
