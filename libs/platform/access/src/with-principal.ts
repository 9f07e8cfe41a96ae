import { DomainError } from '@platform/kernel';
import type { Pool, PoolClient } from 'pg';
import { DataSource, type EntityManager } from 'typeorm';
import type { SqlQuery } from './compile-sql';
import { throughGate } from './reading-gate';
import { type ContextSigner, LIFETIME_SECONDS } from './signed-context';

/** What reads inside one transaction of one principal. */
export interface PrincipalReads {
  /** Runs a query; named ones are prepared once per connection. */
  readonly rows: <T extends object>(query: Pick<SqlQuery, 'text' | 'values'> & { readonly name?: string }) => Promise<T[]>;
  /** TypeORM's view of the same transaction; absent over a plain pool. */
  readonly manager: EntityManager | undefined;
  /** The machine's clock and the database's are so far apart that nobody can tell which grants have ended. */
  readonly clocksApart: boolean;
}

export interface PrincipalOptions {
  /** The deciding clock, ISO 8601 UTC; the machine's when absent. */
  readonly at?: string;
  /** Region an office reads for. Only after the policy permitted it. */
  readonly oversight?: string;
}

/**
 * One read-only transaction on one snapshot, in which row-level security knows for whom it reads. The context is local: after COMMIT the
 * connection sees nothing.
 * @throws DomainError 503 `clock.apart` when the machine is so far behind that the database takes the context for one of the past
 */
export async function withPrincipal<T>(
  source: DataSource | Pool,
  signer: ContextSigner,
  member: string,
  purpose: string,
  read: (reads: PrincipalReads) => Promise<T>,
  options: PrincipalOptions = {},
): Promise<T> {
  const at = options.at ?? new Date().toISOString();
  const context = signer.sign({ member, purpose, at, ...(options.oversight === undefined ? {} : { oversight: options.oversight }) });
  return throughGate(source, async () => {
    if (!(source instanceof DataSource)) {
      const client = await source.connect();
      return transaction(
        client,
        { context, signer },
        (clocksApart) => read(readsOf(client, undefined, clocksApart)),
        (broken) => client.release(broken),
      );
    }
    const runner = source.createQueryRunner();
    const client = (await runner.connect()) as PoolClient;
    return transaction(
      client,
      { context, signer },
      (clocksApart) => read(readsOf(client, runner.manager, clocksApart)),
      () => runner.release(),
    );
  });
}

const readsOf = (client: PoolClient, manager: EntityManager | undefined, clocksApart: boolean): PrincipalReads => ({
  rows: async <R extends object>(query: Pick<SqlQuery, 'text' | 'values'> & { readonly name?: string }) =>
    (await client.query<R>({ ...(query.name === undefined ? {} : { name: query.name }), text: query.text, values: [...query.values] }))
      .rows,
  manager,
  clocksApart,
});

// Plans for the shape of a query, not for one person's values: planning once per connection is most of what a list costs.
const ENTER = {
  name: 'enter_principal',
  text: `select set_config('raccordo.ctx', $1, true), set_config('plan_cache_mode', 'force_generic_plan', true),
    (extract(epoch from clock_timestamp()) * 1000)::float8 as now`,
};

/** Milliseconds by which the clocks may differ: expiry is judged by the machine's. */
export const CLOCKS_APART = 2000;

const tooFarBehind = (): DomainError =>
  new DomainError('clock.apart', 'unavailable', 'The clocks of the service and of its database are too far apart.', [], 30);

async function transaction<T>(
  client: PoolClient,
  { context, signer }: { readonly context: string; readonly signer: ContextSigner },
  work: (clocksApart: boolean) => Promise<T>,
  release: (broken?: boolean) => void | Promise<void>,
): Promise<T> {
  let broken = false;
  try {
    await client.query('begin isolation level repeatable read read only');
    const before = signer.machine();
    const { rows } = await client.query<{ now: number }>({ ...ENTER, values: [context] });
    // The database looked at its clock somewhere between the two looks at ours.
    const [ahead, behind] = [before - (rows[0]?.now ?? NaN), (rows[0]?.now ?? NaN) - signer.machine()];
    if (behind >= LIFETIME_SECONDS * 1000) throw tooFarBehind();
    const result = await work(!(ahead <= CLOCKS_APART && behind <= CLOCKS_APART));
    await client.query('commit');
    return result;
  } catch (error) {
    await client.query('rollback').catch(() => (broken = true));
    throw error;
  } finally {
    await release(broken);
  }
}
