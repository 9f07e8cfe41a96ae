import { createHash, randomBytes } from 'node:crypto';
import type { Clock } from '@platform/kernel';

/** What is needed of a database connection as `raccordo_gateway`; a `pg.Pool` is one. */
export interface Sql {
  query<R extends object>(text: string, values?: unknown[]): Promise<{ rows: R[]; rowCount: number | null }>;
}

export interface SessionLimits {
  readonly idleMinutes: number;
  readonly maxHours: number;
}

export interface StoredSession {
  /** Public id, for the trail: the first half of the cookie's hash. */
  readonly id: string;
  readonly login: string;
  readonly acr: number;
  readonly csrf: string;
  /** When the person signed in, ISO 8601. */
  readonly opened: string;
  /** When the session ends whatever happens, ISO 8601. */
  readonly ends: string;
  /** When it ends unless it is used before, ISO 8601. */
  readonly idleEnds: string;
}

interface Row {
  id_hash: string;
  login: string;
  acr: number;
  csrf: string;
  created: Date;
  seen: Date;
}

const MINUTE = 60_000;
/** Use is written down at most this often: a read should not cost a write. */
const SEEN_EVERY = MINUTE / 2;
const COOKIE = /^[\w-]{43}$/;

const hashed = (cookie: string): string => createHash('sha256').update(cookie).digest('hex');

/** Sessions in Postgres, judged by the injected clock: a session is as old as that clock says. */
export class SessionStore {
  constructor(
    private readonly sql: Sql,
    private readonly clock: Clock,
    private readonly limits: SessionLimits,
  ) {}

  /** Starts a session and returns its cookie value; `former` is ended, so that no id survives a sign-in. */
  async open(login: string, acr: number, former?: string): Promise<string> {
    const cookie = randomBytes(32).toString('base64url');
    const now = this.clock.now();
    if (former !== undefined) await this.close(former);
    await this.sweep();
    await this.sql.query('insert into sign_in.session (id_hash, login, acr, csrf, created, seen) values ($1, $2, $3, $4, $5, $5)', [
      hashed(cookie),
      login,
      acr,
      randomBytes(32).toString('base64url'),
      now,
    ]);
    return cookie;
  }

  /**
   * The live session behind a cookie.
   * @param touch counts as use and keeps the session from idling out
   */
  async find(cookie: string, touch: boolean): Promise<StoredSession | undefined> {
    if (!COOKIE.test(cookie)) return undefined;
    const { rows } = await this.sql.query<Row>('select id_hash, login, acr, csrf, created, seen from sign_in.session where id_hash = $1', [
      hashed(cookie),
    ]);
    const row = rows[0];
    if (!row) return undefined;
    const now = Date.parse(this.clock.now());
    const ends = row.created.getTime() + this.limits.maxHours * 60 * MINUTE;
    const idleEnds = row.seen.getTime() + this.limits.idleMinutes * MINUTE;
    if (now >= ends || now >= idleEnds) {
      await this.close(cookie);
      return undefined;
    }
    const used = touch && now - row.seen.getTime() >= SEEN_EVERY;
    if (used) await this.sql.query('update sign_in.session set seen = $2 where id_hash = $1', [row.id_hash, new Date(now).toISOString()]);
    const until = touch ? now + this.limits.idleMinutes * MINUTE : idleEnds;
    return {
      id: row.id_hash.slice(0, 32),
      login: row.login,
      acr: row.acr,
      csrf: row.csrf,
      opened: row.created.toISOString(),
      ends: new Date(ends).toISOString(),
      idleEnds: new Date(Math.min(until, ends)).toISOString(),
    };
  }

  async close(cookie: string): Promise<void> {
    await this.sql.query('delete from sign_in.session where id_hash = $1', [hashed(cookie)]);
  }

  /** Ends every session of a login, on all devices. */
  async closeAllOf(login: string): Promise<void> {
    await this.sql.query('delete from sign_in.session where login = $1', [login]);
  }

  /** Removes what has ended. */
  async sweep(): Promise<number> {
    const now = Date.parse(this.clock.now());
    const { rowCount } = await this.sql.query('delete from sign_in.session where created <= $1 or seen <= $2', [
      new Date(now - this.limits.maxHours * 60 * MINUTE).toISOString(),
      new Date(now - this.limits.idleMinutes * MINUTE).toISOString(),
    ]);
    return rowCount ?? 0;
  }
}
