import type { Sealed } from './store';

/** OWASP's figure for PBKDF2 with SHA-256. */
export const ITERATIONS = 600_000;
/** Lengths tell: what is sealed is filled up to a multiple of this. */
const BLOCK = 512;
const encoder = new TextEncoder();
const decoder = new TextDecoder();

export const randomBytes = (length: number): Uint8Array<ArrayBuffer> => crypto.getRandomValues(new Uint8Array(length));

const aes = (bytes: BufferSource): Promise<CryptoKey> =>
  crypto.subtle.importKey('raw', bytes, { name: 'AES-GCM' }, false, ['encrypt', 'decrypt']);

/** A key that only the PIN gives, and that takes long to try. */
export async function keyFromPin(pin: string, salt: Uint8Array<ArrayBuffer>, iterations: number): Promise<CryptoKey> {
  const known = await crypto.subtle.importKey('raw', encoder.encode(pin.normalize('NFKC')), 'PBKDF2', false, ['deriveKey']);
  const how = { name: 'PBKDF2', hash: 'SHA-256', salt, iterations };
  return crypto.subtle.deriveKey(how, known, { name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
}

/** A key from the secret a passkey answers with (WebAuthn `prf`). */
export async function keyFromPasskey(secret: BufferSource, salt: Uint8Array<ArrayBuffer>): Promise<CryptoKey> {
  const known = await crypto.subtle.importKey('raw', secret, 'HKDF', false, ['deriveKey']);
  const how = { name: 'HKDF', hash: 'SHA-256', salt, info: encoder.encode('rete: locker') };
  return crypto.subtle.deriveKey(how, known, { name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
}

/** A fresh key for items: usable in this page, and sealed under each of `under`. It never leaves in clear. */
export async function newItemKey(place: string, under: readonly CryptoKey[]): Promise<{ key: CryptoKey; sealed: Sealed[] }> {
  const raw = randomBytes(32);
  const sealed = await Promise.all(under.map((one) => sealBytes(one, place, raw)));
  const key = await aes(raw);
  raw.fill(0);
  return { key, sealed };
}

/** @throws DOMException `OperationError` where `under` is the wrong key */
export async function openItemKey(under: CryptoKey, place: string, sealed: Sealed): Promise<CryptoKey> {
  const raw = await openBytes(under, place, sealed);
  const key = await aes(raw);
  raw.fill(0);
  return key;
}

/** The item key once more, under another key: needs the first one, since the page's own copy cannot be taken out. */
export async function sealItemKeyAgain(under: CryptoKey, place: string, sealed: Sealed, again: CryptoKey): Promise<Sealed> {
  const raw = await openBytes(under, place, sealed);
  const result = await sealBytes(again, place, raw);
  raw.fill(0);
  return result;
}

/** @param place where it lies: what was sealed for one place cannot be opened at another */
export const seal = (key: CryptoKey, place: string, value: unknown): Promise<Sealed> => {
  const text = encoder.encode(JSON.stringify(value));
  // Spaces after JSON mean nothing.
  const filled = new Uint8Array(Math.ceil((text.length + 1) / BLOCK) * BLOCK).fill(0x20);
  filled.set(text);
  return sealBytes(key, place, filled);
};

export const open = async <T>(key: CryptoKey, place: string, sealed: Sealed): Promise<T> =>
  JSON.parse(decoder.decode(await openBytes(key, place, sealed))) as T;

async function sealBytes(key: CryptoKey, place: string, bytes: BufferSource): Promise<Sealed> {
  const iv = randomBytes(12);
  return { iv, bytes: await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData: encoder.encode(place) }, key, bytes) };
}

const openBytes = async (key: CryptoKey, place: string, { iv, bytes }: Sealed): Promise<Uint8Array<ArrayBuffer>> =>
  new Uint8Array(await crypto.subtle.decrypt({ name: 'AES-GCM', iv, additionalData: encoder.encode(place) }, key, bytes));

/** A member's handle is random: a salted hash of it tells nobody anything, and is the same for the same person. */
export async function ownerMark(member: string, salt: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const text = encoder.encode(member);
  const all = new Uint8Array(salt.length + text.length);
  all.set(salt);
  all.set(text, salt.length);
  return new Uint8Array(await crypto.subtle.digest('SHA-256', all));
}

export const same = (a: Uint8Array, b: Uint8Array): boolean => a.length === b.length && a.every((byte, n) => byte === b[n]);
