import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { Databases } from '@platform/database';
import { type EmbeddedPostgres, startPostgres } from '@platform/event-store';
import { Client } from 'pg';
import type { Closing } from './closing';

/** A throw-away folder that the database's user can walk through. */
export function throwAwayFolder(closing: Closing, name: string): string {
  const home = mkdtempSync(path.join(tmpdir(), `raccordo-${name}-`));
  chmodSync(home, 0o711);
  closing.add(() => rmSync(home, { recursive: true, force: true }));
  return home;
}

/** A server of the bench's own that flushes to disk as the product's does, and its superuser for limits and for filling tables. */
export interface Bench {
  readonly connection: EmbeddedPostgres['connection'];
  readonly databases: Databases;
  readonly admin: Client;
  connect(): Promise<Client>;
}

export async function startServer(closing: Closing): Promise<Bench> {
  const server = await startPostgres(path.join(throwAwayFolder(closing, 'bench'), 'pg'), { durable: true });
  closing.add(() => server.stop());
  const databases = new Databases({ socket: server.connection }, Buffer.from('a throw-away server has no secrets'));
  closing.add(() => databases.close());
  const connect = async (): Promise<Client> => {
    const client = new Client(server.connection);
    client.on('error', () => undefined);
    await client.connect();
    closing.add(() => client.end());
    return client;
  };
  return { connection: server.connection, databases, admin: await connect(), connect };
}
