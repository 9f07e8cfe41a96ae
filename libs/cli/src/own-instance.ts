import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { readConfig } from '@platform/config';
import { type Composition, folders, startApplication } from '@platform/runtime';
import { CommandFailure, EXIT } from './output';

/**
 * Does work that Ctrl-C or a polite kill interrupts, then cleans up. Signals stay ours until that is done: impatience leaves nothing behind.
 */
export async function cleaningUp<T>(work: () => Promise<T>, cleanUp: () => Promise<void>): Promise<T> {
  let end: () => void = () => undefined;
  const stopped = new Promise<never>((_, reject) => {
    end = () => reject(new CommandFailure(EXIT.stopped, { it: 'Interrotto.', en: 'Stopped.' }));
  });
  process.on('SIGINT', end).on('SIGTERM', end);
  try {
    return await Promise.race([work(), stopped]);
  } finally {
    await cleanUp();
    process.off('SIGINT', end).off('SIGTERM', end);
  }
}

/**
 * Works with an instance that exists for this one piece of work: demo mode, a free port, a throw-away data folder.
 * `keysFolder` lets the story play an operator who forges a log. It takes nothing from the environment, so that it can never meet real data.
 */
export async function withOwnInstance<T>(composition: Composition, work: (url: string, keysFolder: string) => Promise<T>): Promise<T> {
  const home = mkdtempSync(path.join(tmpdir(), 'raccordo-'));
  chmodSync(home, 0o711); // as root the database runs as somebody who has to walk through
  const config = readConfig({ DATA_DIR: path.join(home, 'data'), PORT: '0', DEMO: 'true', LOG_LEVEL: 'silent' });
  const starting = startApplication(config, composition);
  return cleaningUp(
    async () => work((await starting).url, folders(config.DATA_DIR).keys),
    async () => {
      await starting.then(
        (running) => running.stop(),
        () => undefined,
      );
      rmSync(home, { recursive: true, force: true });
    },
  );
}
