import { randomUUID } from 'node:crypto';
import type { ServerWritableStream } from '@grpc/grpc-js';
import { ReadReq, ReadResp } from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/streams_pb';
import { Timestamp } from 'google-protobuf/google/protobuf/timestamp_pb';
import type { KurrentDatabase, Recorded } from './database';
import { invalidPosition, nameOf, streamIdentifier, uuid } from './protocol';

export type ReadCall = ServerWritableStream<ReadReq, ReadResp>;
type Options = ReadReq.Options;
type Filter = ReadReq.Options.FilterOptions;

const FAR = 1n << 62n;
/** "ReadBatchSize" of the server: how many records a filtered subscription looks at, times the multiplier, between two checkpoints. */
const SEARCH_WINDOW = 32;

/**
 * How a filtered read of `$all` takes its time: "the EventStoreDB may progress through :all quite a ways before finding an event" (Spear, on
 * server-side filters); what is found is sent at once.
 */
export interface Walk {
  /** After so many records it pauses for so many milliseconds. */
  readonly records: number;
  readonly pause: number;
}

/** One page or one whole read, as asked for, then the end of the call. @returns how many records were looked at */
export async function read(database: KurrentDatabase, call: ReadCall, walk?: Walk): Promise<number> {
  const options = call.request.getOptions() ?? new ReadReq.Options();
  const filter = options.getFilter();
  const match = matcher(filter);
  const records = options.hasStream() ? ofStream(database, options) : ofAll(database, options);
  if (records === 'invalid') return (call.emit('error', invalidPosition()), 0);
  let [looked, left] = [0, Number(options.getCount())];
  if (records === 'absent') {
    const name = nameOf(options.getStream()?.getStreamIdentifier());
    call.write(new ReadResp().setStreamNotFound(new ReadResp.StreamNotFound().setStreamIdentifier(streamIdentifier(name))));
  } else
    for (const record of records) {
      if (left === 0 || call.cancelled) break;
      looked += 1;
      if (match(record)) left -= (call.write(answer(record)), 1);
      if (filter && walk && looked % walk.records === 0) await new Promise((resolve) => setTimeout(resolve, walk.pause));
    }
  call.end();
  return looked;
}

/** Forwards from a revision, itself included; backwards likewise. */
function ofStream(database: KurrentDatabase, options: Options): Recorded[] | 'absent' {
  const asked = options.getStream();
  const stored = database.stream(nameOf(asked?.getStreamIdentifier()));
  if (stored.length === 0) return 'absent';
  const from = asked?.hasStart() ? 0n : asked?.hasEnd() ? FAR : BigInt(asked?.getRevision() ?? 0);
  if (backwards(options)) return stored.filter(({ revision }) => BigInt(revision) <= from).reverse();
  return stored.filter(({ revision }) => BigInt(revision) >= from);
}

/**
 * "for forward pass position is inclusive"; backwards only records that end before the position.
 * A position inside the log where no record begins is refused, one beyond its end reads nothing.
 */
function ofAll(database: KurrentDatabase, options: Options): Recorded[] | 'invalid' {
  const asked = options.getAll();
  const from = asked?.hasStart() ? 0n : asked?.hasEnd() ? FAR : BigInt(asked?.getPosition()?.getCommitPosition() ?? 0);
  if (asked?.hasPosition() && !isBoundary(database, from)) return 'invalid';
  if (backwards(options)) return database.all.slice(0, indexOf(database, from)).reverse();
  return database.all.slice(indexOf(database, from));
}

const backwards = (options: Options): boolean => options.getReadDirection() === ReadReq.Options.ReadDirection.BACKWARDS;

/** Number of records that begin before a position. */
function indexOf({ all }: KurrentDatabase, position: bigint): number {
  let [low, high] = [0, all.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((all[middle]?.position ?? FAR) < position) low = middle + 1;
    else high = middle;
  }
  return low;
}

function isBoundary(database: KurrentDatabase, position: bigint): boolean {
  const found = database.all[indexOf(database, position)];
  return found === undefined || found.position === position;
}

