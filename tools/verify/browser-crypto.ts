// Stands in for node:crypto where the verifier runs in a browser: SHA-256 and the checking of Ed25519 signatures, and nothing that makes one.
import { ed25519 } from '@noble/curves/ed25519.js';
import { sha256 } from '@noble/hashes/sha2.js';

/** What createPublicKey gives: the last 32 bytes of its DER form are the key. */
interface PublicKey {
  readonly bytes: Uint8Array;
}

export const hash = (_algorithm: 'sha256', data: Uint8Array, encoding: 'hex' | 'buffer'): Buffer | string => {
  const digest = Buffer.from(sha256(data));
  return encoding === 'hex' ? digest.toString('hex') : digest;
};

/** Of nothing: all that the tree asks of it. */
export const createHash = (): { digest: () => Buffer } => ({ digest: () => Buffer.from(sha256(new Uint8Array())) });

export const createPublicKey = ({ key }: { readonly key: Uint8Array }): PublicKey => ({ bytes: key.subarray(-32) });

/** As OpenSSL judges it (RFC 8032), not the laxer reading of ZIP 215. */
export function verify(_algorithm: null, data: Uint8Array, { bytes }: PublicKey, signature: Uint8Array): boolean {
  try {
    return ed25519.verify(signature, data, bytes, { zip215: false });
  } catch {
    return false; // no signature or no key at all
  }
}

const makesNone = (): never => {
  throw new Error('the verifier signs nothing');
};
export const [createPrivateKey, randomBytes, sign] = [makesNone, makesNone, makesNone];
