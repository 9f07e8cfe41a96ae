import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';

/** Seals what accounts keep and digests what they only compare, under keys derived from the installation's. */
export class SecretBox {
  readonly #seal: Buffer;
  readonly #digest: Buffer;

  /** @param key 32 bytes of this use alone */
  constructor(key: Buffer) {
    if (key.length !== 32) throw new Error('the key of accounts has 32 bytes');
    const derive = (use: string): Buffer => Buffer.from(hkdfSync('sha256', key, Buffer.alloc(0), `raccordo accounts ${use}`, 32));
    this.#seal = derive('seal');
    this.#digest = derive('digest');
  }

  /** AES-256-GCM; `bound` is whom the value belongs to: moved to another row it does not open. */
  seal(bound: string, value: string): string {
    const nonce = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', this.#seal, nonce).setAAD(Buffer.from(bound));
    return Buffer.concat([nonce, cipher.update(value, 'utf8'), cipher.final(), cipher.getAuthTag()]).toString('base64url');
  }

  /** @throws Error for a value that was altered, moved or sealed by another installation */
  open(bound: string, sealed: string): string {
    const bytes = Buffer.from(sealed, 'base64url');
    const decipher = createDecipheriv('aes-256-gcm', this.#seal, bytes.subarray(0, 12))
      .setAAD(Buffer.from(bound))
      .setAuthTag(bytes.subarray(-16));
    return Buffer.concat([decipher.update(bytes.subarray(12, -16)), decipher.final()]).toString('utf8');
  }

  /** 64 hex characters; the same text of another use has another digest. */
  digest(use: string, text: string): string {
    return createHmac('sha256', this.#digest).update(`${use}|${text}`, 'utf8').digest('hex');
  }
}
