import { randomBytes } from 'node:crypto';
import { Clock, Ids } from '@platform/kernel';

/** The machine's clock. */
export class SystemClock extends Clock {
  now = (): string => new Date().toISOString();
}

/** RFC 9562 version 7: ordered by the clock to the millisecond, and by a counter within it. */
export class SystemIds extends Ids {
  #last = 0;
  #count = 0;

  constructor(private readonly clock: Clock) {
    super();
  }

  next(): string {
    // A clock set back must not make an id older than the one before.
    const now = Math.max(Date.parse(this.clock.now()), this.#last);
    this.#count = now === this.#last ? this.#count + 1 : randomBytes(1).readUInt8();
    this.#last = this.#count > 0xfff ? now + 1 : now;
    this.#count &= 0xfff;
    const bytes = randomBytes(16);
    bytes.writeUIntBE(this.#last, 0, 6);
    bytes.writeUInt16BE(0x7000 | this.#count, 6);
    bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
    const hex = bytes.toString('hex');
    return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
  }
}
