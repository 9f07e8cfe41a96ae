import * as path from 'node:path';
import { readConfig } from '@platform/config';
import { keyFile } from '@platform/http';
import { makeIdentity } from '@platform/internal';
import { type Composition, prepareServices, prepareVault } from '@platform/runtime';
import { EXIT, type Output, usage } from './output';

/** The processes of an installation that runs as separate services. */
export const SERVICES = ['gateway', 'regions', 'cases', 'referrals', 'alerts', 'audit', 'relay', 'vault'] as const;

/** Makes every key of an installation of separate services; each service gets only its own folder, `shared` and `trust`. */
export function clusterKeysCommand(folder: string, output: Output): number {
  for (const name of ['installation.key', 'http.key']) keyFile(path.join(folder, 'shared'), name);
  for (const name of SERVICES) {
    try {
      makeIdentity(name, path.join(folder, name, 'identity.key'), path.join(folder, 'trust'));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error; // an installation's keys are never replaced by mistake
    }
  }
  output.say(
    { ok: true, folder, services: SERVICES },
    {
      it: `Chiavi in ${folder}: «shared» e «trust» per tutti, una cartella per ciascun servizio.`,
      en: `Keys in ${folder}: "shared" and "trust" for all, one folder for each service.`,
    },
  );
  return EXIT.ok;
}

/** Makes roles and schemas with an administrator's login, so that no service needs one. */
export async function prepareCommand(composition: Composition, { vault = false }: { vault?: boolean }, output: Output): Promise<number> {
  const config = readConfig();
  if (config.DATABASE_URL === undefined)
    throw usage(
      'DATABASE_URL manca: la base dati incorporata si prepara da sé.',
      'DATABASE_URL is missing: the embedded database prepares itself.',
    );
  if (vault) await prepareVault(config);
  else await prepareServices(config, composition);
  output.say({ ok: true, vault }, { it: 'Base dati pronta.', en: 'The database is ready.' });
  return EXIT.ok;
}
