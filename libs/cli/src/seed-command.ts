import * as path from 'node:path';
import { Config, readConfig } from '@platform/config';
import { type Composition, folders, startApplication } from '@platform/runtime';
import { NotEmpty, seedDemo } from '@raccordo/demo';
import { here } from './instance';
import { EXIT, no, type Output, usage } from './output';
import { cleaningUp } from './own-instance';

/** Fills the instance on the data folder with invented data; starts it for that when none runs. */
export async function seedCommand(composition: Composition, output: Output): Promise<number> {
  const config = readConfig();
  const options = { keysFolder: folders(config.DATA_DIR).keys, folder: path.join(config.DATA_DIR, 'invented-trail') };
  const say = (line: string): void => output.note(line);
  const note = here();
  if (note) {
    await seedDemo(note.url, say, options).catch(inWords);
    return done(note.url, output);
  }
  if (!config.DEMO && (config.OIDC_ISSUER ?? config.PUBLIC_URL ?? config.DATABASE_URL) !== undefined)
    throw usage(
      'Questa configurazione non è per dati inventati: togliere OIDC_ISSUER, PUBLIC_URL e DATABASE_URL, o dare DEMO=true.',
      'This configuration is not for invented data: take OIDC_ISSUER, PUBLIC_URL and DATABASE_URL away, or give DEMO=true.',
    );
  const demo = Object.freeze(Object.assign(new Config(), config, { DEMO: true, HOST: '127.0.0.1', PORT: 0, LOG_LEVEL: 'error' }));
  const starting = startApplication(demo, composition);
  return cleaningUp(
    async () => {
      const { url } = await starting;
      await seedDemo(url, say, options).catch(inWords);
      output.note({ it: 'Ora: npm start', en: 'Now: npm start' });
      return done(undefined, output);
    },
    async () =>
      starting.then(
        (running) => running.stop(),
        () => undefined,
      ),
  );
}

const done = (url: string | undefined, output: Output): number => {
  if (output.asked.json) output.say({ ok: true, ...(url === undefined ? {} : { url }) });
  return EXIT.ok;
};

const inWords = (error: unknown): never => {
  if (!(error instanceof NotEmpty)) throw error;
  throw no(
    'Questa istanza ha già dei dati: quelli inventati vogliono una cartella vuota (DATA_DIR).',
    'This instance holds data already: invented data need an empty folder (DATA_DIR).',
  );
};
