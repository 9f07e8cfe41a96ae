import { Injectable } from '@nestjs/common';
import type { AllHandlers, Consumer } from '@platform/consuming';
import type { RecordedEvent } from '@platform/kernel';
import type { EntityManager } from 'typeorm';
import type { TerritorialDynamicEvent } from './territorial-dynamic';

type Tx = EntityManager;

/** What happens where and when. No person and no company; which organisation saw it is told to that organisation alone. */
export interface DynamicRow {
  readonly dynamic: string;
  readonly region: string;
  /** Empty where a border zone is named. */
  readonly comune: string;
  readonly zone: string;
  readonly from: string;
  readonly to: string;
  readonly pattern: string;
  readonly status: DynamicStatus;
  /** The second region; empty until one confirms it. */
  readonly corroboratedBy: string;
  /** The reader's organisation saw it: as the first, or as the second. */
  readonly ours: boolean;
  readonly revision: number;
}
export const DYNAMIC_STATUSES = ['Observed', 'Corroborated', 'Stale'] as const;
export type DynamicStatus = (typeof DYNAMIC_STATUSES)[number];

/** For whom, and as of which day: a season that has ended is over, whether or not that is on record yet. */
export interface DynamicReader {
  readonly organisation: string;
  readonly today: string;
}
export interface DynamicsWanted {
  readonly statuses: readonly DynamicStatus[];
  /** Whose people saw it. */
  readonly region: string | undefined;
  /** Where it lies; the provinces of a region. What is seen over a border zone lies where it was seen from. */
  readonly territory: { readonly region: string; readonly provinces: readonly string[] } | undefined;
  readonly pattern: string | undefined;
  /** Regions that tell this reader nothing. */
  readonly hidden: readonly string[];
  /** The row the page before ended with. */
  readonly after: { readonly from: string; readonly dynamic: string } | undefined;
  readonly limit: number;
}

const COLUMNS = `d.dynamic, d.region, d.comune, d.zone, to_char(d.from_day, 'YYYY-MM-DD') as "from", to_char(d.to_day, 'YYYY-MM-DD') as "to", d.pattern,
  case when d.to_day < $1::date then 'Stale' else d.status end as status, d.corroborated_by as "corroboratedBy",
  exists (select 1 from cases.dynamic_witness w where w.dynamic = d.dynamic and w.organisation = $2) as ours, d.revision`;

/** Territorial dynamics of all regions of the network. */
@Injectable()
export class Dynamics {
  readonly handlers: AllHandlers<TerritorialDynamicEvent> = {
    DynamicObserved: async (event, tx) => {
      const { region, comune, zone, from, to, pattern, organisation } = event.data;
      await tx.query(
        `insert into cases.dynamic (dynamic, region, comune, zone, from_day, to_day, pattern, status, corroborated_by, revision)
         values ($1, $2, $3, $4, $5, $6, $7, 'Observed', '', $8) on conflict (dynamic) do nothing`,
        [event.stream, region, comune ?? '', zone ?? '', from, to, pattern, event.revision],
      );
      await witnessed(event, tx, organisation);
    },
    DynamicCorroborated: async (event, tx) => {
      await turn(event, tx, 'Corroborated', event.data.by);
      await witnessed(event, tx, event.data.organisation);
    },
    DynamicExpired: (event, tx) => turn(event, tx, 'Stale', null),
  };

  consumer(): Consumer {
    const tables = ['cases.dynamic', 'cases.dynamic_witness'];
    return { name: 'dynamics', context: 'cases', source: { store: 'cases' }, handlers: this.handlers, tables };
  }

  /** The latest to begin first. */
  list(tx: Tx, { today, organisation }: DynamicReader, wanted: DynamicsWanted): Promise<DynamicRow[]> {
    const { statuses, region, territory, pattern, hidden, after, limit } = wanted;
    return tx.query<DynamicRow[]>(
      `select ${COLUMNS} from cases.dynamic d
       where case when d.to_day < $1::date then 'Stale' else d.status end = any($3) and ($4::text is null or d.region = $4)
         and ($5::text is null or left(d.comune, 3) = any($6) or (d.comune = '' and d.region = $5))
         and ($7::text is null or d.pattern = $7) and d.region <> all($8)
         and ($9::date is null or (d.from_day, d.dynamic) < ($9::date, $10))
       order by d.from_day desc, d.dynamic desc limit $11`,
      [
        ...[today, organisation, statuses, region ?? null, territory?.region ?? null, territory?.provinces ?? [], pattern ?? null],
        ...[hidden, after?.from ?? null, after?.dynamic ?? '', limit],
      ],
    );
  }

  async one(tx: Tx, { today, organisation }: DynamicReader, dynamic: string): Promise<DynamicRow | undefined> {
    return (await tx.query<DynamicRow[]>(`select ${COLUMNS} from cases.dynamic d where d.dynamic = $3`, [today, organisation, dynamic]))[0];
  }
}

async function turn(event: RecordedEvent, tx: Tx, status: DynamicStatus, by: string | null): Promise<void> {
  await tx.query(
    `update cases.dynamic set status = $3, corroborated_by = coalesce($4, corroborated_by), revision = $2 where dynamic = $1 and revision < $2`,
    [event.stream, event.revision, status, by],
  );
}

async function witnessed({ stream }: RecordedEvent, tx: Tx, organisation: string): Promise<void> {
  await tx.query('insert into cases.dynamic_witness (dynamic, organisation) values ($1, $2) on conflict do nothing', [
    stream,
    organisation,
  ]);
}
