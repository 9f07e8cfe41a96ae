import { createPrivateKey, createPublicKey, hash, type KeyObject, randomBytes, sign, verify } from 'node:crypto';

/** A note, key or checkpoint that is not what it should be. */
export class NotANote extends Error {
  override readonly name = 'NotANote';
}

/** The public half of a key, as `name+id+base64` (C2SP signed-note). */
export interface Verifier {
  readonly name: string;
  /** First four bytes of SHA-256(name, newline, algorithm, public key), hex. */
  readonly id: string;
  readonly vkey: string;
  readonly key: KeyObject;
}

export interface Signer extends Verifier {
  /** The secret as `PRIVATE+KEY+name+id+base64`: for the key file, nowhere else. */
  readonly skey: string;
  sign(text: string): Buffer;
}

/** A note whose signatures by known keys all hold. */
export interface OpenedNote {
  readonly text: string;
  /** Keys that signed it; at least one. */
  readonly signedBy: readonly Verifier[];
  /** Signature lines of keys that nobody here knows. */
  readonly unknown: number;
}

const ED25519 = 1;
const SPKI = Buffer.from('302a300506032b6570032100', 'hex');
const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex');
const MAX_NOTE = 1_000_000;
const MAX_SIGNATURES = 100;
const DASH = '\u2014';

/** Strict standard base64: one text for one value. @throws NotANote */
export function fromBase64(text: string): Buffer {
  const bytes = Buffer.from(text, 'base64');
  if (bytes.toString('base64') !== text) throw new NotANote('not base64');
  return bytes;
}

const isName = (name: string): boolean => name !== '' && !/[\s+]/u.test(name);
const keyId = (name: string, key: Uint8Array): string =>
  hash('sha256', Buffer.concat([Buffer.from(`${name}\n`), Buffer.of(ED25519), key]), 'hex').slice(0, 8);
const withAlgorithm = (key: Uint8Array): string => Buffer.concat([Buffer.of(ED25519), key]).toString('base64');

function parsed(text: string): { name: string; id: string; key: Buffer } {
  const [name = '', id = '', ...rest] = text.split('+');
  const bytes = fromBase64(rest.join('+'));
  if (!isName(name) || !/^[0-9a-f]{8}$/.test(id) || bytes[0] !== ED25519 || bytes.length !== 33)
    throw new NotANote('not an Ed25519 note key');
  return { name, id, key: bytes.subarray(1) };
}

function verifierOf(name: string, key: Buffer): Verifier {
  const id = keyId(name, key);
  return {
    name,
    id,
    vkey: `${name}+${id}+${withAlgorithm(key)}`,
    key: createPublicKey({ key: Buffer.concat([SPKI, key]), format: 'der', type: 'spki' }),
  };
}

/** @throws NotANote also when the key id is not the one of this name and key */
export function parseVkey(text: string): Verifier {
  const { name, id, key } = parsed(text);
  const verifier = verifierOf(name, key);
  if (verifier.id !== id) throw new NotANote('the key id does not belong to this key');
  return verifier;
}

/** Makes a key, or the key of a 32-byte seed. */
export function newSigner(name: string, seed: Buffer = randomBytes(32)): Signer {
  if (!isName(name) || seed.length !== 32) throw new NotANote('a key has a name without spaces and plus signs, and 32 bytes');
  const secret = createPrivateKey({ key: Buffer.concat([PKCS8, seed]), format: 'der', type: 'pkcs8' });
  const verifier = verifierOf(name, createPublicKey(secret).export({ format: 'der', type: 'spki' }).subarray(-32));
  return {
    ...verifier,
    skey: `PRIVATE+KEY+${name}+${verifier.id}+${withAlgorithm(seed)}`,
    sign: (text) => sign(null, Buffer.from(text, 'utf8'), secret),
  };
}

/** @throws NotANote */
export function parseSkey(text: string): Signer {
  const rest = /^PRIVATE\+KEY\+(.*)$/s.exec(text)?.[1];
  if (rest === undefined) throw new NotANote('not a private note key');
  const { name, id, key } = parsed(rest);
  const signer = newSigner(name, key);
  if (signer.id !== id) throw new NotANote('the key id does not belong to this key');
  return signer;
}

const LONE_SURROGATE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;
// The newline is the only control character that may stand in a note.
const isText = (text: string): boolean => !/[\u0000-\u0009\u000b-\u001f]/.test(text) && !LONE_SURROGATE.test(text);

/** @param text ends with a newline. @throws NotANote */
export function signNote(text: string, ...signers: readonly Signer[]): string {
  if (!text.endsWith('\n') || !isText(text)) throw new NotANote('a note is text that ends with a newline');
  return `${text}\n${signers.map((signer) => signatureLine(signer, text)).join('')}`;
}

const signatureLine = (signer: Signer, text: string): string =>
  `${DASH} ${signer.name} ${Buffer.concat([Buffer.from(signer.id, 'hex'), signer.sign(text)]).toString('base64')}\n`;

interface Signature {
  readonly name: string;
  readonly id: string;
  readonly bytes: Buffer;
}

function parseNote(note: string): { text: string; signatures: Signature[] } {
  if (note.length > MAX_NOTE || !isText(note)) throw new NotANote('too long, or not plain text');
  const end = note.lastIndexOf('\n\n');
  if (end < 0 || !note.endsWith('\n') || end + 2 >= note.length) throw new NotANote('no signatures');
  const lines = note.slice(end + 2, -1).split('\n');
  if (lines.length > MAX_SIGNATURES) throw new NotANote('too many signatures');
  const signatures = lines.map((line) => {
    const [, name = '', base64 = ''] = /^\u2014 ([^ ]+) ([^ ]+)$/.exec(line) ?? [];
    const bytes = fromBase64(base64);
    if (!isName(name) || bytes.length < 5) throw new NotANote('not a signature line');
    return { name, id: bytes.subarray(0, 4).toString('hex'), bytes: bytes.subarray(4) };
  });
  return { text: note.slice(0, end + 1), signatures };
}

/**
 * Believes a note only if a known key signed it. Lines of unknown keys are ignored; one bad signature of a known key rejects the whole note.
 * @throws NotANote
 */
export function openNote(note: string, known: readonly Verifier[]): OpenedNote {
  const { text, signatures } = parseNote(note);
  const signedBy = new Set<Verifier>();
  let unknown = 0;
  for (const { name, id, bytes } of signatures) {
    const verifier = known.find((key) => key.name === name && key.id === id);
    if (!verifier) unknown++;
    else if (verify(null, Buffer.from(text, 'utf8'), verifier.key, bytes)) signedBy.add(verifier);
    else throw new NotANote(`the signature of ${name} is false`);
  }
  if (signedBy.size === 0) throw new NotANote('nobody known signed it');
  return { text, signedBy: [...signedBy], unknown };
}
