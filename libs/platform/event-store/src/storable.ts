import { type EventToAppend, isUuid } from '@platform/kernel';
import type { Expected } from './event-store';

/** Same order in every adapter, and comparable as text. */
export const position = (n: bigint | number | string): string => String(n).padStart(16, '0');

const POSITION = /^\d{16}$/;
/** @throws Error when the text is no position of this store */
export function numberOf(text: string | undefined): string {
  if (text === undefined) return '0';
  if (!POSITION.test(text)) throw new Error('this is no position of this store');
  return text;
}

const LOG = /^[a-z][a-z0-9_.-]*@[a-z][a-z0-9-]{1,39}$/;
const STREAM = /^[a-z][a-zA-Z]*-[0-9a-zA-Z.-]{1,100}$/;

/**
 * What every adapter asks of an append before it looks at the store.
 * @throws Error without any content of the events
 */
export function assertStorable(log: string, stream: string, events: readonly EventToAppend[], expected: Expected): void {
  if (!LOG.test(log)) throw new Error('a log is called context@region');
  if (!STREAM.test(stream)) throw new Error('a stream is called noun-id');
  if (events.length === 0) throw new Error(`nothing to append to ${stream}`);
  if (typeof expected === 'number' && !(Number.isInteger(expected) && expected >= 0)) throw new Error('an expected revision counts from 0');
  if (events.some(({ id, schema }) => !isUuid(id) || !Number.isInteger(schema) || schema < 1))
    throw new Error(`an event of ${stream} has no id or no schema`);
  if (new Set(events.map(({ id }) => id)).size < events.length) throw new Error(`an event id comes twice in one append to ${stream}`);
}

/**
 * JSON as it is stored.
 * @throws Error when it holds characters that would come back changed or not at all
 */
export function json(value: object): string {
  const text = JSON.stringify(value);
  // JSON.stringify escapes exactly these: NUL, which no text column keeps, and halves of surrogate pairs.
  if (/(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f])/.test(text)) throw new Error('an event holds characters that cannot be stored');
  return text;
}
