import type { Clock } from '@platform/kernel';
import type { Sql } from '../session-store';

/** Wrong answers that cost nothing but themselves. */
const FREE = 5;
const FIRST_SECONDS = 15;
const LONGEST_SECONDS = 15 * 60;
/** A name that was left in peace for so long begins anew. */
export const FORGOTTEN_AFTER = 24 * 60 * 60_000;

/** Seconds to wait after so many wrong answers in a row: none, then doubling, a quarter of an hour at most. */
export const waitAfter = (failures: number): number =>
  failures < FREE ? 0 : Math.min(LONGEST_SECONDS, FIRST_SECONDS * 2 ** Math.min(failures - FREE, 10));

/**
 * Slows guessing at one login name down, whether it exists or not. Kept in the database: a restart forgives nothing, and processes
 * count together. A try is counted before it is judged, so that a hundred at the same moment are a hundred.
 */
export class Throttle {
  constructor(
    private readonly sql: Sql,
    private readonly clock: Clock,
  ) {}

  /** @returns 0 when the try may be made (it is counted), otherwise seconds to wait */
  async begin(key: string): Promise<number> {
    const now = Date.parse(this.clock.now());
    const { rows } = await this.sql.query<{ failures: number; last: Date }>('select failures, last from sign_in.attempt where key = $1', [
      key,
    ]);
    const [known] = rows;
    const since = known ? now - known.last.getTime() : 0;
    const failures = !known || since > FORGOTTEN_AFTER ? 0 : known.failures;
    const wait = waitAfter(failures) * 1000 - since;
    if (wait > 0) return Math.ceil(wait / 1000);
    // Only who saw the same count goes on: of several at once one is let through, the others are asked to come again.
    const { rowCount } = await this.sql.query(
      `insert into sign_in.attempt as a (key, failures, last) values ($1, 1, $2)
       on conflict (key) do update set failures = $3 + 1, last = excluded.last where a.failures = $4`,
      [key, new Date(now).toISOString(), failures, known?.failures ?? 0],
    );
    return rowCount === 1 ? 0 : 1;
  }

  async succeed(key: string): Promise<void> {
    await this.sql.query('delete from sign_in.attempt where key = $1', [key]);
  }
}
