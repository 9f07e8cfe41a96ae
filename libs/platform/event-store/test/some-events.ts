import { randomUUID } from 'node:crypto';
import type { EventMeta, EventToAppend } from '@platform/kernel';

/** Names of this run: a real server remembers earlier ones, whatever their process ids were. */
export const RUN = randomUUID().slice(0, 8);

export const meta: EventMeta = {
  at: '2026-03-01T09:00:00.000Z',
  actor: 'member-1',
  organisation: 'organisation-1',
  region: 'umbria',
  role: 'operator',
  session: 's1',
  acr: 2,
  purpose: 'direct_assistance',
  request: 'r1',
  causation: null,
  correlation: 'r1',
  command: 'Count',
  commandId: '0193b6f2-7c1e-7d2a-9f00-1a2b3c4d5e6f',
  commandHash: '',
  policy: '',
  reasons: ['R1'],
  facts: [{ stream: 'member-1', revision: 4 }],
  cases: [],
};

export const someEvent = (n = 0, over: Partial<EventToAppend> = {}): EventToAppend => ({
  id: randomUUID(),
  type: 'Counted',
  schema: 1,
  data: { n },
  meta,
  ...over,
});
export const someEvents = (count: number): EventToAppend[] => Array.from({ length: count }, (_, n) => someEvent(n));
export const newStream = (noun = 'counter'): string => `${noun}-${randomUUID()}`;
