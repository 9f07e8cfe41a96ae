import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

const VERSION = 1;
const NONCE = 12;
const TAG = 16;
const BLOCK = 64;

/** A ciphertext does not open under this key with these associated data: moved, altered or another key's. */
export class Unopenable extends Error {}

/** HKDF-SHA256: one purpose, one key. */
export const subKey = (key: Buffer, purpose: string): Buffer => Buffer.from(hkdfSync('sha256', key, Buffer.alloc(0), purpose, 32));

/** AES-256-GCM: version byte, 12 random bytes, ciphertext, 16-byte tag. */
export const sealBytes = (key: Buffer, bound: string, plain: Buffer): Buffer => {
  const nonce = randomBytes(NONCE);
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG }).setAAD(Buffer.from(bound, 'utf8'));
  const body = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([Buffer.of(VERSION), nonce, body, cipher.getAuthTag()]);
};

/** @throws Unopenable */
export const openBytes = (key: Buffer, bound: string, sealed: Buffer): Buffer => {
  if (sealed.length < 1 + NONCE + TAG || sealed[0] !== VERSION) throw new Unopenable('not a sealed value');
  const nonce = sealed.subarray(1, 1 + NONCE);
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG })
    .setAAD(Buffer.from(bound, 'utf8'))
    .setAuthTag(sealed.subarray(sealed.length - TAG));
  try {
    return Buffer.concat([decipher.update(sealed.subarray(1 + NONCE, sealed.length - TAG)), decipher.final()]);
  } catch {
    throw new Unopenable('a sealed value does not open here');
  }
};

/** Text is padded to whole blocks of 64 bytes: the length of a ciphertext would else tell one code, name or number from another. */
export const sealText = (key: Buffer, bound: string, text: string): Buffer => {
  const bytes = Buffer.from(text, 'utf8');
  const padded = Buffer.alloc(Math.ceil((4 + bytes.length) / BLOCK) * BLOCK);
  padded.writeUInt32BE(bytes.length);
  bytes.copy(padded, 4);
  return sealBytes(key, bound, padded);
};

/** @throws Unopenable */
export const openText = (key: Buffer, bound: string, sealed: Buffer): string => {
  const padded = openBytes(key, bound, sealed);
  return padded.toString('utf8', 4, 4 + padded.readUInt32BE(0));
};
