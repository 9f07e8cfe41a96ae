import type { DomainEvent, EventMeta, RecordedEvent } from '@platform/kernel';
import { NOON, streamId } from './people';

const META: EventMeta = {
  at: NOON,
  actor: streamId('member', 1),
  organisation: streamId('organisation', 1),
  region: 'umbria',
  role: 'coordinator',
  session: 'session-1',
  acr: 2,
  purpose: 'direct_assistance',
  request: 'request-1',
  causation: null,
  correlation: 'correlation-1',
  command: 'Command',
  commandId: '00000000-0000-7000-8000-00000000c0de',
  commandHash: 'ab'.repeat(32),
  policy: 'cd'.repeat(32),
  reasons: ['rule-1'],
  facts: [],
  cases: [],
};

/** Where a recorded event stands; everything else is assumed. */
export interface Place {
  readonly stream: string;
  readonly revision?: number;
  readonly log?: string;
  readonly position?: number;
  readonly meta?: Partial<EventMeta>;
}

/** An event as a store returns it. Its id follows from stream and revision. */
export const recorded = (
  event: DomainEvent,
  { stream, revision = 0, log = 'regions@umbria', position = revision, meta = {} }: Place,
): RecordedEvent => ({
  id: `${stream.slice(stream.indexOf('-') + 1).slice(0, 24)}${String(revision).padStart(12, '0')}`,
  type: event.type,
  schema: 1,
  data: event.data,
  meta: { ...META, ...meta },
  stream,
  revision,
  log,
  position: String(position).padStart(16, '0'),
});
