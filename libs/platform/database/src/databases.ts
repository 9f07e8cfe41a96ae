import { createHmac } from 'node:crypto';
import { Client, Pool, type ClientConfig } from 'pg';
import { DataSource } from 'typeorm';

/** Where the server is. `socket` is the embedded one; `url` names a login that may create roles and schemas. */
export type Server = { readonly socket: { host: string; port: number; user: string; database: string } } | { readonly url: string };

/** A part of the database as its lib describes it: idempotent SQL that the owner runs, grants included. */
export interface SchemaPart {
  /** Schemas the part needs. */
  readonly schemas: readonly string[];
  /** Login roles the part grants to. */
  readonly roles: readonly string[];
  /** Roles without login that own objects of the part. The owner may become them (`set role`) but has none of their rights by itself. */
  readonly keepers?: readonly string[];
  readonly sql: string;
}

export const OWNER = 'raccordo_owner';
/** The request-handling role of a context: reads under row-level security. */
export const readerRole = (context: string): string => `raccordo_${context}`;
/** The role that writes a context's read models. */
export const projectorRole = (context: string): string => `raccordo_${context}_projector`;

/** As `show server_version_num` has it. Memberships that are not inherited, which keep keepers' rights from the owner, are of 16. */
const OLDEST = 16_00_00;

/** @throws Error in words, where the server would speak of its syntax */
export function assertRecent(version: number): void {
  if (version < OLDEST) throw new Error(`PostgreSQL ${OLDEST / 10_000} or later is needed: this server is ${Math.floor(version / 10_000)}`);
}

/** A pool of which every connection is in use says so after a while: an answer, where a wait without end would be none. */
const PATIENCE = { idleTimeoutMillis: 10_000, connectionTimeoutMillis: 10_000, allowExitOnIdle: true };

const quoted = (name: string): string => {
  if (!/^[a-z_][a-z0-9_]*$/.test(name)) throw new Error('a role or schema is a plain lower-case word');
  return name;
};

/**
 * Opens connections as service roles. Services own nothing and bypass nothing: only `prepare` works as the owner
 * (and, to make roles, as the login of the server address).
 */
export class Databases {
  readonly #pools = new Map<string, Pool>();
  readonly #sources = new Map<string, Promise<DataSource>>();

  private readonly server: Server;

  /**
   * @param secret keys the passwords of the service roles; the same secret must be given at every start.
   * @param owner who owns what `prepare` makes: a vault in a process of its own has an owner of its own
   */
  constructor(
    server: Server,
    private readonly secret: Buffer,
    private readonly owner = OWNER,
  ) {
    this.server = 'url' in server ? unixSocketIn(server.url) : server;
  }

