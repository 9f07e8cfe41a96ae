import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';

/** How the command line finds and is recognised by the instance that runs on a data folder. */
export interface OperationsNote {
  readonly token: string;
  readonly url: string;
  readonly pid: number;
}

const fileIn = (keysFolder: string): string => path.join(keysFolder, 'operations.token');

export const newOperationsToken = (): string => randomBytes(32).toString('base64url');

/** Whoever can read this file may operate the instance: it is made for its own user only, and anew at every start. */
export function writeOperationsNote(keysFolder: string, note: OperationsNote): void {
  mkdirSync(keysFolder, { recursive: true, mode: 0o700 });
  rmSync(fileIn(keysFolder), { force: true });
  writeFileSync(fileIn(keysFolder), JSON.stringify(note), { mode: 0o600, flag: 'wx' });
}
export function removeOperationsNote(keysFolder: string): void {
  rmSync(fileIn(keysFolder), { force: true });
}

/** The instance that runs on a data folder; undefined when none does, also when one was killed. */
export function runningInstance(keysFolder: string): OperationsNote | undefined {
  try {
    const note = JSON.parse(readFileSync(fileIn(keysFolder), 'utf8')) as OperationsNote;
    return lives(note.pid) ? note : undefined;
  } catch {
    return undefined;
  }
}

function lives(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
