import type { Sql } from './mail-schema';

const MINUTE = 60_000;
/** How long whoever took a letter has it to themselves; then another may try. */
const HELD = 2 * MINUTE;
/** Longer than a mail server is waited for: whoever was handing over then is gone, and nobody knows whether it was taken. */
const SILENCE = 10 * MINUTE;
/** Minutes until the next try. After the last one it is given up. */
const PAUSES = [1, 5, 15, 60, 120];
const KEPT = 30 * 24 * 60 * MINUTE;

/** A letter that one process has to itself for a while. */
export interface TakenLetter {
  readonly member: string;
  readonly letter: string;
  readonly kind: 'code' | 'due';
  /** Number of this try: whoever holds an older one has lost the letter. */
  readonly tries: number;
}
export type Ending = 'sent' | 'unsure' | 'nothing';

/**
 * Letters that are to go out: a row for each member and day, so that neither a crash nor a second process sends two. A letter is marked before it
 * is handed over; what was marked and not ended is never sent again.
 */
export class LetterQueue {
  constructor(private readonly sql: Sql) {}

  /** The day's letters of everybody who wants them; an address that was confirmed today has its first one tomorrow. */
  async openDay(day: string, now: string): Promise<void> {
    await this.sql.query(
      `insert into mail.letter (member, letter, kind, day, status, next_try, changed)
       select member, $1::text, 'due', $1::date, 'waiting', $2, $2 from mail.mailbox where daily and confirmed_on < $1::date on conflict do nothing`,
      [day, now],
    );
  }

  /** The next letter whose time has come, for this process alone. */
  async take(now: string): Promise<TakenLetter | undefined> {
    const { rows } = await this.sql.query<TakenLetter>(
      `update mail.letter set tries = tries + 1, next_try = $2 where (member, letter) =
         (select member, letter from mail.letter where status = 'waiting' and next_try <= $1 order by next_try, member, letter
          limit 1 for update skip locked)
       returning member, letter, kind, tries`,
      [now, after(now, HELD)],
    );
    return rows[0];
  }

  /** From here on it is never sent again. False: it was taken away, or another process has it. */
  handOver(taken: TakenLetter, now: string): Promise<boolean> {
    return this.#set(taken, 'waiting', 'handing', now);
  }

  async end(taken: TakenLetter, ending: Ending, now: string): Promise<void> {
    await this.#set(taken, ending === 'nothing' ? 'waiting' : 'handing', ending, now);
  }

  /** The server did not take it: it waits for another try, or was tried often enough. */
  async failed(taken: TakenLetter, now: string): Promise<void> {
    const pause = PAUSES[taken.tries - 1];
    if (pause === undefined) return void (await this.#set(taken, 'handing', 'given-up', now));
    await this.sql.query(
      `update mail.letter set status = 'waiting', next_try = $4, changed = $5 where member = $1 and letter = $2 and tries = $3 and status = 'handing'`,
      [taken.member, taken.letter, taken.tries, after(now, pause * MINUTE), now],
    );
  }

  /** Puts on record what time has ended, and forgets what is old. */
  async settle(day: string, now: string): Promise<void> {
    await this.sql.query(
      `update mail.letter set status = 'given-up', changed = $2 where status = 'waiting' and kind = 'due' and day < $1::date`,
      [day, now],
    );
    await this.sql.query(`update mail.letter set status = 'unsure', changed = $2 where status = 'handing' and changed <= $1`, [
      after(now, -SILENCE),
      now,
    ]);
    await this.sql.query(`delete from mail.letter where changed <= $1 and status not in ('waiting', 'handing')`, [after(now, -KEPT)]);
  }

  /** How many letters stand how; of nobody in particular. */
  async counts(): Promise<{ kind: string; status: string; count: number }[]> {
    const sql = 'select kind, status, count(*)::int as count from mail.letter group by kind, status order by kind, status';
    return (await this.sql.query<{ kind: string; status: string; count: number }>(sql)).rows;
  }

  /** Whether the last letter to somebody could not be handed over. */
  async lastFailed(member: string): Promise<boolean> {
    const sql = `select status from mail.letter where member = $1 and status in ('sent', 'unsure', 'given-up') order by changed desc, letter desc limit 1`;
    const { rows } = await this.sql.query<{ status: string }>(sql, [member]);
    return rows[0]?.status === 'given-up';
  }

  async #set({ member, letter, tries }: TakenLetter, from: string, to: string, now: string): Promise<boolean> {
    const sql = 'update mail.letter set status = $5, changed = $6 where member = $1 and letter = $2 and tries = $3 and status = $4';
    return (await this.sql.query(sql, [member, letter, tries, from, to, now])).rowCount === 1;
  }
}

const after = (now: string, ms: number): string => new Date(Date.parse(now) + ms).toISOString();
