import { Injectable } from '@nestjs/common';
import type { AllHandlers, Consumer } from '@platform/consuming';
import type { RecordedEvent } from '@platform/kernel';
import type { EntityManager } from 'typeorm';
import type { TerritorialDynamicEvent } from './territorial-dynamic';

type Tx = EntityManager;

/** What happens where and when. No person, no company, and not who saw it. */
export interface DynamicRow {
  readonly dynamic: string;
  readonly region: string;
  /** Empty where a border zone is named. */
  readonly comune: string;
  readonly zone: string;
  readonly from: string;
  readonly to: string;
  readonly pattern: string;
  readonly status: string;
  /** The second region; empty until one confirms it. */
  readonly corroboratedBy: string;
  readonly revision: number;
}

/** Territorial dynamics of all regions of the network. */
@Injectable()
export class Dynamics {
  readonly handlers: AllHandlers<TerritorialDynamicEvent> = {
    DynamicObserved: async (event, tx) => {
      const { region, comune, zone, from, to, pattern } = event.data;
      await tx.query(
        `insert into cases.dynamic (dynamic, region, comune, zone, from_day, to_day, pattern, status, corroborated_by, revision)
         values ($1, $2, $3, $4, $5, $6, $7, 'Observed', '', $8) on conflict (dynamic) do nothing`,
        [event.stream, region, comune ?? '', zone ?? '', from, to, pattern, event.revision],
      );
    },
    DynamicCorroborated: (event, tx) => turn(event, tx, 'Corroborated', event.data.by),
    DynamicExpired: (event, tx) => turn(event, tx, 'Stale', null),
  };

  consumer(): Consumer {
    return { name: 'dynamics', context: 'cases', source: { store: 'cases' }, handlers: this.handlers, tables: ['cases.dynamic'] };
  }

  /** Those of one region or of all that are not over, or of a past season when asked. */
  list(tx: Tx, region: string | undefined, past: boolean, after: string, limit: number): Promise<DynamicRow[]> {
    return tx.query<DynamicRow[]>(
      `select dynamic, region, comune, zone, to_char(from_day, 'YYYY-MM-DD') as "from", to_char(to_day, 'YYYY-MM-DD') as "to", pattern, status,
         corroborated_by as "corroboratedBy", revision
       from cases.dynamic where ($1::text is null or region = $1) and (status = 'Stale') = $2 and dynamic > $3 order by dynamic limit $4`,
      [region ?? null, past, after, limit],
    );
  }
}

async function turn(event: RecordedEvent, tx: Tx, status: string, by: string | null): Promise<void> {
  await tx.query(
    `update cases.dynamic set status = $3, corroborated_by = coalesce($4, corroborated_by), revision = $2 where dynamic = $1 and revision < $2`,
    [event.stream, event.revision, status, by],
  );
}
