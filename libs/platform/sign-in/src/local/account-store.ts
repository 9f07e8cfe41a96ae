import { createHash } from 'node:crypto';
import type { Sql } from '../session-store';
import type { StoredPasskey } from './passkeys';

export interface StoredAccount {
  readonly subject: string;
  readonly login: string;
  readonly nameKey: string;
  readonly password: string | null;
  readonly codeSecret: string | null;
  readonly codeStep: number;
}

export const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex');

const UNIQUE = '23505';
const ACCOUNT = `subject, login, name_key as "nameKey", password, code_secret as "codeSecret", code_step::int as "codeStep"`;
const PASSKEY = `id, subject, public_key as "publicKey", counter::float8 as counter, device_bound as "deviceBound"`;

/** The tables of accounts. Every statement stands alone: what must not happen twice is decided by its condition. */
export class AccountStore {
  constructor(private readonly sql: Sql) {}

  bySubject = (subject: string): Promise<StoredAccount | undefined> => this.#account('subject', subject);
  byNameKey = (nameKey: string): Promise<StoredAccount | undefined> => this.#account('name_key', nameKey);
  byLogin = (login: string): Promise<StoredAccount | undefined> => this.#account('login', login);

  async passkey(id: string): Promise<StoredPasskey | undefined> {
    return (await this.sql.query<StoredPasskey>(`select ${PASSKEY} from sign_in.passkey where id = $1`, [id])).rows[0];
  }

  async passkeysOf(subject: string): Promise<(StoredPasskey & { created: Date })[]> {
    const sql = `select ${PASSKEY}, created from sign_in.passkey where subject = $1 order by created, id`;
    return (await this.sql.query<StoredPasskey & { created: Date }>(sql, [subject])).rows;
  }

  /** Makes the account an invitation is for and spends the invitation, both or neither. False: another was faster, or the name is taken. */
  async enrol(
    tokenHash: string,
    account: Omit<StoredAccount, 'codeStep'> & { readonly codeStep: number },
    passkey: Omit<StoredPasskey, 'subject'> | undefined,
    now: string,
  ): Promise<boolean> {
    const { subject, login, nameKey, password, codeSecret, codeStep } = account;
    const made = this.sql.query(
      `with spent as (delete from sign_in.invitation where token_hash = $1 and subject = $2 and expires > $3
         and not exists (select 1 from sign_in.account where name_key = $5 or subject = $2) returning subject),
       made as (insert into sign_in.account (subject, login, name_key, password, code_secret, code_step, created)
         select subject, $4, $5, $6, $7, $8, $3 from spent returning subject),
       key as (insert into sign_in.passkey (id, subject, public_key, counter, device_bound, created)
         select $9, subject, $10, $11, $12, $3 from made where $9::text is not null)
       select 1 from made`,
      [
        ...[tokenHash, subject, now, login, nameKey, password, codeSecret, codeStep],
        ...[passkey?.id ?? null, passkey?.publicKey ?? null, passkey?.counter ?? null, passkey?.deviceBound ?? null],
      ],
    );
    return made.then(
      ({ rowCount }) => rowCount === 1,
      (error: unknown) => {
        if ((error as { code?: unknown }).code === UNIQUE) return false;
        throw error;
      },
    );
  }

  /** False for a step that was used already, also by a request of the same moment. */
  async useStep(subject: string, step: number): Promise<boolean> {
    const sql = 'update sign_in.account set code_step = $2 where subject = $1 and code_step < $2';
    return (await this.sql.query(sql, [subject, step])).rowCount === 1;
  }

  async setPassword(subject: string, password: string, codeSecret: string, codeStep: number): Promise<void> {
    const sql = 'update sign_in.account set password = $2, code_secret = $3, code_step = $4 where subject = $1';
    await this.sql.query(sql, [subject, password, codeSecret, codeStep]);
  }

  async addPasskey(
    subject: string,
    { id, publicKey, counter, deviceBound }: Omit<StoredPasskey, 'subject'>,
    now: string,
  ): Promise<boolean> {
    const sql = `insert into sign_in.passkey (id, subject, public_key, counter, device_bound, created)
      values ($1, $2, $3, $4, $5, $6) on conflict do nothing`;
    return (await this.sql.query(sql, [id, subject, publicKey, counter, deviceBound, now])).rowCount === 1;
  }

  /** The last way in stays. */
  async removePasskey(subject: string, id: string): Promise<boolean> {
    const { rowCount } = await this.sql.query(
      `delete from sign_in.passkey where subject = $1 and id = $2 and (
         exists (select 1 from sign_in.passkey where subject = $1 and id <> $2) or
         exists (select 1 from sign_in.account where subject = $1 and password is not null))`,
      [subject, id],
    );
    return rowCount === 1;
  }

  async countPasskey(id: string, counter: number): Promise<void> {
    await this.sql.query('update sign_in.passkey set counter = greatest(counter, $2) where id = $1', [id, counter]);
  }

  async removeAccount(subject: string): Promise<void> {
    await this.sql.query('delete from sign_in.account where subject = $1', [subject]);
  }

  /** One open invitation per subject: a later one replaces the former. */
  async invite(subject: string, tokenHash: string, expires: string): Promise<void> {
    await this.sql.query(
      `insert into sign_in.invitation (subject, token_hash, expires) values ($1, $2, $3)
       on conflict (subject) do update set token_hash = excluded.token_hash, expires = excluded.expires`,
      [subject, tokenHash, expires],
    );
  }

  async invited(tokenHash: string, now: string): Promise<{ subject: string; expires: Date } | undefined> {
    const sql = 'select subject, expires from sign_in.invitation where token_hash = $1 and expires > $2';
    return (await this.sql.query<{ subject: string; expires: Date }>(sql, [tokenHash, now])).rows[0];
  }

  async invitationOf(subject: string, now: string): Promise<Date | undefined> {
    const sql = 'select expires from sign_in.invitation where subject = $1 and expires > $2';
    return (await this.sql.query<{ expires: Date }>(sql, [subject, now])).rows[0]?.expires;
  }

  /** False when this challenge was answered before. */
  async spend(challenge: string, until: string): Promise<boolean> {
    const sql = 'insert into sign_in.spent_challenge (hash, until) values ($1, $2) on conflict do nothing';
    return (await this.sql.query(sql, [hashOf(challenge), until])).rowCount === 1;
  }

  /** Removes what has passed. Runs now and then; nothing depends on it. */
  async sweep(now: string, attemptsBefore: string): Promise<void> {
    await this.sql.query('delete from sign_in.spent_challenge where until < $1', [now]);
    await this.sql.query('delete from sign_in.invitation where expires < $1', [now]);
    await this.sql.query('delete from sign_in.attempt where last < $1', [attemptsBefore]);
  }

  async #account(column: 'subject' | 'name_key' | 'login', value: string): Promise<StoredAccount | undefined> {
    return (await this.sql.query<StoredAccount>(`select ${ACCOUNT} from sign_in.account where ${column} = $1`, [value])).rows[0];
  }
}
