import { createHash } from 'node:crypto';
import type { IHeaders, Message as KafkaRecord } from 'kafkajs';
import type { Message } from '../event-bus';

/** CloudEvents 1.0, binary mode: attributes are headers, the value is the data alone. Extension attributes are lower-case letters. */
const ATTRIBUTES = {
  ce_id: 'id',
  ce_type: 'type',
  ce_subject: 'subject',
  ce_time: 'time',
  ce_revision: 'revision',
  ce_region: 'region',
  ce_actor: 'actor',
  ce_organisation: 'organisation',
  ce_correlation: 'correlation',
} as const satisfies Record<string, keyof Message>;

/** A record that is no message of ours. It cannot be parked, for it names no stream: its partition waits for a person, see `skip-record`. */
export class UnreadableRecord extends Error {
  constructor(
    readonly topic: string,
    readonly partition: number,
    readonly offset: string,
    what: string,
  ) {
    super(`${topic} partition ${partition} offset ${offset} is no CloudEvent of ours: ${what}`);
  }
}

/** The key keeps a stream's messages in one partition, hence in order. */
export function toRecord(message: Message): KafkaRecord {
  const attributes = Object.entries(ATTRIBUTES).map(([header, attribute]) => [header, String(message[attribute])]);
  return {
    key: message.subject,
    value: JSON.stringify(message.data),
    headers: {
      ce_specversion: '1.0',
      ce_source: sourceOf(message),
      ...Object.fromEntries(attributes),
      ce_partitionkey: message.subject,
      'content-type': 'application/json',
    } as IHeaders,
  };
}

/** Who published: together with the id unique, as CloudEvents ask. `/raccordo/referrals/umbria` */
const sourceOf = ({ type, region }: Message): string => `/raccordo/${type.split('.')[1] ?? ''}/${region}`;

/** @throws UnreadableRecord */
export function fromRecord(
  topic: string,
  partition: number,
  { offset, headers = {}, value }: { offset: string; headers?: IHeaders; value: Buffer | null },
): Message {
  const wrong = (what: string): UnreadableRecord => new UnreadableRecord(topic, partition, offset, what);
  const text = (header: string): string => {
    const found = headers[header];
    if (Array.isArray(found) || found === undefined) throw wrong(`no single ${header}`);
    return found.toString();
  };
  if (text('ce_specversion') !== '1.0') throw wrong('another version of CloudEvents');
  const attributes = Object.entries(ATTRIBUTES).map(([header, attribute]) => [attribute, text(header)]);
  const { revision, ...rest } = Object.fromEntries(attributes) as Record<keyof Message, string>;
  if (!/^\d+$/.test(revision)) throw wrong('its revision is no number');
  return { ...rest, revision: Number(revision), data: dataOf(value, wrong) };
}

/** What a record is, whatever it is: key, value and headers, each with its length, so that nothing can be read two ways. */
export function digestOfRecord({ key, value, headers = {} }: { key: Buffer | null; value: Buffer | null; headers?: IHeaders }): string {
  const sum = createHash('sha256');
  const add = (part: Buffer | string | null | undefined): void => {
    const bytes = part === null || part === undefined ? undefined : Buffer.from(part);
    sum.update(`${bytes?.length ?? 'none'}:`).update(bytes ?? '');
  };
  add(key);
  add(value);
  for (const name of Object.keys(headers).sort()) for (const each of [headers[name]].flat()) [name, each].forEach(add);
  return sum.digest('hex');
}

function dataOf(value: Buffer | null, wrong: (what: string) => Error): object {
  try {
    const data: unknown = JSON.parse(value?.toString() ?? '');
    if (typeof data === 'object' && data !== null) return data;
  } catch {
    // said below, without quoting it
  }
  throw wrong('its data are no JSON object');
}
