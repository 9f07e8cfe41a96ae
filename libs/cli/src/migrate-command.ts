import { readConfig } from '@platform/config';
import { abandonMove, type Composition, moveToCluster } from '@platform/runtime';
import { EXIT, type Output, usage } from './output';

export interface MigrateAsked {
  readonly abandon?: boolean;
}

/** Moves the events of the stopped installation on DATA_DIR or DATABASE_URL to KURRENTDB_URL; the same call goes on after an interruption. */
export async function migrateCommand(composition: Composition, { abandon = false }: MigrateAsked, output: Output): Promise<number> {
  const config = readConfig();
  if (abandon) {
    await abandonMove(config, composition);
    output.say(
      { ok: true, abandoned: true },
      { it: 'Trasloco annullato: si continua con Postgres.', en: 'Move abandoned: Postgres goes on.' },
    );
    return EXIT.ok;
  }
  if (config.KURRENTDB_URL === undefined)
    throw usage('Manca KURRENTDB_URL: dove portare gli eventi.', 'KURRENTDB_URL is missing: where to move the events.');
  const { logs, agreements, places } = await moveToCluster(config, composition, {
    told: (log, events) => output.note(`${log}: ${events}`),
  });
  for (const { log, events, streams, sha256 } of logs)
    output.say({ log, events, streams, sha256 }, `ok   ${log}: ${events} · ${streams} · sha256 ${sha256}`);
  for (const { what, found } of agreements) output.say({ what, found }, `ok   ${what}: ${found}`);
  const events = logs.reduce((sum, log) => sum + log.events, 0);
  output.say(
    { ok: true, logs: logs.length, events, places },
    {
      it: `${events} eventi in ${logs.length} registri: uguali nel nuovo archivio, ${places} lettori al loro posto. Avviare con EVENT_STORE=kurrentdb; la copia in Postgres resta ferma.`,
      en: `${events} events in ${logs.length} logs: the same in the new store, ${places} readers in their places. Start with EVENT_STORE=kurrentdb; what Postgres holds stays as it is.`,
    },
  );
  return EXIT.ok;
}
