import { createHash } from 'node:crypto';
import type { AuditBody, Happening } from '@platform/auditing';
import { isStream, type RecordedEvent, regionOf } from '@platform/kernel';
import { canonicalJson } from '@platform/tlog';

/** Handle of `audit@region` for a stream; the service itself keeps its word. */
export type Naming = (stream: string) => string;

export const SYSTEM = 'system';

/** Cases an event is about: its own stream, what its data name, and what its command said it touched. */
export function casesOf(event: RecordedEvent): string[] {
  const named = (event.data as { case?: unknown }).case;
  const candidates = [event.stream, ...(typeof named === 'string' ? [named] : []), ...event.meta.cases];
  return [...new Set(candidates.filter((stream) => isStream(stream, 'case')))];
}

/** Every stream whose handle the entry of an event needs. */
export const streamsOf = (event: RecordedEvent): string[] =>
  [event.stream, event.meta.actor, event.meta.organisation, ...casesOf(event), ...event.meta.facts.map((fact) => fact.stream)].filter(
    (stream) => stream !== SYSTEM,
  );

/** The entry of a permitted command, from the event it stored. Nothing of the event's content enters: only what was done, on whose word and why. */
export function happeningOf(event: RecordedEvent, seq: number, handle: Naming): Happening {
  const { meta } = event;
  const body: AuditBody = {
    v: 1,
    at: meta.at,
    region: regionOf(event.log),
    request: meta.request,
    actor: handle(meta.actor),
    organisation: handle(meta.organisation),
    role: meta.role,
    session: meta.session,
    acr: meta.acr,
    act: meta.command,
    purpose: meta.purpose,
    effect: 'permitted',
    reasons: meta.reasons,
    policy: meta.policy,
    facts: meta.facts.map((fact) => ({ stream: handle(fact.stream), revision: fact.revision })),
    cases: casesOf(event).map(handle),
    groups: [],
    commitments: [],
  };
  const reference = { log: event.log, stream: handle(event.stream), revision: event.revision, type: event.type, sha256: eventHash(event) };
  return { producer: event.log, seq, body, event: reference };
}

/** Hash of what was stored, without what belongs to one store only (its positions). */
export const eventHash = ({ id, type, schema, data, sealed, meta }: RecordedEvent): string =>
  createHash('sha256').update(canonicalJson({ id, type, schema, data, sealed, meta })).digest('hex');
