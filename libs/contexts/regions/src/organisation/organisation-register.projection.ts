import { Inject, Injectable } from '@nestjs/common';
import type { Sector } from '@contracts';
import type { AllHandlers, Consumer } from '@platform/consuming';
import { READER } from '@platform/database';
import type { OrganisationKind, RecordedEvent } from '@platform/kernel';
import type { DataSource, EntityManager } from 'typeorm';
import { tablesOf } from '../regions.schema';
import type { Organisation, OrganisationEvent } from './organisation';

export interface OrganisationRow {
  readonly organisation: string;
  readonly region: string;
  readonly kind: OrganisationKind;
  readonly sector: Sector;
  /** Absent for companies: their designation is in the vault. */
  readonly designation: string | null;
  readonly status: Exclude<Organisation['status'], '-'>;
  readonly revision: number;
}
export interface OrganisationWish {
  readonly region?: string | undefined;
  readonly kind?: string | undefined;
  readonly sector?: string | undefined;
}

const COLUMNS = 'organisation, region, kind, sector, designation, status, revision';

/** Which organisations are there, of which kind, and do they take part? */
@Injectable()
export class OrganisationRegister {
  static readonly consumer = 'organisation-register';
  constructor(@Inject(READER) private readonly rows: DataSource) {}

  consumer(): Consumer {
    return {
      name: OrganisationRegister.consumer,
      context: 'regions',
      source: { store: 'regions' },
      tables: tablesOf('organisations'),
      handlers,
    };
  }

  list({ region, kind, sector }: OrganisationWish): Promise<OrganisationRow[]> {
    return this.rows.query<OrganisationRow[]>(
      `select ${COLUMNS} from regions.organisation_register
       where ($1::text is null or region = $1) and ($2::text is null or kind = $2) and ($3::text is null or sector = $3)
       order by region, designation nulls last, organisation`,
      [region ?? null, kind ?? null, sector ?? null],
    );
  }

  async find(organisation: string): Promise<OrganisationRow | undefined> {
    const rows = await this.rows.query<OrganisationRow[]>(`select ${COLUMNS} from regions.organisation_register where organisation = $1`, [
      organisation,
    ]);
    return rows[0];
  }
}

const turn =
  (status: OrganisationRow['status']) =>
  async ({ stream, revision }: RecordedEvent, tx: EntityManager): Promise<void> => {
    await tx.query(`update regions.organisation_register set status = $2, revision = $3 where organisation = $1 and revision < $3`, [
      ...[stream, status, revision],
    ]);
  };
const handlers: AllHandlers<OrganisationEvent> = {
  OrganisationRegistered: async ({ stream, revision, data }, tx) => {
    await tx.query(
      `insert into regions.organisation_register (organisation, region, kind, sector, designation, name_ref, status, revision)
       values ($1, $2, $3, $4, $5, $6, 'Registered', $7) on conflict do nothing`,
      [stream, data.region, data.kind, data.sector, data.designation ?? null, data.nameRef ?? null, revision],
    );
  },
  OrganisationAccredited: turn('Accredited'),
  OrganisationSuspended: turn('Suspended'),
  OrganisationReinstated: turn('Accredited'),
  OrganisationWithdrawn: turn('Withdrawn'),
};
