import { randomUUID } from 'node:crypto';
import { Databases } from '@platform/database';
import { Client, type ClientConfig } from 'pg';

export interface SpecDatabase {
  readonly connection: { host: string; port: number; user: string; database: string };
  readonly databases: Databases;
  /** Work as the superuser, e.g. to look behind row-level security or to stop a session. */
  asAdmin<T>(work: (client: Client) => Promise<T>): Promise<T>;
  drop(): Promise<void>;
}

interface Part {
  readonly schemas: readonly string[];
  readonly roles: readonly string[];
  readonly sql: string;
}

/**
 * A database of its own on the test server, with schemas as in the product: everything belongs to the owner, services log in as their roles.
 * Roles belong to the server and are shared by all specs, so they are made only when absent.
 */
export async function specDatabase(parts: readonly Part[], server = testServer()): Promise<SpecDatabase> {
  const name = `spec_${randomUUID().replaceAll('-', '')}`;
  await as(server, async (client) => {
    for (const role of ['raccordo_owner', ...new Set(parts.flatMap(({ roles }) => roles))]) await makeRole(client, role);
    await client.query(`create database ${name}`);
  });
  const connection = { ...server, database: name };
  await as(connection, async (client) => {
    for (const schema of new Set(parts.flatMap(({ schemas }) => schemas)))
      await client.query(`create schema ${schema} authorization raccordo_owner`);
    await client.query('set role raccordo_owner');
    for (const { sql } of parts) await client.query(sql);
    for (const { sql } of parts) await client.query(sql); // as at every later start
  });
  const databases = new Databases({ socket: connection }, Buffer.from('spec'));
  return {
    connection,
    databases,
    asAdmin: (work) => as(connection, work),
    drop: async () => {
      await databases.close();
      await as(server, (client) => client.query(`drop database ${name} with (force)`));
    },
  };
}

const testServer = (): SpecDatabase['connection'] => JSON.parse(process.env.TEST_DATABASE ?? '') as SpecDatabase['connection'];

async function as<T>(config: ClientConfig, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client(config);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Specs in other processes make the same roles at the same time. */
async function makeRole(client: Client, role: string): Promise<void> {
  try {
    await client.query(`create role ${role} login`);
  } catch (error) {
    if (!['42710', '23505'].includes((error as { code?: string }).code ?? '')) throw error;
  }
}
