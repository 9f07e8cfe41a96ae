import { Injectable } from '@nestjs/common';
import type { Consumer } from '@platform/consuming';
import type { RecordedEvent } from '@platform/kernel';
import type { EntityManager } from 'typeorm';
import { accessGrantEvents } from '../access-grant/access-grant';
import { breakGlassEvents } from '../break-glass/break-glass';
import { consentEvents } from '../consent/consent';
import { legalBasisEvents } from '../legal-basis/legal-basis';
import { caseEvents } from './case';

/** One line for everything that happened to a case, in codes: what a reader of its story, and the trail, start from. */
@Injectable()
export class CaseHistory {
  consumer(): Consumer {
    const line = (event: RecordedEvent, tx: EntityManager): Promise<void> => historyLine(event, caseOf(event), tx);
    const types = [caseEvents, consentEvents, legalBasisEvents, accessGrantEvents, breakGlassEvents].flatMap((events) =>
      Object.keys(events),
    );
    return {
      name: 'case-history',
      context: 'cases',
      source: { store: 'cases' },
      handlers: Object.fromEntries(types.map((type) => [type, line])),
      tables: ['cases.case_history'],
    };
  }
}

const caseOf = (event: RecordedEvent): string =>
  event.stream.startsWith('case-') ? event.stream : String((event.data as { case?: unknown }).case ?? '');

/** Codes of the event's clear data only; references into the vault stay out. */
async function historyLine(event: RecordedEvent, caseId: string, tx: EntityManager): Promise<void> {
  const clear = Object.fromEntries(Object.entries(event.data).filter(([key]) => !/refs?$/i.test(key)));
  await tx.query(
    `insert into cases.case_history (case_id, stream, revision, at, type, actor, organisation, line) values ($1, $2, $3, $4, $5, $6, $7, $8)
     on conflict (stream, revision) do nothing`,
    [caseId, event.stream, event.revision, event.meta.at, event.type, event.meta.actor, event.meta.organisation, JSON.stringify(clear)],
  );
}
