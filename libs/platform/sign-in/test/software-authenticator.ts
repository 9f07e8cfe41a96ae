import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';

const [PRESENT, VERIFIED, MAY_BE_COPIED, COPIED, NEW_KEY] = [0x01, 0x04, 0x08, 0x10, 0x40];

/** As much of RFC 8949 as a passkey needs. */
function cbor(value: unknown): Buffer {
  const head = (major: number, n: number): Buffer =>
    n < 24 ? Buffer.of((major << 5) | n) : n < 256 ? Buffer.of((major << 5) | 24, n) : Buffer.of((major << 5) | 25, n >> 8, n & 255);
  if (typeof value === 'number') return value >= 0 ? head(0, value) : head(1, -1 - value);
  if (Buffer.isBuffer(value)) return Buffer.concat([head(2, value.length), value]);
  if (typeof value === 'string') return Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)]);
  const entries = [...(value as Map<unknown, unknown>)];
  return Buffer.concat([head(5, entries.length), ...entries.flatMap(([key, one]) => [cbor(key), cbor(one)])]);
}
const b64 = (bytes: Buffer | string): string => Buffer.from(bytes).toString('base64url');

export interface AuthenticatorHabits {
  /** A cloud may hold a copy. */
  readonly synced?: boolean;
  /** Does not ask for finger or PIN. */
  readonly careless?: boolean;
}

/** What a browser and its security key do together, with ES256, written out by hand. */
export class SoftwareAuthenticator {
  readonly id = b64(randomBytes(32));
  readonly #key: KeyObject;
  readonly #point: { x: Buffer; y: Buffer };
  #counter = 0;

  constructor(
    readonly origin: string,
    private readonly habits: AuthenticatorHabits = {},
  ) {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
    this.#key = privateKey;
    this.#point = { x: Buffer.from(x, 'base64url'), y: Buffer.from(y, 'base64url') };
  }

  /** Answers `navigator.credentials.create`. */
  create({ challenge, rp }: { challenge: string; rp: { id?: string } }): { id: string; clientDataJSON: string; attestationObject: string } {
    const { x, y } = this.#point;
    // COSE: kty EC2, alg ES256, crv P-256
    const key = cbor(new Map<number, unknown>([[1, 2], [3, -7], [-1, 1], [-2, x], [-3, y]])); // prettier-ignore
    const id = Buffer.from(this.id, 'base64url');
    const data = Buffer.concat([this.#head(rp.id ?? '', NEW_KEY), Buffer.alloc(16), Buffer.of(0, id.length), id, key]);
    const attestation = new Map<string, unknown>([
      ['fmt', 'none'],
      ['attStmt', new Map()],
      ['authData', data],
    ]);
    return { id: this.id, clientDataJSON: b64(this.#clientData('webauthn.create', challenge)), attestationObject: b64(cbor(attestation)) };
  }

  /** Answers `navigator.credentials.get`. */
  get({ challenge, rpId }: { challenge: string; rpId?: string }): {
    id: string;
    clientDataJSON: string;
    authenticatorData: string;
    signature: string;
  } {
    this.#counter++;
    const data = this.#head(rpId ?? '', 0);
    const clientData = this.#clientData('webauthn.get', challenge);
    const signature = sign('sha256', Buffer.concat([data, createHash('sha256').update(clientData).digest()]), this.#key);
    return { id: this.id, clientDataJSON: b64(clientData), authenticatorData: b64(data), signature: b64(signature) };
  }

  #head(rpId: string, more: number): Buffer {
    const { synced, careless } = this.habits;
    const flags = PRESENT | (careless ? 0 : VERIFIED) | (synced ? MAY_BE_COPIED | COPIED : 0) | more;
    const counter = Buffer.alloc(4);
    counter.writeUInt32BE(this.#counter);
    return Buffer.concat([createHash('sha256').update(rpId).digest(), Buffer.of(flags), counter]);
  }

  #clientData(type: string, challenge: string): Buffer {
    return Buffer.from(JSON.stringify({ type, challenge, origin: this.origin, crossOrigin: false }));
  }
}
