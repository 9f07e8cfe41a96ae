import { randomUUID } from 'node:crypto';
import type { Message } from '../src/event-bus';

export const someMessage = (subject: string, revision: number): Message => ({
  id: randomUUID(),
  type: 'raccordo.counting.Counted.v1',
  subject,
  revision,
  region: 'umbria',
  time: '2026-03-01T09:00:00.000Z',
  actor: 'member-1',
  organisation: 'organisation-1',
  correlation: 'r1',
  data: { n: revision },
});
