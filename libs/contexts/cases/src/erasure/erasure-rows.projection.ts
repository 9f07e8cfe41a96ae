import { Inject, Injectable } from '@nestjs/common';
import type { AllHandlers, Consumer } from '@platform/consuming';
import { WRITER } from '@platform/database';
import { type RecordedEvent, regionOf } from '@platform/kernel';
import type { DataSource, EntityManager } from 'typeorm';
import type { ErasureEvent } from './erasure';

/** A request to erase that waits for the data protection officer. */
export interface ErasureRow {
  readonly erasure: string;
  readonly subject: string;
  readonly ground: string;
  readonly status: string;
  readonly requestedAt: string;
  readonly revision: number;
}

/** Requests to erase, by region. */
@Injectable()
export class ErasureRows {
  constructor(@Inject(WRITER) private readonly rows: DataSource) {}

  readonly handlers: AllHandlers<ErasureEvent> = {
    ErasureRequested: async (event, tx) => {
      const { subject, ground, requester } = event.data;
      await tx.query(
        `insert into cases.erasure (erasure, region, subject, ground, requester, status, requested_at, revision)
         values ($1, $2, $3, $4, $5, 'Requested', $6, $7) on conflict (erasure) do nothing`,
        [event.stream, regionOf(event.log), subject, ground, requester, event.meta.at, event.revision],
      );
    },
    ErasureApproved: (event, tx) => turn(event, tx, 'Approved'),
    ErasureRefused: (event, tx) => turn(event, tx, 'Refused'),
    SubjectErased: (event, tx) => turn(event, tx, 'Erased'),
  };

  consumer(): Consumer {
    return { name: 'erasures', context: 'cases', source: { store: 'cases' }, handlers: this.handlers, tables: ['cases.erasure'] };
  }

  /** Oldest first. */
  async waiting(region: string): Promise<ErasureRow[]> {
    return this.rows.query<ErasureRow[]>(
      `select erasure, subject, ground, status, to_json(requested_at) as "requestedAt", revision
       from cases.erasure where region = $1 and status = 'Requested' order by requested_at, erasure limit 200`,
      [region],
    );
  }
}

async function turn(event: RecordedEvent, tx: EntityManager, status: string): Promise<void> {
  await tx.query('update cases.erasure set status = $3, revision = $2 where erasure = $1 and revision < $2', [
    event.stream,
    event.revision,
    status,
  ]);
}
