import { type SpecDatabase, specDatabase } from '../../../event-store/test/spec-database';
import { busSchema } from '../schema';
import { type PlacedRecord, PostgresSkippedRecords } from './skipped-records';

const AT = '2026-03-01T09:00:00.000Z';
const record: PlacedRecord = { topic: 'cases.events.v1', partition: 2, offset: '41', sha256: 'a'.repeat(64) };

describe('the decision to pass over a record', () => {
  let database: SpecDatabase;
  let skipped: PostgresSkippedRecords;
  beforeAll(async () => {
    database = await specDatabase([{ schemas: ['bus'], roles: ['raccordo_store'], sql: busSchema }]);
    skipped = new PostgresSkippedRecords(database.databases.pool('raccordo_store'));
  });
  afterAll(() => database.drop());

  it('is about these bytes in this place, and nothing else', async () => {
    expect(await skipped.has(record)).toBe(false);
    await skipped.add(record, 'foreign', AT);
    expect(await skipped.has(record)).toBe(true);
    for (const other of [{ topic: 'alerts.events.v1' }, { partition: 1 }, { offset: '42' }, { sha256: 'b'.repeat(64) }])
      expect([other, await skipped.has({ ...record, ...other })]).toEqual([other, false]);
  });

  it('stays as it was first taken, and a service can neither change nor remove it', async () => {
    await skipped.add(record, 'damaged', '2027-01-01T00:00:00.000Z');
    const service = database.databases.pool('raccordo_store');
    const { rows } = await service.query('select reason, at from bus.skipped_record');
    expect(rows).toEqual([{ reason: 'foreign', at: AT }]);
    await expect(service.query(`update bus.skipped_record set reason = 'damaged'`)).rejects.toThrow('permission denied');
    await expect(service.query('delete from bus.skipped_record')).rejects.toThrow('permission denied');
  });
});
