import type { sendUnaryData, ServerDuplexStream, ServerReadableStream, ServiceError } from '@grpc/grpc-js';
import {
  AllStreamPosition,
  MaximumAppendSizeExceeded,
  Timeout,
  Unknown,
  WrongExpectedVersion as WrongVersionDetails,
} from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/shared_pb';
import { Status } from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/status_pb';
import {
  AppendReq,
  AppendResp,
  BatchAppendReq,
  BatchAppendResp,
} from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/streams_pb';
import { Any } from 'google-protobuf/google/protobuf/any_pb';
import { AppendTooLarge, type ExpectedState, type KurrentDatabase, type Proposed, WrongExpectedVersion, type Written } from './database';
import { appendTooLarge, empty, expectedState, nameOf, proposed, streamIdentifier, textOf } from './protocol';

/** What goes wrong with one append. An answer that is lost leaves the client without knowing whether the events were stored. */
export type AppendFault = 'never arrives' | 'answer lost' | 'times out';

export interface Appending {
  readonly database: KurrentDatabase;
  fault(stream: string): AppendFault | undefined;
  /** Runs the answer after whatever delay is asked for. */
  later(answer: () => void): void;
  /** Refuses calls this node may not serve. */
  refusal(): ServiceError | undefined;
}

interface Batch {
  readonly stream: string;
  readonly expected: ExpectedState;
  readonly events: Proposed[];
}

/** Many appends over one call, told apart by their correlation ids; each is whole when its last part says so. */
export function batchAppend(node: Appending, call: ServerDuplexStream<BatchAppendReq, BatchAppendResp>): void {
  const open = new Map<string, Batch>();
  call.on('data', (request: BatchAppendReq) => {
    const id = textOf(request.getCorrelationId());
    const options = request.getOptions();
    const batch = open.get(id) ?? {
      stream: nameOf(options?.getStreamIdentifier()),
      expected: expectedState(options ?? new BatchAppendReq.Options()),
      events: [],
    };
    open.set(id, batch);
    batch.events.push(...request.getProposedMessagesList().map(proposed));
    if (!request.getIsFinal()) return;
    open.delete(id);
    // A follower cannot say so per append: "throw RpcExceptions.LeaderInfo" ends the whole call.
    const refusal = node.refusal();
    if (refusal) return void call.emit('error', refusal);
    const fault = node.fault(batch.stream);
    if (fault === 'never arrives') return;
    const response = new BatchAppendResp().setCorrelationId(request.getCorrelationId()).setStreamIdentifier(streamIdentifier(batch.stream));
    const outcome = attempt(() => node.database.append(batch.stream, batch.expected, batch.events));
    if (fault === 'answer lost') return;
    if (fault === 'times out') response.setError(status(new Timeout().serializeBinary(), 'Timeout'));
    else if (outcome instanceof Error) response.setError(errorStatus(outcome));
    else response.setSuccess(new BatchAppendResp.Success().setCurrentRevision(String(outcome.revision)).setPosition(positionOf(outcome)));
    node.later(() => call.write(response));
  });
  call.on('end', () => call.end());
}

const positionOf = ({ position }: Written): AllStreamPosition =>
  new AllStreamPosition().setCommitPosition(String(position)).setPreparePosition(String(position));

function attempt(append: () => Written): Written | Error {
  try {
    return append();
  } catch (error) {
    return error as Error;
  }
}

const status = (packed: Uint8Array, name: string): Status => {
  const details = new Any();
  details.pack(packed, `event_store.client.${name}`);
  return new Status().setDetails(details);
};

function errorStatus(error: Error): Status {
  if (error instanceof AppendTooLarge)
    return status(new MaximumAppendSizeExceeded().setMaxappendsize(error.limit).serializeBinary(), 'MaximumAppendSizeExceeded');
  if (!(error instanceof WrongExpectedVersion)) return status(new Unknown().serializeBinary(), 'Unknown');
  const details = new WrongVersionDetails();
  if (error.current < 0) details.setCurrentNoStream(empty());
  else details.setCurrentStreamRevision(String(error.current));
  if (error.expected === 'any') details.setExpectedAny(empty());
  else if (error.expected === 'no_stream') details.setExpectedNoStream(empty());
  else if (error.expected === 'stream_exists') details.setExpectedStreamExists(empty());
  else details.setExpectedStreamPosition(String(error.expected));
  return status(details.serializeBinary(), 'WrongExpectedVersion');
}

/** The older call, one append each; the client takes it when credentials differ from those of the connection. */
export function append(node: Appending, call: ServerReadableStream<AppendReq, AppendResp>, answer: sendUnaryData<AppendResp>): void {
  let options = new AppendReq.Options();
  const events: Proposed[] = [];
  call.on('data', (request: AppendReq) => {
    const message = request.getProposedMessage();
    if (message) events.push(proposed(message));
    else options = request.getOptions() ?? options;
  });
  call.on('end', () => {
    const stream = nameOf(options.getStreamIdentifier());
    const refusal = node.refusal();
    if (refusal) return answer(refusal);
    const fault = node.fault(stream);
    if (fault === 'never arrives') return;
    const outcome = attempt(() => node.database.append(stream, expectedState(options), events));
    if (fault) return;
    node.later(() => {
      if (outcome instanceof AppendTooLarge) answer(appendTooLarge(outcome.limit));
      else if (outcome instanceof WrongExpectedVersion) answer(null, new AppendResp().setWrongExpectedVersion(wrongVersion(outcome)));
      else if (outcome instanceof Error) answer(Object.assign(outcome, { code: 2 }));
      else answer(null, new AppendResp().setSuccess(success(outcome)));
    });
  });
}

function success({ revision, position }: Written): AppendResp.Success {
  const place = new AppendResp.Position().setCommitPosition(String(position)).setPreparePosition(String(position));
  return new AppendResp.Success().setCurrentRevision(String(revision)).setPosition(place);
}

function wrongVersion({ current, expected }: WrongExpectedVersion): AppendResp.WrongExpectedVersion {
  const details = new AppendResp.WrongExpectedVersion();
  if (current < 0) details.setCurrentNoStream(empty());
  else details.setCurrentRevision(String(current));
  if (expected === 'any') return details.setExpectedAny(empty());
  if (expected === 'no_stream') return details.setExpectedNoStream(empty());
  return expected === 'stream_exists' ? details.setExpectedStreamExists(empty()) : details.setExpectedRevision(String(expected));
}
