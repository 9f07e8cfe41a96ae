// Builds the image, looks at it, runs the compose file's jobs and services from it on engines of this machine, and lives the story at the gateway.
// `npm run deploy:check`; BASE_IMAGE: another base than the Dockerfile's, where no registry can be reached; `--image NAME`: one that is built already.
import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { startPostgres } from '@platform/event-store';
import { Client } from 'pg';
import { onKafkaAndKurrentDb, onPostgres } from '../cluster/engines';
import { ROOT } from '../cluster/root';
import { Composition } from './composition';
import { docker, dockerShown, withoutDocker } from './docker';
import { checkImage } from './image-check';

const seconds = (since: number): string => ((performance.now() - since) / 1000).toFixed(1);
let failed = 0;
const check = (what: string, ok: boolean, found = ''): void => {
  console.log(`${ok ? 'ok  ' : 'FAIL'} ${what}${ok || found === '' ? '' : `: ${found}`}`);
  if (!ok) failed++;
};

async function build(): Promise<string> {
  const { BASE_IMAGE } = process.env;
  const image = `raccordo:check-${process.pid}`;
  const base = BASE_IMAGE === undefined ? [] : ['--build-arg', `NODE=${BASE_IMAGE}`];
  const began = performance.now();
  await dockerShown('build', '--network', 'host', '--file', path.join(ROOT, 'deploy/Dockerfile'), ...base, '--tag', image, ROOT);
  console.log(`     built in ${seconds(began)} s`);
  return image;
}

async function live(image: string, alone: boolean): Promise<void> {
  const home = mkdtempSync(path.join(tmpdir(), 'raccordo-deploy-'));
  chmodSync(home, 0o711); // as root the database runs as somebody who has to walk through
  const postgres = await startPostgres(path.join(home, 'pg'));
  const engines = alone ? onPostgres : await onKafkaAndKurrentDb();
  try {
    const { host, port, user } = postgres.connection;
    const client = new Client(postgres.connection);
    await client.connect();
    for (const name of ['raccordo', 'raccordo_vault']) await client.query(`create database ${name}`);
    await client.end();
    // The containers' user is another one. Whoever reaches this socket may everything, as long as the check takes and on this machine.
    chmodSync(path.join(home, 'pg'), 0o711);
    chmodSync(host, 0o711);
    chmodSync(path.join(host, `.s.PGSQL.${port}`), 0o777);
    const began = performance.now();
    const composition = await Composition.start(image, { socket: host, port, user, environment: engines.environment });
    try {
      check(`jobs and services of the compose file are healthy (${seconds(began)} s)`, true);
      const memory = await docker('stats', '--no-stream', '--format', '{{.Name}} {{.MemUsage}}');
      for (const line of memory.split('\n').filter((one) => one.startsWith('raccordo-check-'))) console.log(`     ${line}`);
      const story = performance.now();
      const code = await runStory(composition.url);
      check(`the story holds at the gateway (${seconds(story)} s)`, code === 0, code === 0 ? '' : await composition.said());
      const ending = performance.now();
      await docker('stop', composition.container('cases'));
      const state = await docker('inspect', '--format', '{{.State.ExitCode}}', composition.container('cases'));
      check(`a service ends in order when it is told to (${seconds(ending)} s)`, state === '0', state);
    } finally {
      await composition.stop();
    }
  } finally {
    await engines.stop();
    await postgres.stop();
    rmSync(home, { recursive: true, force: true });
  }
}

async function runStory(url: string): Promise<number> {
  const story = spawn(process.execPath, [path.join(ROOT, 'dist/apps/cli/src/main.js'), 'story', '--url', url], {
    env: { PATH: process.env.PATH },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  return new Promise((resolve) => story.once('exit', (code) => resolve(code ?? 1)));
}

async function main(words: readonly string[]): Promise<void> {
  const reason = await withoutDocker();
  if (reason !== undefined) {
    console.log(`SKIPPED: nothing was checked, for no container can be run here (${reason})`);
    return;
  }
  const given = words.includes('--image') ? words[words.indexOf('--image') + 1] : undefined;
  const image = given ?? (await build());
  try {
    const size = Number(await docker('image', 'inspect', '--format', '{{.Size}}', image));
    console.log(`     ${(size / 1e6).toFixed(0)} MB`);
    await checkImage(image, check);
    await live(image, words.includes('--postgres'));
  } finally {
    if (given === undefined) await docker('image', 'rm', '--force', image);
  }
  if (failed > 0) throw new Error(`${failed} of the checks failed`);
}

main(process.argv.slice(2)).then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : 'the check could not be made');
    process.exit(1);
  },
);
