import type { Pool } from 'pg';

/** Where a record of Kafka lies, and its bytes: when topics are made anew another one may come to lie there. */
export interface PlacedRecord {
  readonly topic: string;
  readonly partition: number;
  readonly offset: string;
  readonly sha256: string;
}

/** `foreign`: somebody else wrote to our topic. `damaged`: it was ours, so an event may be missing behind it. */
export const SKIP_REASONS = ['foreign', 'damaged'] as const;
export type SkipReason = (typeof SKIP_REASONS)[number];

/** Which unreadable records somebody has decided to pass over: for every group, now and in every later reading of the topic. */
export abstract class SkippedRecords {
  abstract has(record: PlacedRecord): Promise<boolean>;
  /** Durable once it resolves; never taken back. */
  abstract add(record: PlacedRecord, reason: SkipReason, at: string): Promise<void>;
}

const SQL = {
  has: 'select 1 from bus.skipped_record where topic = $1 and partition = $2 and record_offset = $3 and sha256 = $4',
  add: `insert into bus.skipped_record (topic, partition, record_offset, sha256, reason, at) values ($1, $2, $3, $4, $5, $6)
        on conflict do nothing`,
};
const valuesOf = ({ topic, partition, offset, sha256 }: PlacedRecord): unknown[] => [topic, partition, offset, sha256];

/** In the tables of `busSchema`, by a pool that logs in as `raccordo_store`. */
export class PostgresSkippedRecords extends SkippedRecords {
  constructor(private readonly pool: Pool) {
    super();
  }

  async has(record: PlacedRecord): Promise<boolean> {
    return (await this.pool.query(SQL.has, valuesOf(record))).rowCount === 1;
  }

  async add(record: PlacedRecord, reason: SkipReason, at: string): Promise<void> {
    await this.pool.query(SQL.add, [...valuesOf(record), reason, at]);
  }
}
