import { Injectable } from '@nestjs/common';
import { type Consumer, inRuns } from '@platform/consuming';
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
    const lines = inRuns(historyLines);
    const types = [caseEvents, consentEvents, legalBasisEvents, accessGrantEvents, breakGlassEvents, unmaskEvents].flatMap((events) =>
      Object.keys(events),
    );
    return {
      name: 'case-history',
      context: 'cases',
      source: { store: 'cases' },
      handlers: {
        ...Object.fromEntries(types.map((type) => [type, lines])),
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

/** Codes of the events' clear data only; references into the vault stay out. */
async function historyLines(events: readonly RecordedEvent[], tx: EntityManager): Promise<void> {
  const clear = ({ data }: RecordedEvent): string =>
    JSON.stringify(Object.fromEntries(Object.entries(data).filter(([key]) => !/refs?$/i.test(key))));
  await tx.query(
    `insert into cases.case_history (case_id, stream, revision, at, type, actor, organisation, line)
     select case_id, stream, revision, at::timestamptz, type, actor, organisation, line::jsonb
     from unnest($1::text[], $2::text[], $3::int[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[])
       as t (case_id, stream, revision, at, type, actor, organisation, line)
     on conflict (stream, revision) do nothing`,
    [
      ...[
        events.map(caseOf),
        events.map(({ stream }) => stream),
        events.map(({ revision }) => revision),
        events.map(({ meta }) => meta.at),
      ],
      ...[
        events.map(({ type }) => type),
        events.map(({ meta }) => meta.actor),
        events.map(({ meta }) => meta.organisation),
        events.map(clear),
      ],
    ],
  );
}
