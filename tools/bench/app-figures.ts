import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import * as path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { readConfig } from '@platform/config';
import { folders, startApplication } from '@platform/runtime';
import { World } from '@raccordo/demo';
import { composition } from '../../apps/all-in-one/src/composition';
import type { Closing } from './closing';
import { type Figure, figure, median, percentile } from './figure';
import { revocationWaits } from './revocation';
import { BUILT_APP } from './root';
import { throwAwayFolder } from './server';
import type { Sizes } from './sizes';

/** A session may ask 50 times a second in the long run. */
const PACE_MS = 25;

/** The whole application in this process, spoken to over HTTP by signed-in people; then its start on the data that this left. */
export async function appFigures(closing: Closing, sizes: Sizes, say: (figures: readonly Figure[]) => void): Promise<void> {
  const data = path.join(throwAwayFolder(closing, 'bench-app'), 'data');
  const config = readConfig({ PORT: '0', DATA_DIR: data, DEMO: 'true', LOG_LEVEL: 'silent' });
  const running = await startApplication(config, composition);
  let stopped: Promise<void> | undefined;
  const stop = (): Promise<void> => (stopped ??= running.stop());
  closing.add(stop);
  const world = await World.at(running.url, folders(data).keys);
  say([figure('command.p99', percentile(await commandWaits(world, sizes.commands), 99), 'ms')]);
  say([figure('revocation.p99', percentile(await revocationWaits(world, sizes.revocations), 99), 'ms')]);
  await stop();
  say([figure('ready.seconds', await readySeconds(closing, data, sizes.starts), 's')]);
}

/** A case worker records needs, every time others; each at the version the last answer named. */
async function commandWaits(world: World, times: number): Promise<number[]> {
  const opened = await world.post<{ handle: string }>('giulia', '/api/cases', {
    ...{ team: world.ids.teams['equipe-umbria'], ageBand: 'adult', language: 'fr' },
  });
  if (opened.status !== 201) throw new Error(`the case could not be opened: ${opened.status}`);
  const record = `/api/cases/${opened.body.handle}`;
  let { etag } = await world.get('giulia', record);
  const waits: number[] = [];
  for (let n = 0; n < times; n++) {
    const asked = performance.now();
    const answer = await world.post('giulia', `${record}/needs`, { needs: n % 2 === 0 ? ['legal'] : ['housing'] }, { etag });
    waits.push(performance.now() - asked);
    if (answer.status !== 204) throw new Error(`a need could not be recorded: ${answer.status}`);
    etag = answer.etag;
    await pause(PACE_MS);
  }
  return waits;
}

/** From the start of the built application to its ready line; null when it was not built. */
async function readySeconds(closing: Closing, data: string, times: number): Promise<number | null> {
  if (!existsSync(BUILT_APP)) return null;
  const seconds: number[] = [];
  for (let n = 0; n < times; n++) {
    const began = performance.now();
    const env = { PATH: process.env.PATH, PORT: '0', DATA_DIR: data, DEMO: 'true', LOG_LEVEL: 'silent' };
    const child = spawn(process.execPath, [BUILT_APP], { env, stdio: ['ignore', 'pipe', 'ignore'] });
    closing.add(() => ended(child));
    await ready(child);
    seconds.push((performance.now() - began) / 1000);
    await ended(child);
  }
  return median(seconds);
}

const ready = (child: ChildProcess): Promise<void> =>
  new Promise((resolve, reject) => {
    let text = '';
    child.stdout?.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      if (/^ready \S+$/m.test(text)) resolve();
    });
    child.once('error', reject).once('exit', () => reject(new Error('the built application did not start')));
  });

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  await gone;
}
