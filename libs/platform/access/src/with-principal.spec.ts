import { type CaseDatabase, caseDatabase } from '../test/case-database';
import { withPrincipal } from './with-principal';

describe('readings of one pool', () => {
  let db: CaseDatabase;
  beforeAll(async () => {
    db = await caseDatabase();
  }, 60_000);
  afterAll(() => db.drop());
  const reading = <T>(work: () => Promise<T>): Promise<T> => withPrincipal(db.reader, db.signer, 'anna', 'direct_assistance', work);

  it('all come to an end, also when each asks another question of the same pool on its way', async () => {
    const answers = Array.from({ length: 40 }, (_, n) =>
      reading(async () => (await db.reader.query<{ n: number }>('select $1::int as n', [n])).rows[0]?.n),
    );
    expect(await Promise.all(answers)).toEqual(Array.from({ length: 40 }, (_, n) => n));
  }, 120_000);

  it('go on when one of them failed', async () => {
    const failing = Array.from({ length: 10 }, () => reading(() => Promise.reject(new Error('not today'))));
    expect((await Promise.allSettled(failing)).every(({ status }) => status === 'rejected')).toBe(true);
    expect(await reading(() => Promise.resolve('well'))).toBe('well');
  }, 120_000);

  it('are not begun inside one another: that could wait for itself', async () => {
    await expect(reading(() => reading(() => Promise.resolve(1)))).rejects.toThrow('a reading inside a reading');
  });
});
