import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';

/** Proves that whoever sets an installation up can read its files. Lives until it was used. */
export class SetupToken {
  private constructor(private readonly file: string) {}

  /** @param fresh the data folder was made by this start: only then is there anything to set up */
  static in(keysFolder: string, fresh: boolean): SetupToken {
    const file = path.join(keysFolder, 'setup.token');
    if (fresh && !existsSync(file)) {
      mkdirSync(keysFolder, { recursive: true, mode: 0o700 });
      writeFileSync(file, randomBytes(24).toString('base64url'), { mode: 0o600, flag: 'wx' });
    }
    return new SetupToken(file);
  }

  /** The token, while the installation is still to be set up. */
  get value(): string | undefined {
    return existsSync(this.file) ? readFileSync(this.file, 'utf8') : undefined;
  }

  matches(given: string | undefined): boolean {
    const wanted = this.value;
    if (wanted === undefined || given === undefined) return false;
    const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
    return timingSafeEqual(digest(wanted), digest(given));
  }

  /** What an interrupted set-up has to remember: which of its steps are done. No name, no secret. */
  get notes(): unknown {
    return existsSync(this.#notes) ? (JSON.parse(readFileSync(this.#notes, 'utf8')) as unknown) : undefined;
  }
  /** Somebody has begun to set the installation up for real. */
  get begun(): boolean {
    return existsSync(this.#notes);
  }

  remember(notes: object): void {
    const beside = `${this.#notes}.new`;
    writeFileSync(beside, JSON.stringify(notes), { mode: 0o600 });
    renameSync(beside, this.#notes);
  }

  spend(): void {
    rmSync(this.file, { force: true });
    rmSync(this.#notes, { force: true });
  }

  get #notes(): string {
    return path.join(path.dirname(this.file), 'setup.notes.json');
  }
}
