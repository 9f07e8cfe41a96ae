import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';

/** What a service is called, e.g. `cases`; also the name of its public key's file. */
const NAME = /^[a-z][a-z-]{0,30}$/;
const PEM = /-----BEGIN PUBLIC KEY-----[^-]+-----END PUBLIC KEY-----/g;
const LOOK_AGAIN = 5_000;

const kidOf = (key: KeyObject): string =>
  createHash('sha256')
    .update(key.export({ type: 'spki', format: 'der' }))
    .digest('base64url');

/** Who this process is to the others: a name and an Ed25519 key that nobody else has. */
export class Identity {
  private constructor(
    readonly name: string,
    readonly key: KeyObject,
    readonly kid: string,
  ) {}

  /** @throws Error when the file is missing, may be read by others, or holds no Ed25519 key */
  static read(name: string, file: string): Identity {
    if (!NAME.test(name)) throw new Error('a service is called by a plain lower-case word');
    if (!existsSync(file)) throw new Error(`the identity key of ${name} is missing: raccordo cluster-keys makes it`);
    if (process.platform !== 'win32' && (statSync(file).mode & 0o077) !== 0)
      throw new Error(`the identity key of ${name} may be read by other users: give it mode 0600`);
    const key = createPrivateKey(readFileSync(file));
    if (key.asymmetricKeyType !== 'ed25519') throw new Error(`the identity key of ${name} is no Ed25519 key`);
    return new Identity(name, key, kidOf(createPublicKey(key)));
  }
}

/**
 * The services this process believes: one file `<name>.pub` each, with one or, while a key is being replaced, several public keys.
 * Files are read again when an unknown key turns up, so that a new key needs no restart.
 */
export class Trust {
  readonly #known = new Map<string, ReadonlyMap<string, KeyObject>>();
  readonly #looked = new Map<string, number>();

  constructor(private readonly folder: string) {}

  /** The public key of a service under that id; undefined when there is none. */
  key(name: string, kid: string): KeyObject | undefined {
    const known = this.#known.get(name)?.get(kid);
    if (known || !NAME.test(name)) return known;
    const now = performance.now();
    if (now - (this.#looked.get(name) ?? -Infinity) < LOOK_AGAIN) return undefined;
    this.#looked.set(name, now);
    this.#known.set(name, this.#read(name));
    return this.#known.get(name)?.get(kid);
  }

  #read(name: string): ReadonlyMap<string, KeyObject> {
    const file = path.join(this.folder, `${name}.pub`);
    if (!existsSync(file)) return new Map();
    const keys = [...readFileSync(file, 'utf8').matchAll(PEM)].map(([pem]) => createPublicKey(pem));
    return new Map(keys.map((key) => [kidOf(key), key]));
  }
}

/** Makes a new key: the private half for the service alone, the public half added to what the others believe. */
export function makeIdentity(name: string, keyFile: string, trustFolder: string): void {
  if (!NAME.test(name)) throw new Error('a service is called by a plain lower-case word');
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  mkdirSync(path.dirname(keyFile), { recursive: true, mode: 0o700 });
  mkdirSync(trustFolder, { recursive: true, mode: 0o755 });
  const handle = openSync(keyFile, 'wx', 0o600);
  try {
    writeFileSync(handle, privateKey.export({ type: 'pkcs8', format: 'pem' }));
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  writeFileSync(path.join(trustFolder, `${name}.pub`), publicKey.export({ type: 'spki', format: 'pem' }), { flag: 'a', mode: 0o644 });
}
