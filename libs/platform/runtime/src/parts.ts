import { createHash, hkdfSync } from 'node:crypto';
import { ContextSigner, installSigningKey } from '@platform/access';
import { SpoolRecorder } from '@platform/auditing';
import { Pipeline } from '@platform/commanding';
import { type Config, SetupToken } from '@platform/config';
import { ConsumerRegistry, ConsumerRunner } from '@platform/consuming';
import { Databases, type SchemaPart, type Server } from '@platform/database';
import { eventStoreSchema, PostgresEventStore, startPostgres } from '@platform/event-store';
import { keyFile } from '@platform/http';
import type { Clock } from '@platform/kernel';
import { busSchema, InProcessBus, PostgresTopicLog } from '@platform/messaging';
import type { Log } from '@platform/observability';
import { EmbeddedVaults, FileRegionKeys, VAULT_ROLE, vaultSchema } from '@platform/pseudonymity';
import { DecisionLog } from '@platform/querying';
import { GATEWAY_ROLE, signInSchema } from '@platform/sign-in';
import { SystemClock } from './clock';
import { folders } from './folders';
import type { Parts } from './platform.module';

const STORE_ROLE = 'raccordo_store';
const DAY = 86_400_000;

/** Everything a process stands on, and how it is taken down again. */
export interface Foundation extends Parts {
  readonly vaults: EmbeddedVaults;
  readonly recorder: SpoolRecorder;
  /** The data folder was made by this start. */
  readonly firstStart: boolean;
  /** Where the embedded database's files are, if there is one. */
  close(): Promise<void>;
}

/** One key of the installation, from which the keys of its parts are derived. */
export const derivedKey = (keysFolder: string, use: string): Buffer =>
  Buffer.from(hkdfSync('sha256', keyFile(keysFolder, 'installation.key'), Buffer.alloc(0), `raccordo ${use}`, 32));

const plain = (name: string, roles: readonly string[], sql: string): SchemaPart => ({ schemas: [name], roles, sql });

/**
 * Starts what configuration asks for and prepares the database.
 * @param contexts schemas of the contexts, in the order they are made
 * @throws Error when another process uses the data
 */
export async function layFoundation(config: Config, clock: Clock, log: Log, contexts: readonly SchemaPart[]): Promise<Foundation> {
  if (config.EVENT_STORE !== 'postgres' || config.BUS !== 'in-process')
    throw new Error('this release runs on EVENT_STORE=postgres and BUS=in-process');
  const where = folders(config.DATA_DIR);
  const embedded = config.DATABASE_URL === undefined ? await startPostgres(where.pg, { exclusive: true }) : undefined;
  const server: Server = embedded ? { socket: embedded.connection } : { url: config.DATABASE_URL ?? '' };
  const databases = new Databases(server, derivedKey(where.keys, 'database'));
  try {
    const platform = [
      plain('event_store', [STORE_ROLE], eventStoreSchema),
      plain('bus', [STORE_ROLE], busSchema),
      vaultSchema,
      signInSchema,
    ];
    await databases.prepare([...platform, ...contexts]);
    const signing = await signingKey(databases, where.keys);
    const store = new PostgresEventStore(databases.pool(STORE_ROLE, 12));
    const bus = new InProcessBus(new PostgresTopicLog(databases.pool(STORE_ROLE, 12)), {
      onError: (group) => log.write('warn', 'delivery-rejected', { consumer: group }),
    });
    const vaults = new EmbeddedVaults(databases.pool(VAULT_ROLE), new FileRegionKeys(where.regionKeys), clock);
    for (const region of await knownRegions(databases)) await vaults.open(region);
    const recorder = await SpoolRecorder.open(where.spool, 'all-in-one');
    const decisions = new DecisionLog(recorder, vaults);
    const runner = new ConsumerRunner({
      store,
      bus,
      writer: (context) => databases.writer(context),
      // Heartbeats and their age are about machines, not about the dates of invented data.
      clock: new SystemClock(),
      onError: (consumer, error) => log.write('warn', 'consumer-failed', { consumer: consumer.name, code: codeOf(error) }),
    });
    return {
      ...{ config, clock, databases, store, bus, vaults, recorder, decisions, runner },
      pipeline: new Pipeline(store, vaults, decisions, derivedKey(where.keys, 'command digests')),
      registry: new ConsumerRegistry(),
      signer: new ContextSigner(signing),
      setupToken: SetupToken.in(where.keys, (await store.logs()).length === 0),
      firstStart: embedded?.firstStart ?? false,
      close: async () => {
        await runner.stop();
        await bus.close();
        await store.close();
        await recorder.close();
        await databases.close();
        await embedded?.stop();
      },
    };
  } catch (error) {
    await databases.close();
    await embedded?.stop();
    throw error;
  }
}

/** A key of its own for row-level security, known to the database by its pads only. */
async function signingKey(databases: Databases, keysFolder: string): Promise<{ kid: string; key: Buffer }> {
  const key = derivedKey(keysFolder, 'row security');
  const kid = createHash('sha256').update(key).digest('hex').slice(0, 16);
  await databases.asOwner((client) => installSigningKey(client, { kid, key }, new Date(Date.now() + 3650 * DAY)));
  return { kid, key };
}

/** Regions whose vault was opened before: their keys must be there, or nothing starts. */
async function knownRegions(databases: Databases): Promise<string[]> {
  const { rows } = await databases.pool(VAULT_ROLE).query<{ region: string }>('select region from vault.region order by region');
  return rows.map(({ region }) => region);
}

export const gatewaySql = (databases: Databases) => databases.pool(GATEWAY_ROLE);

const codeOf = (error: unknown): string => {
  const { code } = error as { code?: unknown };
  return typeof code === 'string' && /^[A-Za-z0-9._-]{1,60}$/.test(code) ? code : 'error';
};
