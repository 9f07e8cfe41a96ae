import type { Config } from '@platform/config';
import { Databases } from '@platform/database';
import { type EventStore, KurrentDbEventStore, PostgresEventStore, startPostgres } from '@platform/event-store';
import { refused } from '@platform/kernel';
import type { Composition, ContextModule } from '../application';
import { derivedKey, folders, sharedKeys } from '../folders';
import { prepareDatabase, STORE_ROLE } from '../preparing';
import { keptPlaces, moveKeptPlaces, type PlaceColumn, platformColumns } from './kept-places';
import { compareLog, type LogProof } from './log-comparison';
import { copyLog } from './log-copy';

/** What a context found out about its own durable record against the new store. */
export interface Agreement {
  /** e.g. `audit.umbria` */
  readonly what: string;
  readonly agrees: boolean;
  /** e.g. the root and size of a log. */
  readonly found: string;
}

export interface Moved {
  readonly logs: readonly LogProof[];
  readonly agreements: readonly Agreement[];
  /** Checkpoints that were put at the same event of the new store. */
  readonly places: number;
}

export interface MoveWish {
  told(log: string, events: number): void;
}

const AT_A_TIME = 4;

/**
 * Copies all events of an installation on Postgres to KurrentDB, proves that they are the same, and puts every reader at its place in the new store.
 * From the first step on the old store takes no append; until the last one nothing else has changed, and it can be taken back.
 * Cut off at any moment, the same call goes on.
 * @throws DomainError `move.needs-kurrentdb`, `move.done`, `move.other-events`, `move.differs`, `move.place-unknown`, `store.unavailable`
 */
export async function moveToCluster(config: Config, { contexts }: Pick<Composition, 'contexts'>, wish: MoveWish): Promise<Moved> {
  const url = config.KURRENTDB_URL;
  if (url === undefined) throw refused('move.needs-kurrentdb', 'KURRENTDB_URL names the store to move to.');
  return onOldStore(config, contexts, async (databases, from) => {
    await freeze(databases);
    const logs = await from.logs();
    await withStore(url, async (to) => {
      const strange = (await to.logs()).filter((log) => !logs.includes(log));
      if (strange.length > 0)
        throw refused('move.other-events', `The new store holds logs of another installation: ${strange.join(', ')}.`);
      await inParallel(logs, (log) => copyLog(from, to, log, (events) => wish.told(log, events)));
    });
    // By a store that has seen nothing yet: what is compared is what the server holds.
    return withStore(url, async (to) => {
      const columns = [...(await databases.asOwner(platformColumns)), ...contexts.flatMap(({ places = [] }) => places)];
      const wanted = await databases.asOwner((owner) => keptPlaces(owner, columns));
      const proofs = await inParallel(logs, (log) => compareLog(from, to, log, wanted.get(log) ?? new Set()));
      const agreements = (await Promise.all(contexts.map(async (context) => (await context.agrees?.(databases, to)) ?? []))).flat();
      const wrong = [
        ...proofs.filter(({ agrees }) => !agrees).map(({ log }) => log),
        ...agreements.filter((one) => !one.agrees).map(({ what }) => what),
      ];
      if (wrong.length > 0)
        throw refused('move.differs', `The new store does not hold the same: ${wrong.join(', ')}. Nothing was switched.`);
      const places = await switchOver(databases, columns, proofs, config.BUS === 'kafka');
      return { logs: proofs, agreements, places };
    });
  });
}

/** Lets the old store take appends again. @throws DomainError `move.done` once readers have moved */
export async function abandonMove(config: Config, { contexts }: Pick<Composition, 'contexts'>): Promise<void> {
  await onOldStore(config, contexts, (databases) =>
    databases.asOwner(async (owner) => {
      const { rows } = await owner.query<{ state: string }>('select state from event_store.moved');
      if (rows[0]?.state === 'moved') throw alreadyDone();
      await owner.query('delete from event_store.moved');
    }),
  );
}

const alreadyDone = (): Error => refused('move.done', 'This installation has moved already: start it with EVENT_STORE=kurrentdb.');

async function freeze(databases: Databases): Promise<void> {
  await databases.asOwner(async (owner) => {
    const { rows } = await owner.query<{ state: string }>('select state from event_store.moved');
    if (rows[0]?.state === 'moved') throw alreadyDone();
    await owner.query(`insert into event_store.moved (state) values ('moving') on conflict do nothing`);
  });
}

/** One transaction: there is no moment at which some readers stand in one store and some in the other. */
async function switchOver(
  databases: Databases,
  columns: readonly PlaceColumn[],
  proofs: readonly LogProof[],
  newBus: boolean,
): Promise<number> {
  const places = new Map(proofs.map((proof) => [proof.log, proof.places]));
  return databases.asOwner(async (owner) => {
    await owner.query('begin');
    // A bus that is new has no history yet: everything is published once more, and readers drop what they have.
    if (newBus) await owner.query('delete from bus.relay_checkpoint');
    const moved = await moveKeptPlaces(owner, columns, places);
    await owner.query(`update event_store.moved set state = 'moved'`);
    await owner.query('commit');
    return moved;
  });
}

/** The installation as it stands, held so that nobody else runs on it. */
async function onOldStore<T>(
  config: Config,
  contexts: readonly ContextModule[],
  work: (databases: Databases, store: EventStore) => Promise<T>,
): Promise<T> {
  const embedded = config.DATABASE_URL === undefined ? await startPostgres(folders(config.DATA_DIR).pg, { exclusive: true }) : undefined;
  const keys = sharedKeys(config);
  const server = embedded ? { socket: embedded.connection } : { url: config.DATABASE_URL ?? '' };
  const databases = new Databases(server, derivedKey(keys, 'database'));
  try {
    await prepareDatabase(
      databases,
      keys,
      contexts.flatMap((context) => context.schema),
      true,
    );
    const store = new PostgresEventStore(databases.pool(STORE_ROLE));
    return await work(databases, store).finally(() => store.close());
  } finally {
    await databases.close();
    await embedded?.stop();
  }
}

async function withStore<T>(url: string, work: (store: EventStore) => Promise<T>): Promise<T> {
  // Nobody waits for an answer: a store that is away for a while is waited for.
  const store = new KurrentDbEventStore({ url, attemptMs: 10_000, patienceMs: 60_000 });
  return work(store).finally(() => store.close());
}

async function inParallel<T, R>(all: readonly T[], work: (one: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  const rest = [...all.entries()];
  const worker = async (): Promise<void> => {
    for (let next; (next = rest.shift());) results[next[0]] = await work(next[1]);
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, worker));
  return results;
}
