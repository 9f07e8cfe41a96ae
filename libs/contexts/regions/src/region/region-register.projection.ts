import { Inject, Injectable } from '@nestjs/common';
import type { AllHandlers, Consumer } from '@platform/consuming';
import { READER } from '@platform/database';
import type { DataSource } from 'typeorm';
import { tablesOf } from '../regions.schema';
import type { RegionEvent } from './region';

export interface RegionRow {
  readonly id: string;
  readonly region: string;
  readonly status: 'Registered' | 'Active' | 'Suspended';
  readonly custodian: string | null;
  readonly controller: string | null;
  readonly revision: number;
}

/** Which regions are there, and do they take part? */
@Injectable()
export class RegionRegister {
  static readonly consumer = 'region-register';
  constructor(@Inject(READER) private readonly rows: DataSource) {}

  consumer(): Consumer {
    return { name: RegionRegister.consumer, context: 'regions', source: { store: 'regions' }, tables: tablesOf('regions'), handlers };
  }

  list(): Promise<RegionRow[]> {
    return this.rows.query<RegionRow[]>(
      'select id, region, status, custodian, controller, revision from regions.region_register order by region',
    );
  }
}

const STATUS = `update regions.region_register set status = $2, revision = $3 where id = $1 and revision < $3`;
const handlers: AllHandlers<RegionEvent> = {
  RegionRegistered: async ({ stream, revision, data }, tx) => {
    await tx.query(
      `insert into regions.region_register (id, region, status, revision) values ($1, $2, 'Registered', $3) on conflict do nothing`,
      [...[stream, data.region, revision]],
    );
  },
  RegionActivated: async ({ stream, revision, data }, tx) => {
    await tx.query(`update regions.region_register set custodian = $2, controller = $3 where id = $1`, [
      stream,
      data.custodian,
      data.controller,
    ]);
    await tx.query(STATUS, [stream, 'Active', revision]);
  },
  RegionSuspended: async ({ stream, revision }, tx) => {
    await tx.query(STATUS, [stream, 'Suspended', revision]);
  },
  RegionReactivated: async ({ stream, revision }, tx) => {
    await tx.query(STATUS, [stream, 'Active', revision]);
  },
};
