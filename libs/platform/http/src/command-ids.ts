import { createHash } from 'node:crypto';
import { invalid, type Ids } from '@platform/kernel';

const KEY = /^[A-Za-z0-9._~-]{8,128}$/;

/** A uuid made of a hash (RFC 9562 version 8): the same text, the same id. */
export function uuidFrom(text: string): string {
  const bytes = createHash('sha256').update(text).digest().subarray(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

/**
 * Id of the command a request carries: from its `Idempotency-Key`, so that a resend of the same member to the same place is the same command;
 * without a key every request is a new command.
 * @param place method and path
 */
export function commandIdFor(key: string | undefined, member: string, place: string, ids: Ids): string {
  if (key === undefined) return ids.next();
  if (!KEY.test(key)) throw invalid('request.idempotency-key', '', 'Idempotency-Key must be 8 to 128 letters, digits or . _ ~ -');
  return uuidFrom(JSON.stringify(['command', member, place, key]));
}

/**
 * Stream of a record that a command makes: derived from the command, so that a resend finds what it made before.
 * @param nth tells several new records of one command apart
 */
export const newStreamId = (noun: string, commandId: string, nth = 0): string =>
  `${noun}-${uuidFrom(JSON.stringify(['stream', noun, commandId, nth]))}`;
