import type { CallOptions, ClientReadableStream, Metadata } from '@grpc/grpc-js';
import type { KurrentDBClient } from '@kurrent/kurrentdb-client';
import type { StreamsClient } from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/streams_grpc_pb';
import type { ReadReq, ReadResp } from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/streams_pb';
import { positionText, type Stored } from './stored-form';

/** What to read: one page, from a place in a direction. */
export interface Page {
  readonly of:
    { readonly stream: string; readonly from: bigint | 'end' } | { readonly from: Position | 'start' | 'end'; readonly types?: TypeFilter };
  readonly backwards?: boolean;
  readonly count: number;
  /** Nothing that is asked for lies behind this position: the server need not look on. */
  readonly until?: string;
}

export interface Call {
  readonly deadline: number;
  readonly signal?: AbortSignal;
}
export type TypeFilter = { readonly prefixes: readonly string[] } | { readonly regex: string };
export interface Position {
  readonly commit: bigint;
  readonly prepare: bigint;
}

/** What the client lets its own methods and subclasses use: its channel, which finds the leader and reconnects, and its credentials. */
interface Inside {
  execute<T>(type: typeof StreamsClient, name: string, action: (streams: StreamsClient) => Promise<T>): Promise<T>;
  callArguments(options: { requiresLeader: boolean; deadline: number }): [Metadata, Partial<CallOptions>];
}

/**
 * One page over the connection that the client also appends and subscribes on, instead of `readStream` and `readAll`: those go through a native
 * part with a connection of its own, which turns TCP_NODELAY off (up to 45 ms for a read that takes 1 ms) and keeps no deadline in a network
 * that swallows everything (see docs/adr/0020-logs-in-kurrentdb.md). Reads go to the leader: what was appended is seen.
 */
export async function readPage(client: KurrentDBClient, page: Page, { deadline, signal }: Call): Promise<Stored[]> {
  const [{ StreamsClient }, request] = await Promise.all([
    import('@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/streams_grpc_pb.js'),
    requestFor(page),
  ]);
  const inside = client as unknown as Inside;
  return inside.execute(StreamsClient, 'read', (streams) =>
    collected(streams.read(request, ...inside.callArguments({ requiresLeader: true, deadline })), page.until, signal),
  );
}

/** No such stream reads as nothing. */
function collected(call: ClientReadableStream<ReadResp>, until?: string, signal?: AbortSignal): Promise<Stored[]> {
  return new Promise((resolve, reject) => {
    const events: Stored[] = [];
    call.on('data', (answer: ReadResp) => {
      const event = answer.getEvent()?.getEvent();
      if (!event) return;
      const found = stored(event);
      events.push(found);
      if (until === undefined || positionText(found.position) < until) return;
      resolve(events);
      call.cancel();
    });
    call.on('error', reject); // of a call that was cancelled nobody hears any more
    call.on('end', () => resolve(events));
    signal?.addEventListener('abort', () => call.cancel(), { once: true });
  });
}

function stored(event: ReadResp.ReadEvent.RecordedEvent): Stored {
  const parsed = (bytes: Uint8Array): unknown => JSON.parse(Buffer.from(bytes).toString()) as unknown;
  const metadata = event.getCustomMetadata_asU8();
  return {
    id: event.getId()?.getString() ?? '',
    type: event.getMetadataMap().get('type') ?? '',
    stream: Buffer.from(event.getStreamIdentifier()?.getStreamName_asU8() ?? []).toString(),
    revision: Number(event.getStreamRevision()),
    position: { commit: BigInt(event.getCommitPosition()), prepare: BigInt(event.getPreparePosition()) },
    data: () => parsed(event.getData_asU8()),
    metadata: () => (metadata.length > 0 ? parsed(metadata) : undefined),
  };
}

async function requestFor({ of, backwards = false, count }: Page): Promise<ReadReq> {
  const { ReadReq } = await import('@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/streams_pb.js');
  const { Empty, StreamIdentifier } = await import('@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/shared_pb.js');
  const { Options } = ReadReq;
  const options = new Options()
    .setCount(String(count))
    .setReadDirection(backwards ? Options.ReadDirection.BACKWARDS : Options.ReadDirection.FORWARDS)
    .setUuidOption(new Options.UUIDOption().setString(new Empty()));
  if ('stream' in of) {
    const name = new StreamIdentifier().setStreamName(Buffer.from(of.stream).toString('base64'));
    const stream = new Options.StreamOptions().setStreamIdentifier(name);
    options.setStream(of.from === 'end' ? stream.setEnd(new Empty()) : stream.setRevision(String(of.from))).setNoFilter(new Empty());
  } else {
    const all = new Options.AllOptions();
    if (of.from === 'start') all.setStart(new Empty());
    else if (of.from === 'end') all.setEnd(new Empty());
    else all.setPosition(new Options.Position().setCommitPosition(String(of.from.commit)).setPreparePosition(String(of.from.prepare)));
    options.setAll(all);
    if (of.types) options.setFilter(filterFor(Options, new Empty(), of.types));
    else options.setNoFilter(new Empty());
  }
  return new ReadReq().setOptions(options);
}

function filterFor(
  { FilterOptions }: typeof ReadReq.Options,
  empty: InstanceType<typeof import('@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/shared_pb.js').Empty>,
  types: TypeFilter,
): ReadReq.Options.FilterOptions {
  const expression = new FilterOptions.Expression();
  if ('regex' in types) expression.setRegex(types.regex);
  else expression.setPrefixList([...types.prefixes]);
  return new FilterOptions().setEventType(expression).setCount(empty).setCheckpointintervalmultiplier(1);
}
