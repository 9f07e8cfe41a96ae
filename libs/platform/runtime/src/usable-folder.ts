import { mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import type { Config } from '@platform/config';

const WHY: Readonly<Record<string, string>> = {
  ENOENT: 'nothing can be made there',
  ENOTDIR: 'a file is in the way',
  EEXIST: 'a file is in the way',
  EACCES: 'this user may not write there',
  EPERM: 'this user may not write there',
  EROFS: 'it is on a file system that is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk is full',
  ENAMETOOLONG: 'the path is too long',
};

/**
 * Makes the folders of a process where they are missing, and makes sure that its own can be written to, before anything is started in them.
 * @throws Error that says which setting, and why
 */
export function takeFolders({ DATA_DIR, KEYS_DIR }: Config): void {
  makeUsable(DATA_DIR, 'DATA_DIR');
  // Keys that several processes share may be given to be read only.
  if (KEYS_DIR !== undefined) explained('KEYS_DIR', KEYS_DIR, (folder) => make(folder, 0o700));
}

/** @param setting as which whoever starts the process knows the folder */
export const makeUsable = (folder: string, setting: string, mode = 0o700): void =>
  explained(setting, folder, (whole) => {
    make(whole, mode);
    const probe = path.join(whole, `.written-${process.pid}`);
    writeFileSync(probe, '', { mode: 0o600 });
    rmSync(probe);
  });

function explained(setting: string, folder: string, use: (whole: string) => void): void {
  const whole = path.resolve(folder);
  try {
    use(whole);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown error';
    throw new Error(`${setting} ${whole} cannot be used: ${WHY[code] ?? code}. Choose another folder.`, { cause: error });
  }
}

/** One level after the other: below /proc, Node's own recursive mkdir never ends. */
function make(folder: string, mode: number): void {
  if (isFolder(folder)) return;
  const above = path.dirname(folder);
  if (above !== folder) make(above, mode);
  try {
    mkdirSync(folder, { mode });
  } catch (error) {
    // Another process may have made it meanwhile.
    if (!isFolder(folder)) throw error;
  }
}

const isFolder = (folder: string): boolean => {
  try {
    return statSync(folder).isDirectory();
  } catch {
    return false;
  }
};
