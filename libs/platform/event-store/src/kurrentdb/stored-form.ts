import type { EventToAppend, RecordedEvent } from '@platform/kernel';
import type { EventData, JSONEventType } from '@kurrent/kurrentdb-client';
import { json } from '../storable';
import type { Position } from './page-reads';

// How our events look in KurrentDB. The stream keeps its name, the type says the log: `cases@umbria/CaseOpened`. So a log is read from `$all`
// by a prefix that the server filters by, and a stream is found without knowing its log.

/** Beside what we store: which call stored it, so that a call can tell its own write from an equal one. */
type Metadata = Pick<EventToAppend, 'schema' | 'sealed' | 'meta'> & { readonly write: string };

/** One event as the server sends it; what it holds is parsed when somebody looks. */
export interface Stored {
  readonly id: string;
  readonly type: string;
  readonly stream: string;
  readonly revision: number;
  readonly position: Position;
  readonly data: () => unknown;
  readonly metadata: () => unknown;
}

export const prefixOf = (log: string): string => `${log}/`;
/** Types of ours, of any log. System types begin with `$`, types of the adapter's own bookkeeping with `_`. */
export const ANY_LOG = '^[a-z][a-z0-9_.-]*@[a-z0-9-]+/';
export const logOf = (type: string): string => type.slice(0, type.indexOf('/'));

/** @throws Error when the event holds characters that would come back changed */
export function toStore(log: string, { id, type, schema, data, sealed, meta }: EventToAppend, write: string): EventData<JSONEventType> {
  json({ data, sealed, meta });
  const metadata: Metadata = { schema, ...(sealed ? { sealed } : {}), meta, write };
  return { id, type: prefixOf(log) + type, contentType: 'application/json', data: data as JSONEventType['data'], metadata };
}

export interface Found {
  readonly event: RecordedEvent;
  readonly write: string;
}

export function fromStore(stored: Stored): Found {
  const { schema, sealed, meta, write } = stored.metadata() as Metadata;
  const { id, stream, revision } = stored;
  const log = logOf(stored.type);
  const [type, data, position] = [stored.type.slice(log.length + 1), stored.data() as object, positionText(stored.position)];
  return { event: { id, type, schema, data, ...(sealed ? { sealed } : {}), meta, stream, revision, log, position }, write };
}

const LARGEST = 2n ** 63n - 1n;
const POSITION = /^(\d{19})\.(\d{19})$/;

/** Both numbers, each wide enough for the largest, so that texts sort as positions do. */
export function positionText({ commit, prepare }: Position): string {
  if (commit > LARGEST) throw new Error('this server tells no position of an event: EventStoreDB 22.10 or later is needed');
  return [commit, prepare].map((number) => String(number).padStart(19, '0')).join('.');
}

/** @throws Error when the text is no position of this store */
export function positionOf(text: string): Position {
  const [, commit, prepare] = POSITION.exec(text) ?? [];
  if (commit === undefined || prepare === undefined) throw new Error('this is no position of this store');
  return { commit: BigInt(commit), prepare: BigInt(prepare) };
}
