import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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

  spend(): void {
    rmSync(this.file, { force: true });
  }
}
