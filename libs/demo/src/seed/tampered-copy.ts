import { mkdirSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { forge } from '../story/forgery';
import type { World } from '../story/world';

const AUDIT = { purpose: 'audit', acr: 3 } as const;
/** A lone checkpoint covers whatever the trail holds when it is signed; the reading of it is an entry itself. */
const BUNDLE = 'audit-umbria';

/**
 * Leaves what an auditor needs to catch a forger: the trail of Umbria as it is, the same one rewritten and signed anew with the log's own key,
 * and the checkpoint that somebody kept outside.
 * @returns the files written
 */
export async function leaveTamperedCopy(world: World, keysFolder: string, folder: string): Promise<readonly string[]> {
  const kept = await world.get<{ note: string }>('ada', '/api/audit/checkpoint', AUDIT);
  const bundle = await world.get('ada', '/api/audit/bundle', AUDIT);
  if (kept.status !== 200 || bundle.status !== 200) throw new Error(`the trail could not be copied: ${kept.status}, ${bundle.status}`);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const files = {
    [`${BUNDLE}.bundle`]: bundle.text,
    [`${BUNDLE}.forged.bundle`]: forge(bundle.text, kept.body.note, keysFolder),
    'checkpoint.txt': kept.body.note,
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(path.join(folder, name), text, { mode: 0o600 });
  return Object.keys(files);
}