function matcher(filter: Filter | undefined): (event: Recorded) => boolean {
  if (!filter) return () => true;
  const byType = filter.hasEventType();
  const expression = byType ? filter.getEventType() : filter.getStreamIdentifier();
  const prefixes = expression?.getPrefixList() ?? [];
  const regex = expression?.getRegex() ? new RegExp(expression.getRegex()) : undefined;
  return (event) => {
    const text = byType ? event.type : event.stream;
    return regex ? regex.test(text) : prefixes.some((prefix) => text.startsWith(prefix));
  };
}

/**
 * A subscription starts after its position, catches up, says so, and goes on live without a gap. A filtered one gets checkpoints: every
 * so many records looked at, and "when going live".
 */
export function subscribe(database: KurrentDatabase, call: ReadCall): void {
  const options = call.request.getOptions() ?? new ReadReq.Options();
  const filter = options.getFilter();
  const match = matcher(filter);
  const window = filter ? (filter.hasMax() ? filter.getMax() : SEARCH_WINDOW) * (filter.getCheckpointintervalmultiplier() || 1) : 0;
  const stream = options.hasStream() ? nameOf(options.getStream()?.getStreamIdentifier()) : undefined;
  let after = startOf(database, options, stream);
  let looked = 0;
  const checkpoint = (position: bigint): void => {
    const message = new ReadResp.Checkpoint().setCommitPosition(String(position)).setPreparePosition(String(position));
    call.write(new ReadResp().setCheckpoint(message));
  };
  const push = (event: Recorded): void => {
    const place = stream === undefined ? event.position : BigInt(event.revision);
    if ((stream !== undefined && event.stream !== stream) || place <= after) return;
    after = place;
    if (match(event)) call.write(answer(event));
    looked += 1;
    if (window > 0 && looked % window === 0) checkpoint(event.position);
  };
  call.write(new ReadResp().setConfirmation(new ReadResp.SubscriptionConfirmation().setSubscriptionId(randomUUID())));
  for (const event of stream === undefined ? [...database.all] : [...database.stream(stream)]) push(event);
  if (window > 0 && after >= 0n) checkpoint(after);
  call.write(new ReadResp().setCaughtUp(new ReadResp.CaughtUp().setTimestamp(Timestamp.fromDate(new Date()))));
  const live = (events: readonly Recorded[]): void => events.forEach(push);
  database.on('events', live);
  call.on('cancelled', () => database.off('events', live));
  call.on('close', () => database.off('events', live));
}

function startOf(database: KurrentDatabase, options: Options, stream: string | undefined): bigint {
  const asked = stream === undefined ? options.getAll() : options.getStream();
  if (asked?.hasStart()) return -1n;
  if (stream !== undefined)
    return asked?.hasEnd() ? BigInt(database.stream(stream).length - 1) : BigInt(options.getStream()?.getRevision() ?? 0);
  return asked?.hasEnd() ? (database.all.at(-1)?.position ?? -1n) : BigInt(options.getAll()?.getPosition()?.getCommitPosition() ?? 0);
}

/** "Populate $all position for stream reads" (server 22.10 and later): every read tells it. */
function answer(event: Recorded): ReadResp {
  const position = String(event.position);
  const recorded = new ReadResp.ReadEvent.RecordedEvent()
    .setId(uuid(event.id))
    .setStreamIdentifier(streamIdentifier(event.stream))
    .setStreamRevision(String(event.revision))
    .setCommitPosition(position)
    .setPreparePosition(position)
    .setData(event.data)
    .setCustomMetadata(event.metadata);
  recorded.getMetadataMap().set('type', event.type).set('content-type', event.contentType).set('created', String(event.created));
  const message = new ReadResp.ReadEvent().setEvent(recorded).setCommitPosition(position);
  return new ReadResp().setEvent(message);
}

export const isSubscription = (call: ReadCall): boolean => call.request.getOptions()?.hasSubscription() ?? false;
export const readsAll = (call: ReadCall): boolean => call.request.getOptions()?.hasAll() ?? false;
