import 'reflect-metadata';
import { PostgresEventStore, eventStoreSchema } from '@platform/event-store';
import { busSchema, InProcessBus, PostgresTopicLog } from '@platform/messaging';
import { appFigures } from './app-figures';
import { appendFigures } from './append-figures';
import { checkFigures } from './check-figures';
import { Closing } from './closing';
import { asJson, asText, type Figure } from './figure';
import { clusterFigures, kafkaFigures } from './kafka-figures';
import { kurrentFigures } from './kurrentdb-figures';
import { listFigures } from './list-figures';
import { benchSchema, readingFigures } from './reading-figures';
import { startServer, throwAwayFolder } from './server';
import { FULL, QUICK, type Sizes } from './sizes';

const STORE = 'raccordo_store';

/** The event store and its readers, on a server of their own. */
async function storeFigures(closing: Closing, sizes: Sizes, say: (figures: readonly Figure[]) => void): Promise<void> {
  const bench = await startServer(closing);
  const part = (schema: string, sql: string) => ({ schemas: [schema], roles: [STORE], sql });
  await bench.databases.prepare([part('event_store', eventStoreSchema), part('bus', busSchema), benchSchema]);
  const store = new PostgresEventStore(bench.databases.pool(STORE, 12));
  closing.add(() => store.close());
  const bus = new InProcessBus(new PostgresTopicLog(bench.databases.pool(STORE, 12)));
  closing.add(() => bus.close());
  say(await appendFigures(bench, store, throwAwayFolder(closing, 'bench-scripts'), sizes));
  say(await readingFigures(bench, store, bus, closing, sizes));
}

const checking = (_: Closing, sizes: Sizes, say: (figures: readonly Figure[]) => void): Promise<void> =>
  Promise.resolve(say(checkFigures(sizes)));

type Family = (closing: Closing, sizes: Sizes, say: (figures: readonly Figure[]) => void) => Promise<void>;
const ENGINES: Readonly<Record<string, readonly Family[]>> = {
  postgres: [storeFigures, checking, listFigures, appFigures],
  ...{ store: [storeFigures], checks: [checking], lists: [listFigures], app: [appFigures] },
  kafka: [kafkaFigures, clusterFigures],
  kurrentdb: [kurrentFigures],
};

/** `--engine kafka,postgres`, or a part of the latter, such as `lists`; without it all that runs on one machine. */
function familiesOf(args: readonly string[]): readonly Family[] {
  const at = args.indexOf('--engine');
  const names = at < 0 ? ['postgres'] : (args[at + 1] ?? '').split(',');
  const unknown = args.find((arg, n) => arg !== '--json' && arg !== '--quick' && (at < 0 || (n !== at && n !== at + 1)));
  if (unknown !== undefined) throw new Error(`unknown option ${unknown}: there are --json, --quick and --engine`);
  return names.flatMap((name) => {
    const families = ENGINES[name];
    if (!families) throw new Error(`unknown engine ${name}: there are ${Object.keys(ENGINES).join(', ')}`);
    return families;
  });
}

async function main(args: readonly string[]): Promise<void> {
  const families = familiesOf(args);
  const sizes = args.includes('--quick') ? QUICK : FULL;
  const line = args.includes('--json') ? asJson : asText;
  const say = (figures: readonly Figure[]): void => figures.forEach((one) => console.log(line(one)));
  // Standard output is for figures only; a library that has something to say may say it beside.
  console.info = console.error;
  const closing = new Closing();
  let [ending, interrupted] = [false, false];
  const end = (): void => {
    interrupted = true;
    if (ending) return;
    ending = true;
    void closing.close().finally(() => process.exit(130));
  };
  process.on('SIGINT', end).on('SIGTERM', end);
  for (const family of families) {
    try {
      await family(closing, sizes, say);
    } catch (error) {
      // Work that loses its server to Ctrl-C fails; that is no news, and the handler above ends the process.
      if (interrupted) return await new Promise(() => undefined);
      throw error;
    } finally {
      if (!interrupted) await closing.close();
    }
  }
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : 'the bench failed');
  process.exitCode = 1;
});
