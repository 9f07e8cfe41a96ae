import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto';
import { closeSync, fsyncSync, linkSync, mkdirSync, openSync, readFileSync, statSync, unlinkSync, writeSync } from 'node:fs';
import * as path from 'node:path';

/** Log → position: how far somebody has seen each log. */
export type Positions = Readonly<Record<string, string>>;

const PADDING = 128;
/** Tags of so many revisions before the current one are still known. */
const RECENT = 8;
const MAX_TOKEN = 8192;

/**
 * What clients carry for us without being able to read, join or make it: entity tags and sealed positions.
 * One 32-byte key per service; tokens of another key are simply not ours.
 */
export class OpaqueTokens {
  readonly #seal: Buffer;
  readonly #mac: Buffer;

  constructor(key: Buffer) {
    if (key.length !== 32) throw new Error('the key of opaque tokens has 32 bytes');
    const derive = (use: string): Buffer => Buffer.from(hkdfSync('sha256', key, Buffer.alloc(0), `raccordo http ${use}`, 32));
    this.#seal = derive('seal');
    this.#mac = derive('mac');
  }

  /** Key of `<dataDir>/keys/http.key` (mode 0600), made at first use. */
  static fromFile(dataDir: string): OpaqueTokens {
    return new OpaqueTokens(keyFile(path.join(dataDir, 'keys'), 'http.key'));
  }

  /** Strong entity tag that shows no revision and differs between audiences. */
  etagFor(audience: string, stream: string, revision: number): string {
    return `"${this.#hmac('etag', audience, stream, String(revision)).subarray(0, 18).toString('base64url')}"`;
  }

  /**
   * The revision a caller decided on: the current one, one of the last before it, an outdated one, or none that they stated. Whether one of the
   * last will do is for the rules of the pipeline to say.
   */
  expectedRevision(
    ifMatch: string | undefined,
    audience: string,
    stream: string,
    currentRevision: number,
  ): number | 'outdated' | 'unstated' {
    const stated = (ifMatch ?? '').split(',').map((tag) => tag.trim());
    if (stated.every((tag) => tag === '' || tag === '*')) return 'unstated';
    // All of them are compared, also with a revision there never was: how long it takes tells nobody how long the stream is.
    const recent = Array.from({ length: RECENT + 1 }, (_, back) => currentRevision - back);
    const known = recent.filter((revision) => {
      const tag = Buffer.from(this.etagFor(audience, stream, revision));
      return stated.map((one) => one.length === tag.length && timingSafeEqual(Buffer.from(one, 'latin1'), tag)).includes(true);
    });
    return known.find((revision) => revision >= 0) ?? 'outdated';
  }

  /** Positions as a token whose length tells nothing about how many logs are in it. `use` keeps kinds of token apart. */
  sealPositions(use: 'at-least' | 'stream', positions: Positions): string {
    const text = Buffer.from(JSON.stringify(positions));
    return this.seal(use, Buffer.concat([text, Buffer.alloc(PADDING - (text.length % PADDING), ' ')]));
  }

  /** Undefined for anything we did not seal for this use. */
  openPositions(use: 'at-least' | 'stream', token: string): Positions | undefined {
    const text = this.open(use, token)?.toString('utf8');
    return text === undefined ? undefined : (JSON.parse(text) as Positions);
  }

  /** AES-256-GCM with a random nonce; `use` is associated data. */
  seal(use: string, value: Buffer): string {
    const nonce = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', this.#seal, nonce).setAAD(Buffer.from(use));
    // The letter keeps a token from beginning with `-`: it may stand in a query, where such a text is refused as a formula.
    return `r${Buffer.concat([nonce, cipher.update(value), cipher.final(), cipher.getAuthTag()]).toString('base64url')}`;
  }

  open(use: string, token: string): Buffer | undefined {
    if (token.length > MAX_TOKEN || !/^r[\w-]+$/.test(token)) return undefined;
    const bytes = Buffer.from(token.slice(1), 'base64url');
    if (bytes.length < 28 || bytes.toString('base64url') !== token.slice(1)) return undefined;
    try {
      const decipher = createDecipheriv('aes-256-gcm', this.#seal, bytes.subarray(0, 12), { authTagLength: 16 }).setAAD(Buffer.from(use));
      decipher.setAuthTag(bytes.subarray(-16));
      return Buffer.concat([decipher.update(bytes.subarray(12, -16)), decipher.final()]);
    } catch {
      return undefined;
    }
  }

  /** Stands for a member in logs: the same for the same member, and nothing to anybody else. */
  actorToken(member: string): string {
    return this.#hmac('actor', member).subarray(0, 9).toString('base64url');
  }

  #hmac(...parts: string[]): Buffer {
    // JSON keeps the parts apart: ('a', 'bc') is not ('ab', 'c').
    return createHmac('sha256', this.#mac).update(JSON.stringify(parts)).digest();
  }
}

/** Later of two positions per log. Positions compare as text. */
export const furthest = (a: Positions, b: Positions): Positions => {
  const merged: Record<string, string> = { ...a };
  for (const [log, position] of Object.entries(b)) if (!(log in merged) || (merged[log] ?? '') < position) merged[log] = position;
  return merged;
};

/**
 * 32 random bytes in a file only its owner may read. Made complete under another name first and then linked,
 * so that two processes that start together end with the same key.
 */
export function keyFile(folder: string, name: string): Buffer {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = path.join(folder, name);
  try {
    return readKey(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  const draft = `${file}.${process.pid}.${randomBytes(4).toString('hex')}`;
  const handle = openSync(draft, 'wx', 0o600);
  try {
    writeSync(handle, randomBytes(32));
    fsyncSync(handle);
    linkSync(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    closeSync(handle);
    unlinkSync(draft);
  }
  return readKey(file);
}

function readKey(file: string): Buffer {
  if ((statSync(file).mode & 0o077) !== 0) throw new Error(`${path.basename(file)} may be read by others: set its mode to 0600`);
  const key = readFileSync(file);
  if (key.length !== 32) throw new Error(`${path.basename(file)} is no key: 32 bytes are expected`);
  return key;
}
