import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';

// Postgres refuses to run as root; 65534 (nobody) exists everywhere, so no user has to be created.
export const NOBODY = 65534;
export const isRoot = process.getuid?.() === 0;
export const hash = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 12);

/** Where the embedded server really keeps its data: the folder asked for, or one below /var/lib where only root may walk down to that. */
export function homeOf(wanted: string): string {
  const asked = path.resolve(wanted);
  return reachable(path.dirname(asked)) ? asked : path.join('/var/lib/raccordo', hash(asked));
}

/** As root the server runs as somebody else: may that somebody walk down to this folder? */
export function reachable(folder: string): boolean {
  const stat = fs.statSync(folder, { throwIfNoEntry: false });
  const open = !isRoot || !stat || (stat.mode & 0o001) !== 0 || stat.uid === NOBODY;
  return open && (folder === path.dirname(folder) || reachable(path.dirname(folder)));
}

/** Gives a restored cluster to the user the server runs as, readable by nobody else. */
export function handOver(folder: string): void {
  for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory()) handOver(file);
    else own(file, 0o600);
  }
  own(folder, 0o700);
}

function own(file: string, mode: number): void {
  if (isRoot) fs.chownSync(file, NOBODY, NOBODY);
  fs.chmodSync(file, mode);
}
