import type { Config } from '@platform/config';
import { Databases } from '@platform/database';
import { kafkaOptions, type PlacedRecord, PostgresSkippedRecords, skipRecord, type SkipReason } from '@platform/messaging';
import { derivedKey, sharedKeys } from './folders';
import { STORE_ROLE } from './preparing';

/**
 * Lets every consumer of an installation on Kafka pass over one record that cannot be read. The decision stands in the database, for ever.
 * @throws DomainError `record.not-there`, `record.readable`
 */
export async function skipOnRecord(config: Config, place: Omit<PlacedRecord, 'sha256'>, reason: SkipReason): Promise<PlacedRecord> {
  const databases = new Databases({ url: config.DATABASE_URL ?? '' }, derivedKey(sharedKeys(config), 'database'));
  const skipped = new PostgresSkippedRecords(databases.pool(STORE_ROLE));
  return skipRecord(kafkaOptions(config), skipped, place, reason, new Date().toISOString()).finally(() => databases.close());
}
