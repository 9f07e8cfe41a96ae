import { Inject, Injectable } from '@nestjs/common';
import type { AllHandlers, Consumer } from '@platform/consuming';
import { WRITER } from '@platform/database';
import { type RecordedEvent, regionOf } from '@platform/kernel';
import type { DataSource, EntityManager } from 'typeorm';
import type { UnmaskEvent } from './unmask';

type Tx = EntityManager;

/** A request to unmask that waits or is open. */
export interface UnmaskRow {
  readonly unmask: string;
  readonly caseId: string;
  readonly member: string;
  readonly organisation: string;
  readonly groups: readonly string[];
  readonly reason: string;
  readonly minutes: number;
  readonly status: string;
  readonly requestedAt: string;
  readonly until: string | null;
  readonly revision: number;
}

/** Requests to unmask, for those who decide on them. */
@Injectable()
export class UnmaskRows {
  constructor(@Inject(WRITER) private readonly rows: DataSource) {}

  readonly handlers: AllHandlers<UnmaskEvent> = {
    UnmaskRequested: async (event, tx) => {
      const { case: of, member, organisation, groups, reason, minutes } = event.data;
      await tx.query(
        `insert into cases.unmask (unmask, region, case_id, member, organisation, groups, reason, minutes, status, requested_at, revision)
         values ($1, $2, $3, $4, $5, $6, $7, $8, 'Requested', $9, $10) on conflict (unmask) do nothing`,
        [event.stream, regionOf(event.log), of, member, organisation, groups, reason, minutes, event.meta.at, event.revision],
      );
    },
    UnmaskApproved: (event, tx) => turn(event, tx, 'Open', event.data.until),
    UnmaskRefused: (event, tx) => turn(event, tx, 'Refused', null),
    UnmaskEnded: (event, tx) => turn(event, tx, 'Ended', null),
  };

  consumer(): Consumer {
    return { name: 'unmaskings', context: 'cases', source: { store: 'cases' }, handlers: this.handlers, tables: ['cases.unmask'] };
  }

  /** In a region, oldest first. Approvers may hold no relation to the case yet: who sees which is decided row by row. */
  async waiting(region: string): Promise<UnmaskRow[]> {
    return this.rows.query<UnmaskRow[]>(
      `select unmask, case_id as "caseId", member, organisation, groups, reason, minutes, status, to_json(requested_at) as "requestedAt",
         to_json(until) as until, revision
       from cases.unmask where region = $1 and status in ('Requested', 'Open') order by requested_at, unmask limit 200`,
      [region],
    );
  }
}

async function turn(event: RecordedEvent, tx: Tx, status: string, until: string | null): Promise<void> {
  await tx.query(
    'update cases.unmask set status = $3, until = coalesce($4::timestamptz, until), revision = $2 where unmask = $1 and revision < $2',
    [event.stream, event.revision, status, until],
  );
}
