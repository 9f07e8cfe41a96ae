import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { Config, isLoopback, SetupToken } from '@platform/config';
import { folders } from './folders';

/** Lies with the keys, so that a backup carries it. */
const mark = (config: Config): string => path.join(folders(config.DATA_DIR).keys, 'invented-data');

/** Whether what the data folder holds was invented. */
export const holdsInventedData = (config: Config): boolean => existsSync(mark(config));

/**
 * A data folder holds people's data or invented data, for ever: this is decided when it is first used, and demo mode follows from it.
 * @returns the configuration with DEMO as the folder says
 * @throws Error when the folder and the configuration contradict each other
 */
export function settled(config: Config): Config {
  const { keys } = folders(config.DATA_DIR);
  const invented = holdsInventedData(config);
  // A set-up that was begun counts: what it laid so far is real.
  const token = SetupToken.in(keys, false);
  const setUp = existsSync(path.join(keys, 'installation.key')) && (token.value === undefined || token.begun);
  if (config.DEMO && setUp && !invented)
    throw new Error('DATA_DIR holds an installation that was set up for real: demo mode would let anybody in. Choose another folder.');
  if (!config.DEMO && invented && (!isLoopback(config.HOST) || config.OIDC_ISSUER !== undefined || config.PUBLIC_URL !== undefined))
    throw new Error(
      'DATA_DIR holds invented data, which are served on a loopback address and to invented people only. Choose another folder.',
    );
  return config.DEMO || !invented ? config : inDemoMode(config);
}

/** Notes that what this folder is going to hold is invented. */
export function markInvented(config: Config): void {
  mkdirSync(path.dirname(mark(config)), { recursive: true, mode: 0o700 });
  if (!existsSync(mark(config))) writeFileSync(mark(config), 'DATI INVENTATI\n', { mode: 0o600 });
}

export const inDemoMode = (config: Config, port = config.PORT): Config =>
  Object.freeze(Object.assign(new Config(), config, { DEMO: true, PORT: port }));
