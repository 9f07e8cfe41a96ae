import { randomBytes } from 'node:crypto';
import { Ids } from '@platform/kernel';

/** RFC 9562 version 7: milliseconds, then chance. */
export class TimeOrderedIds extends Ids {
  next(): string {
    const time = Date.now().toString(16).padStart(12, '0');
    const chance = randomBytes(10);
    chance[0] = ((chance[0] ?? 0) & 0x0f) | 0x70;
    chance[2] = ((chance[2] ?? 0) & 0x3f) | 0x80;
    const hex = chance.toString('hex');
    return `${time.slice(0, 8)}-${time.slice(8)}-${hex.slice(0, 4)}-${hex.slice(4, 8)}-${hex.slice(8, 20)}`;
  }
}
