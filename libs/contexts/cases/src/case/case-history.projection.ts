import { Injectable } from '@nestjs/common';
import type { Consumer } from '@platform/consuming';
import type { RecordedEvent } from '@platform/kernel';
import type { EntityManager } from 'typeorm';
import { accessGrantEvents } from '../access-grant/access-grant';
import { breakGlassEvents } from '../break-glass/break-glass';
import { consentEvents } from '../consent/consent';
import { legalBasisEvents } from '../legal-basis/legal-basis';
import { unmaskEvents } from '../unmask/unmask';
import { caseEvents } from './case';

/** One line for everything that happened to a case, in codes: what a reader of its story, and the trail, start from. */
@Injectable()
export class CaseHistory {
  consumer(): Consumer {
    const line = (event: RecordedEvent, tx: EntityManager): Promise<void> => historyLine(event, caseOf(event), tx);
    const types = [caseEvents, consentEvents, legalBasisEvents, accessGrantEvents, breakGlassEvents, unmaskEvents].flatMap((events) =>
      Object.keys(events),
    );
    return {
      name: 'case-history',
      context: 'cases',
      source: { store: 'cases' },
      handlers: {
        ...Object.fromEntries(types.map((type) => [type, line])),
        SubjectErased: (event: RecordedEvent<{ subject: string }>, tx: EntityManager) => forgotten(event.data.subject, tx),
      },
      tables: ['cases.case_history'],
    };
  }
}

const caseOf = (event: RecordedEvent): string => {
  const { case: of } = event.data as { case?: unknown };
  return event.stream.startsWith('case-') ? event.stream : typeof of === 'string' ? of : '';
};

/** That something happened stays; what could tell one person from another goes. */
async function forgotten(caseId: string, tx: EntityManager): Promise<void> {
  await tx.query("update cases.case_history set line = '{}' where case_id = $1", [caseId]);
}

/** Codes of the event's clear data only; references into the vault stay out. */
async function historyLine(event: RecordedEvent, caseId: string, tx: EntityManager): Promise<void> {
  const clear = Object.fromEntries(Object.entries(event.data).filter(([key]) => !/refs?$/i.test(key)));
  await tx.query(
    `insert into cases.case_history (case_id, stream, revision, at, type, actor, organisation, line) values ($1, $2, $3, $4, $5, $6, $7, $8)
     on conflict (stream, revision) do nothing`,
    [caseId, event.stream, event.revision, event.meta.at, event.type, event.meta.actor, event.meta.organisation, JSON.stringify(clear)],
  );
}
