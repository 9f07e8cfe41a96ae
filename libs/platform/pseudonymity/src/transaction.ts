import type { Pool, PoolClient } from 'pg';
import { DomainError } from '@platform/kernel';

/** Deadlock and serialisation failure: the other one went through, so a second try does. */
const AGAIN = new Set(['40P01', '40001']);
/** Connection, resources, operator intervention. */
const AWAY = /^(08|53|57)|^E[A-Z]+$/;

const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '');

/** One transaction; rolled back on any error. @throws DomainError `vault.unavailable` (503) when the database is away. */
export async function inTransaction<T>(pool: Pool, work: (client: PoolClient) => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await attempt(pool, work);
    } catch (error) {
      if (tries < 4 && AGAIN.has(codeOf(error))) continue;
      throw understood(error);
    }
  }
}

async function attempt<T>(pool: Pool, work: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let broken = false;
  try {
    await client.query('begin');
    const result = await work(client);
    await client.query('commit');
    return result;
  } catch (error) {
    await client.query('rollback').catch(() => (broken = true));
    throw error;
  } finally {
    client.release(broken);
  }
}

/** A single statement outside a transaction. */
export async function rowsOf<R extends object>(pool: Pool, sql: string, values: readonly unknown[]): Promise<R[]> {
  try {
    return (await pool.query<R>(sql, [...values])).rows;
  } catch (error) {
    throw understood(error);
  }
}

const understood = (error: unknown): unknown =>
  !(error instanceof DomainError) && AWAY.test(codeOf(error))
    ? new DomainError('vault.unavailable', 'unavailable', 'The identity vault does not answer now.', [], 5)
    : error;
