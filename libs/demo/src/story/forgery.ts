import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import { type BundleHeader, bundleHeaderLine } from '@platform/auditing';
import {
  canonicalJson,
  Frontier,
  leafHash,
  newSigner,
  openCheckpoint,
  parseSkey,
  parseVkey,
  type Signer,
  signCheckpoint,
} from '@platform/tlog';

/** The log's own key, where the story runs on the machine that holds it; otherwise one made up under the same name. */
const signerOf = (log: string, keysFolder: string | undefined): Signer =>
  keysFolder === undefined ? newSigner(log) : parseSkey(readFileSync(path.join(keysFolder, `${log.replace('.', '-')}.key`), 'utf8').trim());

/**
 * What an operator could do who wants a decision to look otherwise: the newest entry that the outside checkpoint covers is rewritten, and the
 * whole log is signed anew. Inside itself the copy is faultless.
 * @param outside checkpoint somebody kept outside
 */
export function forge(bundle: string, outside: string, keysFolder?: string): string {
  const [first = '', ...lines] = bundle.trimEnd().split('\n');
  const header = JSON.parse(first) as BundleHeader;
  const { size } = openCheckpoint(outside, parseVkey(header.vkey));
  const kept = lines.slice(0, size);
  const last = JSON.parse(kept[size - 1] ?? '{}') as { body?: { reasons?: string[] } };
  kept[size - 1] = canonicalJson({ ...last, body: { ...last.body, reasons: ['R-CUST', 'K-HOLD'] } });
  const tree = new Frontier();
  for (const line of kept) tree.append(leafHash(Buffer.from(line)));
  const signer = signerOf(header.log, keysFolder);
  const checkpoint = signCheckpoint({ origin: header.log, size, root: tree.root() }, signer);
  return bundleHeaderLine({ ...header, checkpoint, vkey: signer.vkey }) + kept.map((line) => `${line}\n`).join('');
}
