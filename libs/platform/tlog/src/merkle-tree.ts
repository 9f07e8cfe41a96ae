import { createHash, hash } from 'node:crypto';

/** SHA-256 of nothing: the root of a log without entries. */
export const EMPTY_ROOT: Buffer = createHash('sha256').digest();
export const HASH_LENGTH = 32;

const sha256 = (bytes: Uint8Array): Buffer => hash('sha256', bytes, 'buffer');

/** RFC 6962 §2.1: leaves and nodes are hashed with different first bytes, so that neither can pass for the other. */
export const leafHash = (entry: Uint8Array): Buffer => sha256(Buffer.concat([Buffer.of(0), entry]));
export const nodeHash = (left: Uint8Array, right: Uint8Array): Buffer => sha256(Buffer.concat([Buffer.of(1), left, right]));

/** A perfect subtree: the leaves from `index · 2^level` on, `2^level` of them. Once complete its hash never changes, so it can be stored for ever. */
export interface NodeRef {
  readonly level: number;
  readonly index: number;
}
export interface Node extends NodeRef {
  readonly hash: Buffer;
}

/** A tree to append to in constant memory: it keeps only the perfect subtrees of its right edge, largest first. */
export class Frontier {
  #size = 0;
  #hashes: Buffer[] = [];

  /** @throws RangeError when the number of hashes does not fit the size */
  static of(size: number, hashes: readonly Uint8Array[]): Frontier {
    if (hashes.some((one) => one.length !== HASH_LENGTH) || hashes.length !== perfectSubtrees(0, size).length) {
      throw new RangeError('these hashes are not the edge of a tree of this size');
    }
    const frontier = new Frontier();
    frontier.#size = size;
    frontier.#hashes = hashes.map((one) => Buffer.from(one));
    return frontier;
  }

  get size(): number {
    return this.#size;
  }
  /** One hash per binary one of the size, largest subtree first. */
  get hashes(): readonly Buffer[] {
    return this.#hashes;
  }

  /** @returns the subtrees that became complete, the leaf itself first */
  append(leaf: Buffer): Node[] {
    let node: Node = { level: 0, index: this.#size++, hash: leaf };
    const complete = [node];
    while (node.index % 2 === 1) {
      const left = this.#hashes.pop() as Buffer;
      node = { level: node.level + 1, index: (node.index - 1) / 2, hash: nodeHash(left, node.hash) };
      complete.push(node);
    }
    this.#hashes.push(node.hash);
    return complete;
  }

  root(): Buffer {
    return foldSubtrees(this.#hashes);
  }
}

/** Largest power of two below `size` (which is at least 2): where RFC 6962 splits a tree. */
export function splitPoint(size: number): number {
  let power = 1;
  while (power * 2 < size) power *= 2;
  return power;
}

/** The perfect subtrees that leaves `from` to `to` (exclusive) are made of, left to right. `from` must be where the RFC's splitting puts it. */
export function perfectSubtrees(from: number, to: number): NodeRef[] {
  const nodes: NodeRef[] = [];
  for (let at = from; at < to;) {
    let level = 0;
    let width = 1;
    while (width * 2 <= to - at) {
      width *= 2;
      level++;
    }
    nodes.push({ level, index: at / width });
    at += width;
  }
  return nodes;
}

/** The hash over perfect subtrees, left to right. */
export const foldSubtrees = (hashes: readonly Uint8Array[]): Buffer =>
  hashes.length === 0 ? EMPTY_ROOT : Buffer.from(hashes.reduceRight((right, left) => nodeHash(left, right)));
