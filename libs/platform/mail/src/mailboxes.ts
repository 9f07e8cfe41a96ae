import { randomInt, timingSafeEqual } from 'node:crypto';
import { type Clock, DomainError } from '@platform/kernel';
import { openText, sealText } from '@platform/pseudonymity';
import type { LetterLanguage } from './mail';
import type { Sql } from './mail-schema';
import { postTime } from './post-hours';

const DAY = 24 * 60 * 60_000;
const CODES_A_DAY = 5;
const TRIES = 5;
const DIGITS = 8;

/** A mailbox as its owner is told of it. */
export interface Mailbox {
  /** First character and host: enough to know one's own by, too little for whoever looks over a shoulder. */
  readonly address: string;
  readonly confirmed: boolean;
  readonly daily: boolean;
  readonly language: LetterLanguage;
}
/** A mailbox as a letter needs it. */
export interface OpenMailbox {
  readonly address: string;
  readonly language: LetterLanguage;
  readonly daily: boolean;
  /** Only while the address waits for it. */
  readonly code: string | undefined;
}

interface Row {
  readonly address: Buffer;
  readonly language: LetterLanguage;
  readonly daily: boolean;
  readonly code: Buffer | null;
  readonly live: boolean;
}

/**
 * Addresses that members gave of their own will. An address is kept sealed, never compared with another's, and gone when it is taken away.
 * Until a code sent to it has come back nothing else is sent there; after a day without it the address is gone.
 */
export class Mailboxes {
  /** @param key 32 bytes of this use alone */
  constructor(
    private readonly sql: Sql,
    private readonly clock: Clock,
    private readonly key: Buffer,
  ) {
    if (key.length !== 32) throw new Error('the key of mailboxes has 32 bytes');
  }

  /**
   * Keeps an address in the place of an earlier one and has a code sent to it.
   * @throws DomainError `letters.too-many` (429)
   */
  async give(member: string, address: string, language: LetterLanguage): Promise<void> {
    const now = this.clock.now();
    await this.#count(member, now);
    const code = String(randomInt(10 ** DIGITS)).padStart(DIGITS, '0');
    // What was still to go to the earlier address does not go anywhere any more.
    await this.sql.query('delete from mail.letter where member = $1', [member]);
    await this.sql.query(
      `with box as (
         insert into mail.mailbox as m (member, address, language, daily, code, code_until) values ($1, $2, $3, true, $4, $5)
         on conflict (member) do update set address = excluded.address, language = excluded.language, daily = true, code = excluded.code,
           code_until = excluded.code_until, code_tries = 0, confirmed_on = null
         returning member)
       insert into mail.letter (member, letter, kind, day, status, next_try, changed)
       select member, 'code-' || ($6::timestamptz)::text, 'code', $7::date, 'waiting', $6, $6 from box on conflict do nothing`,
      [
        ...[member, this.#seal(member, 'address', address), language, this.#seal(member, 'code', code)],
        ...[after(now, DAY), now, postTime(now).day],
      ],
    );
  }

  /** False for a code that is wrong, too old, or comes after too many wrong ones. A try is counted before it is judged. */
  async confirm(member: string, code: string): Promise<boolean> {
    const now = this.clock.now();
    const { rows } = await this.sql.query<{ code: Buffer }>(
      `update mail.mailbox set code_tries = code_tries + 1 where member = $1 and code_until > $2 and code_tries < $3 returning code`,
      [member, now, TRIES],
    );
    const [row] = rows;
    if (!row) return false;
    const [given, wanted] = [Buffer.from(code), Buffer.from(this.#open(member, 'code', row.code))];
    if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) return false;
    // The sealed code is one of a kind: an address given meanwhile has another.
    const { rowCount } = await this.sql.query(
      'update mail.mailbox set code = null, code_until = null, code_tries = 0, confirmed_on = $3 where member = $1 and code = $2',
      [member, row.code, postTime(now).day],
    );
    return rowCount === 1;
  }

  /** False where there is no mailbox. */
  async choose(member: string, daily: boolean, language: LetterLanguage): Promise<boolean> {
    const { rowCount } = await this.sql.query('update mail.mailbox set daily = $2, language = $3 where member = $1', [
      member,
      daily,
      language,
    ]);
    return rowCount === 1;
  }

  /** Deletes the address and everything that was to go there. */
  async remove(...members: readonly string[]): Promise<void> {
    await this.sql.query('delete from mail.mailbox where member = any ($1)', [[...members]]);
  }

  async of(member: string): Promise<Mailbox | undefined> {
    const row = await this.#row(member);
    if (!row || (row.code !== null && !row.live)) return undefined;
    const address = this.#open(member, 'address', row.address);
    const masked = `${[...address][0] ?? ''}…${address.slice(address.lastIndexOf('@'))}`;
    return { address: masked, confirmed: row.code === null, daily: row.daily, language: row.language };
  }

  /** For letters, asked for at the last moment: what was taken away meanwhile is not found. */
  async open(member: string): Promise<OpenMailbox | undefined> {
    const row = await this.#row(member);
    if (!row || (row.code !== null && !row.live)) return undefined;
    const code = row.code === null ? undefined : this.#open(member, 'code', row.code);
    return { address: this.#open(member, 'address', row.address), language: row.language, daily: row.daily, code };
  }

  /** Everybody who has given an address. */
  async members(): Promise<string[]> {
    return (await this.sql.query<{ member: string }>('select member from mail.mailbox order by member')).rows.map(({ member }) => member);
  }

  /** Addresses whose owner never sent the code back, and counts nobody needs any more. */
  async sweep(now: string): Promise<void> {
    await this.sql.query('delete from mail.mailbox where code_until <= $1', [now]);
    await this.sql.query('delete from mail.code_asked where since <= $1', [after(now, -DAY)]);
  }

  async #count(member: string, now: string): Promise<void> {
    const { rowCount } = await this.sql.query(
      `insert into mail.code_asked as a (member, since, times) values ($1, $2, 1)
       on conflict (member) do update set since = case when a.since <= $3 then excluded.since else a.since end,
         times = case when a.since <= $3 then 1 else a.times + 1 end
       where a.since <= $3 or a.times < $4`,
      [member, now, after(now, -DAY), CODES_A_DAY],
    );
    if (rowCount !== 1)
      throw new DomainError('letters.too-many', 'too-many', 'Too many codes were asked for today. Come back tomorrow.', [], DAY / 1000);
  }

  async #row(member: string): Promise<Row | undefined> {
    const sql = 'select address, language, daily, code, coalesce(code_until > $2, true) as live from mail.mailbox where member = $1';
    return (await this.sql.query<Row>(sql, [member, this.clock.now()])).rows[0];
  }

  #seal = (member: string, what: string, text: string): Buffer => sealText(this.key, `mailbox|${member}|${what}`, text);
  #open = (member: string, what: string, sealed: Buffer): string => openText(this.key, `mailbox|${member}|${what}`, sealed);
}

const after = (now: string, ms: number): string => new Date(Date.parse(now) + ms).toISOString();
