import * as fs from 'node:fs';

/** Contents of a file, empty when there is none. */
export const read = (file: string): string => {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch {
    return '';
  }
};

export function alive(pid: number): boolean {
  try {
    return pid > 0 && process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** A pid is used again some day; together with the start of its process it is not. */
function identity(pid: number): string {
  const stat = read(`/proc/${pid}/stat`);
  return `${pid} ${stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? ''}`.trim();
}

/**
 * Claims a data folder for this process by a file that names its owner; an owner that was killed loses its claim.
 * @returns the pid of the living owner, or undefined when it is ours from now on
 */
export function claim(file: string): number | undefined {
  const own = `${file}.${process.pid}`;
  fs.writeFileSync(own, identity(process.pid));
  try {
    for (;;) {
      if (done(() => fs.linkSync(own, file), 'EEXIST')) return undefined;
      const held = read(file);
      const owner = Number.parseInt(held, 10);
      if (alive(owner) && identity(owner) === held) return owner;
      // Moved aside rather than deleted: of two that find the same dead owner only one gets the file it looked at.
      const aside = `${own}.stale`;
      if (!done(() => fs.renameSync(file, aside), 'ENOENT')) continue;
      if (read(aside) !== held) done(() => fs.linkSync(aside, file), 'EEXIST');
      fs.rmSync(aside, { force: true });
    }
  } finally {
    fs.rmSync(own, { force: true });
  }
}

/** Gives the claim back; somebody else's claim is left alone. */
export function release(file: string): void {
  if (read(file) === identity(process.pid)) fs.rmSync(file, { force: true });
}

function done(work: () => void, otherwise: string): boolean {
  try {
    work();
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === otherwise) return false;
    throw error;
  }
}