  /** Makes roles, schemas and objects that are missing. Safe to run at every start. @throws Error when the server is too old */
  async prepare(parts: readonly SchemaPart[]): Promise<void> {
    const roles = [this.owner, ...new Set(parts.flatMap((part) => part.roles))].map(quoted);
    const schemas = [...new Set(parts.flatMap((part) => part.schemas))].map(quoted);
    await this.#as(undefined, async (client) => {
      const { rows } = await client.query<{ server_version_num: string }>('show server_version_num');
      assertRecent(Number(rows[0]?.server_version_num));
      // One server serves one starter at a time; others wait here instead of colliding in the catalogue.
      await client.query('select pg_advisory_lock(722301)');
      for (const role of roles) {
        const known = await client.query('select 1 from pg_roles where rolname = $1', [role]);
        if (known.rowCount === 0) await client.query(`create role ${role} login`);
        await client.query(
          `alter role ${role} with login nosuperuser nobypassrls nocreatedb nocreaterole noreplication password '${this.#password(role)}'`,
        );
      }
      for (const keeper of new Set(parts.flatMap((part) => part.keepers ?? []).map(quoted))) {
        const known = await client.query('select 1 from pg_roles where rolname = $1', [keeper]);
        if (known.rowCount === 0) await client.query(`create role ${keeper} nologin`);
        await client.query(`alter role ${keeper} with nologin nosuperuser nobypassrls nocreatedb nocreaterole noreplication`);
        await client.query(`grant ${keeper} to ${this.owner} with inherit false, set true`);
      }
      const database = (await client.query<{ name: string }>('select current_database() as name')).rows[0]?.name ?? '';
      await client.query(`grant connect, temporary on database "${database.replaceAll('"', '""')}" to ${roles.join(', ')}`);
      for (const schema of schemas) await client.query(`create schema if not exists ${schema} authorization ${this.owner}`);
      await client.query('revoke create on schema public from public');
    });
    await this.#as(this.owner, async (client) => {
      await client.query('select pg_advisory_lock(722302)');
      for (const part of parts) await client.query(part.sql);
    });
  }

  /** Work as the owner of all objects: schemas, backup and restore only. */
  asOwner<T>(work: (client: Client) => Promise<T>): Promise<T> {
    return this.#as(this.owner, work);
  }

  pool(role: string, max = 8): Pool {
    const known = this.#pools.get(role);
    if (known) return known;
    const pool = new Pool({ ...this.#config(role), max, ...PATIENCE });
    // A connection that breaks while idle is replaced at the next use; without a listener it would end the process.
    pool.on('error', () => undefined);
    // The same for one that breaks between two statements of a transaction: its next statement fails, and that is how its user learns of it.
    pool.on('connect', (client) => client.on('error', () => undefined));
    this.#pools.set(role, pool);
    return pool;
  }

  /** TypeORM's view of one role; the pool inside is its own. */
  source(role: string): Promise<DataSource> {
    const known = this.#sources.get(role);
    if (known) return known;
    const where =
      'socket' in this.server
        ? { host: this.server.socket.host, port: this.server.socket.port, database: this.server.socket.database }
        : { url: withoutLogin(this.server.url) };
    const source = new DataSource({
      type: 'postgres',
      ...where,
      username: quoted(role),
      password: this.#password(role),
      uuidExtension: 'pgcrypto',
      installExtensions: false,
      poolSize: 6,
      extra: PATIENCE,
      poolErrorHandler: () => undefined,
    }).initialize();
    this.#sources.set(role, source);
    return source;
  }
  reader = (context: string): Promise<DataSource> => this.source(readerRole(context));
  writer = (context: string): Promise<DataSource> => this.source(projectorRole(context));

  /** Config of a plain client as a role, for LISTEN. */
  clientConfig(role: string): ClientConfig {
    return this.#config(role);
  }

  async close(): Promise<void> {
    await Promise.all([...this.#sources.values()].map(async (source) => (await source).destroy()));
    await Promise.all([...this.#pools.values()].map((pool) => pool.end()));
    this.#sources.clear();
    this.#pools.clear();
  }

  async #as<T>(role: string | undefined, work: (client: Client) => Promise<T>): Promise<T> {
    const client = new Client(role ? this.#config(role) : this.#admin());
    await client.connect();
    try {
      return await work(client);
    } finally {
      await client.end();
    }
  }

  #admin(): ClientConfig {
    return 'socket' in this.server ? this.server.socket : { connectionString: this.server.url };
  }

  #config(role: string): ClientConfig {
    const login = { user: quoted(role), password: this.#password(role) };
    if ('socket' in this.server) return { ...this.server.socket, ...login };
    const url = new URL(this.server.url);
    url.username = login.user;
    url.password = login.password;
    return { connectionString: url.toString() };
  }

  #password(role: string): string {
    return createHmac('sha256', this.secret).update(`postgres|${role}`).digest('hex');
  }
}

/** `?host=/folder` names a unix socket; TypeORM does not read it from an address. */
function unixSocketIn(text: string): Server {
  const url = new URL(text);
  const host = url.searchParams.get('host') ?? '';
  if (!host.startsWith('/')) return { url: text };
  const port = Number(url.searchParams.get('port') ?? (url.port || '5432'));
  return { socket: { host, port, user: decodeURIComponent(url.username), database: decodeURIComponent(url.pathname.slice(1)) } };
}

const withoutLogin = (text: string): string => {
  const url = new URL(text);
  url.username = '';
  url.password = '';
  return url.toString();
};
