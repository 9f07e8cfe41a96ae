import { randomBytes } from './sealing';

type Bytes = Uint8Array<ArrayBuffer>;
export interface Unlocking {
  readonly credential: Bytes;
  /** 32 bytes that only this passkey gives, and for this salt only. */
  readonly secret: ArrayBuffer;
}

/** The browser's dialog was closed, or the passkey is not here. */
export class NoPasskey extends Error {}
/** This browser, this address or this passkey gives no keys. */
export class NoKeys extends Error {}

/** Passkeys are bound to a name of the web: an address in numbers has none. Whether one gives keys, only making it tells. */
export const mayHavePasskeys = (): boolean =>
  'PublicKeyCredential' in window && window.isSecureContext && !/^[\d.]+$|^\[/.test(location.hostname);

const ALGORITHMS = [-8, -7, -257];
const PATIENCE = 120_000;

/**
 * A passkey of this device for this one use: no server knows it, and it signs nobody in. It holds no name.
 * @throws NoPasskey, NoKeys
 */
export async function makeUnlocking(salt: Bytes): Promise<Unlocking> {
  const made = await navigator.credentials
    .create({
      publicKey: {
        challenge: randomBytes(32),
        rp: { name: 'Rete Casi' },
        user: { id: randomBytes(32), name: 'Bozze', displayName: 'Bozze' },
        pubKeyCredParams: ALGORITHMS.map((alg) => ({ alg, type: 'public-key' })),
        authenticatorSelection: { userVerification: 'required', residentKey: 'discouraged' },
        timeout: PATIENCE,
        extensions: { prf: { eval: { first: salt } } },
      },
    })
    .catch(() => null);
  if (!(made instanceof PublicKeyCredential)) throw new NoPasskey();
  const { prf } = made.getClientExtensionResults();
  const credential = new Uint8Array(made.rawId);
  if (prf?.results?.first) return { credential, secret: bufferOf(prf.results.first) };
  // Some say at once that they can, and give the key only when asked again.
  if (!prf?.enabled) throw new NoKeys();
  return { credential, secret: await secretOf(credential, salt) };
}

/** @throws NoPasskey, NoKeys */
export async function secretOf(credential: Bytes, salt: Bytes): Promise<ArrayBuffer> {
  const given = await navigator.credentials
    .get({
      publicKey: {
        challenge: randomBytes(32),
        allowCredentials: [{ id: credential, type: 'public-key' }],
        userVerification: 'required',
        timeout: PATIENCE,
        extensions: { prf: { eval: { first: salt } } },
      },
    })
    .catch(() => null);
  if (!(given instanceof PublicKeyCredential)) throw new NoPasskey();
  const first = given.getClientExtensionResults().prf?.results?.first;
  if (!first) throw new NoKeys();
  return bufferOf(first);
}

const bufferOf = (source: BufferSource): ArrayBuffer =>
  ArrayBuffer.isView(source) ? new Uint8Array(source.buffer, source.byteOffset, source.byteLength).slice().buffer : source;
