import { createHmac, randomBytes } from 'node:crypto';

/** HMAC-SHA256 key under an id. 32 random bytes; half of it (ipad, opad) stands in the database, readable by nobody who serves requests. */
export interface SigningKey {
  readonly kid: string;
  readonly key: Buffer;
}

/** On whose behalf a transaction reads. */
export interface Principal {
  readonly member: string;
  readonly purpose: string;
  /** The deciding clock, ISO 8601 UTC: expiry of grants is judged by it. */
  readonly at: string;
  /** Region an office (DPO, auditor, reviewer) reads for; signed only after the policy permitted it. */
  readonly oversight?: string;
}

export const LIFETIME_SECONDS = 60;
const FIELD = /^[A-Za-z0-9._:@-]{1,200}$/;

/** Signs the context that row-level security asks for. In one process with the database client it protects against injected SQL only. */
export class ContextSigner {
  /** @param machine milliseconds since 1970 by the machine's clock, which is compared with the database's own */
  constructor(
    private readonly signing: SigningKey,
    readonly machine: () => number = () => Date.now(),
  ) {
    if (signing.key.length < 32) throw new Error('a signing key has at least 32 bytes');
    if (!/^[A-Za-z0-9]{1,40}$/.test(signing.kid)) throw new Error('a key id is a plain word');
  }

  sign({ member, purpose, at, oversight }: Principal): string {
    const fields = [member, purpose, at, ...(oversight === undefined ? [] : [oversight])];
    if (!fields.every((field) => FIELD.test(field))) throw new Error('a principal is made of plain words');
    const body = [
      this.signing.kid,
      member,
      purpose,
      at,
      oversight ?? '',
      Math.floor(this.machine() / 1000) + LIFETIME_SECONDS,
      randomBytes(12).toString('hex'),
    ].join('|');
    return `${body}|${createHmac('sha256', this.signing.key).update(body).digest('hex')}`;
  }
}

/** What the database needs to check a signature with nothing but sha256(): the key, padded and combined as RFC 2104 says. */
export function padsOf(key: Buffer): { readonly ipad: Buffer; readonly opad: Buffer } {
  if (key.length > 64) throw new Error('a signing key has at most 64 bytes');
  const padded = Buffer.concat([key, Buffer.alloc(64 - key.length)]);
  return { ipad: Buffer.from(padded.map((byte) => byte ^ 0x36)), opad: Buffer.from(padded.map((byte) => byte ^ 0x5c)) };
}
