import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { invalid } from '@platform/kernel';

/** scrypt cost 2^16, block size 8, twice over: 64 MiB and some tenths of a second per guess. */
const [COST, BLOCK, PASSES, LENGTH] = [16, 8, 2, 32];
const FORM = /^scrypt\$(\d{1,2})\$(\d{1,2})\$(\d{1,2})\$([\w-]{22})\$([\w-]{43})$/;
/** Each runs on a thread and 64 MiB of its own: a crowd at the door waits in line. */
const AT_ONCE = 2;
const LEAST = 12;

/**
 * What may be a password: long, not one letter over and over, and not the login name again. Rules about digits and capitals only make
 * people write it down; the second factor is there for the rest.
 * @throws DomainError `account.weak-password`
 */
export function demandPassword(password: string, name: string): void {
  const plain = password.normalize('NFKC');
  const fit = [...plain].length >= LEAST && new Set(plain.toLowerCase()).size >= 6 && !plain.toLowerCase().includes(name.toLowerCase());
  if (fit) return;
  const message = `password.weak: has at least ${LEAST} characters, six of them different, and does not hold the login name`;
  throw invalid('account.weak-password', '/password', message);
}

/** Hashes passwords and compares them, a few at a time. */
export class Passwords {
  #running = 0;
  readonly #waiting: (() => void)[] = [];
  /** A hash nobody knows the password of, for accounts that do not exist. */
  #nobody: Promise<string> | undefined;

  async hash(password: string): Promise<string> {
    const salt = randomBytes(16);
    const key = await this.#stretch(password, salt, COST, BLOCK, PASSES);
    return `scrypt$${COST}$${BLOCK}$${PASSES}$${salt.toString('base64url')}$${key.toString('base64url')}`;
  }

  /** Takes the same time whether there is a hash or not; without one nothing matches. */
  async matches(password: string, stored: string | null | undefined): Promise<boolean> {
    this.#nobody ??= this.hash(randomBytes(32).toString('base64url'));
    const [, cost, block, passes, salt = '', key = ''] = FORM.exec(stored ?? (await this.#nobody)) ?? [];
    if (key === '') throw new Error('a stored password is damaged');
    const given = await this.#stretch(password, Buffer.from(salt, 'base64url'), Number(cost), Number(block), Number(passes));
    return timingSafeEqual(given, Buffer.from(key, 'base64url')) && typeof stored === 'string';
  }

  async #stretch(password: string, salt: Buffer, cost: number, r: number, p: number): Promise<Buffer> {
    if (this.#running >= AT_ONCE) await new Promise<void>((go) => this.#waiting.push(go));
    this.#running++;
    try {
      return await new Promise((resolve, reject) =>
        scrypt(password.normalize('NFKC'), salt, LENGTH, { N: 2 ** cost, r, p, maxmem: 256 * 1024 * 1024 }, (error, key) =>
          error ? reject(error) : resolve(key),
        ),
      );
    } finally {
      this.#running--;
      this.#waiting.shift()?.();
    }
  }
}
