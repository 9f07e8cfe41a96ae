// The verifier of audit bundles in a browser's worker: the same code that verify.mjs runs in Node, no network, no server, nothing kept.
import './browser-buffer';
import { BundleVerification, type BroughtAlong } from '../../libs/platform/auditing/src/verify-bundle';
import { canonicalBytes, leafHash, NotANote, openCheckpoint, parseVkey, verifyInclusion } from '@platform/tlog';

/** A whole bundle, as a file. */
interface BundleAsked {
  readonly kind: 'bundle';
  readonly file: Blob;
  readonly brought: BroughtAlong;
}
/** One entry as it is shown, and the way from it to a signed checkpoint. */
interface EntryAsked {
  readonly kind: 'entry';
  readonly entry: unknown;
  readonly index: number;
  /** Base64, leaf to root. */
  readonly hashes: readonly string[];
  readonly note: string;
  readonly vkey: string;
}
interface Scope {
  onmessage: ((event: { data: BundleAsked | EntryAsked }) => void) | null;
  postMessage(message: unknown): void;
}
const scope = globalThis as unknown as Scope;
/** Longer lines are cut: they are refused anyway, and must not fill the memory. */
const MAX_LINE = 4 * 1024 * 1024;
const NEWLINE = 10;

async function verifyFile({ file, brought }: BundleAsked): Promise<unknown> {
  const verification = new BundleVerification(brought);
  const reader = file.stream().getReader() as { read(): Promise<{ done: boolean; value?: Uint8Array }> };
  let rest: Uint8Array = new Uint8Array();
  let read = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done || !value) break;
    read += value.length;
    let from = 0;
    for (let end = value.indexOf(NEWLINE); end >= 0; end = value.indexOf(NEWLINE, from)) {
      verification.line(joined(rest, value.subarray(from, end)));
      rest = new Uint8Array();
      from = end + 1;
    }
    if (rest.length < MAX_LINE) rest = joined(rest, value.subarray(from));
    scope.postMessage({ progress: file.size === 0 ? 1 : read / file.size });
  }
  if (rest.length > 0) verification.line(rest);
  return verification.finish();
}

const joined = (a: Uint8Array, b: Uint8Array): Uint8Array => (a.length === 0 ? b : Buffer.concat([a, b]));

/** Is what was shown the very entry the checkpoint signs? */
function verifyEntry({ entry, index, hashes, note, vkey }: EntryAsked): { ok: boolean; size: number } {
  try {
    const { size, root } = openCheckpoint(note, parseVkey(vkey));
    const proof = hashes.map((one) => Buffer.from(one, 'base64'));
    return { ok: verifyInclusion(index, size, leafHash(canonicalBytes(entry)), proof, root), size };
  } catch (error) {
    if (error instanceof NotANote) return { ok: false, size: 0 };
    throw error;
  }
}

scope.onmessage = ({ data }) => {
  Promise.resolve(data.kind === 'bundle' ? verifyFile(data) : verifyEntry(data))
    .then((result) => scope.postMessage({ result }))
    .catch((error: unknown) => scope.postMessage({ failed: String(error) }));
};
