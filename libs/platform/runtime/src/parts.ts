import { ContextSigner } from '@platform/access';
import { RemoteSpools, SpoolRecorder, SpoolSource, TrailSources } from '@platform/auditing';
import { Pipeline } from '@platform/commanding';
import { type Config, SetupToken } from '@platform/config';
import { ConsumerRegistry, ConsumerRunner } from '@platform/consuming';
import { Databases, type SchemaPart, type Server } from '@platform/database';
import { startPostgres } from '@platform/event-store';
import type { Clock } from '@platform/kernel';
import type { Log } from '@platform/observability';
import { EmbeddedVaults, FileRegionKeys, RemoteVaults, VAULT_ROLE } from '@platform/pseudonymity';
import { DecisionLog } from '@platform/querying';
import { openBus, openStore } from './adapters';
import { SystemClock } from './clock';
import { derivedKey, folders, sharedKeys } from './folders';
import type { Parts } from './platform.module';
import { prepareDatabase, signingKey } from './preparing';
import type { Seat } from './seat';

/** Everything a process stands on, and how it is taken down again. */
export interface Foundation extends Parts {
  readonly vaults: EmbeddedVaults | RemoteVaults;
  readonly recorder: SpoolRecorder;
  /** This process's own spools, for whoever collects them. */
  readonly spools: SpoolSource;
  /** The data folder was made by this start. */
  readonly firstStart: boolean;
  close(): Promise<void>;
}

/**
 * Starts what configuration asks for and prepares the database.
 * @param contexts schemas of the contexts, in the order they are made
 * @param seat for one of several processes; absent: this process is the whole installation
 * @throws Error when another process uses the data
 */
export async function layFoundation(
  config: Config,
  clock: Clock,
  log: Log,
  contexts: readonly SchemaPart[],
  seat?: Seat,
): Promise<Foundation> {
  const where = folders(config.DATA_DIR);
  const keys = sharedKeys(config);
  const embedded = await embeddedServer(config, where.pg, seat);
  const server: Server = embedded ? { socket: embedded.connection } : { url: config.DATABASE_URL ?? '' };
  const databases = new Databases(server, derivedKey(keys, 'database'));
  try {
    if (config.DATABASE_PREPARE) await prepareDatabase(databases, keys, contexts, seat === undefined);
    const store = await openStore(config, databases);
    const bus = openBus(config, databases, log);
    const vaults = seat ? await remoteVaults(seat) : await embeddedVaults(databases, where.regionKeys, clock);
    const recorder = await SpoolRecorder.open(where.spool, seat?.instance ?? 'all-in-one', seat ? { freshRun } : {});
    const spools = new SpoolSource(where.spool);
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
      ...{ config, clock, databases, store, bus, vaults, recorder, decisions, runner, spools },
      pipeline: new Pipeline(store, vaults, decisions, derivedKey(keys, 'command digests')),
      registry: new ConsumerRegistry(),
      signer: new ContextSigner(signingKey(keys)),
      setupToken: SetupToken.in(where.keys, setsUp(seat) && (await store.logs()).length === 0),
      trailSources: new TrailSources([spools, ...elsewhere(seat)]),
      firstStart: embedded?.firstStart ?? false,
      close: async () => {
        await runner.stop();
        await bus.close();
        await store.close();
        await recorder.close();
        if (vaults instanceof RemoteVaults) vaults.close();
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

/** Separate processes share a server: none of them brings one along. */
async function embeddedServer(config: Config, pg: string, seat: Seat | undefined) {
  if (config.DATABASE_URL !== undefined) return undefined;
  if (seat) throw new Error('separate services need DATABASE_URL');
  return startPostgres(pg, { exclusive: true });
}

/** Regions whose vault was opened before: their keys must be there, or nothing starts. */
export async function embeddedVaults(databases: Databases, regionKeys: string, clock: Clock): Promise<EmbeddedVaults> {
  const vaults = new EmbeddedVaults(databases.pool(VAULT_ROLE), new FileRegionKeys(regionKeys), clock);
  const { rows } = await databases.pool(VAULT_ROLE).query<{ region: string }>('select region from vault.region order by region');
  for (const { region } of rows) await vaults.open(region);
  return vaults;
}

export async function remoteVaults({ peers }: Seat): Promise<RemoteVaults> {
  const vaults = new RemoteVaults(peers);
  await vaults.start();
  return vaults;
}

/** The set-up is a route of the regions' service. Of several instances the first alone has a token: another one's would stay good for ever. */
const setsUp = (seat: Seat | undefined): boolean => seat === undefined || seat.instance === 'regions' || seat.instance === 'regions-0';

/** Spools of other processes, for the one that collects them. */
const elsewhere = (seat: Seat | undefined): RemoteSpools[] =>
  seat?.name === 'audit'
    ? seat.peers
        .all()
        .filter(({ name }) => name !== 'vault' && name !== 'relay')
        .map((peer) => new RemoteSpools(peer))
    : [];

/** A disk that was lost must not bring back the number of a producer that others have read from. */
const freshRun = (): number => Math.floor(Date.now() / 1000);

const codeOf = (error: unknown): string => {
  const { code } = error as { code?: unknown };
  return typeof code === 'string' && /^[A-Za-z0-9._-]{1,60}$/.test(code) ? code : 'error';
};
