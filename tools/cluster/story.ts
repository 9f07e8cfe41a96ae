// Starts every service as a process of its own, on KurrentDB and a real Kafka broker (`--postgres`: on Postgres alone), plays the unchanged story
// at the gateway, stops everything by pid, and ends as the story did.
import { spawn } from 'node:child_process';
import * as path from 'node:path';
import { Cluster } from './cluster';
import { onKafkaAndKurrentDb, onPostgres } from './engines';
import { ROOT } from './root';

async function main(words: readonly string[]): Promise<number> {
  const began = Date.now();
  const alone = words.includes('--postgres');
  const cluster = await Cluster.start({ engines: alone ? onPostgres : await onKafkaAndKurrentDb() });
  console.error(`${cluster.services.size} processes in ${Date.now() - began} ms, at ${cluster.url}`);
  const story = spawn(
    process.execPath,
    [path.join(ROOT, 'dist/apps/cli/src/main.js'), 'story', '--url', cluster.url, ...words.filter((word) => word !== '--postgres')],
    {
      env: { PATH: process.env.PATH },
      stdio: ['ignore', 'inherit', 'inherit'],
    },
  );
  const end = (): void => void story.kill('SIGTERM');
  process.on('SIGINT', end).on('SIGTERM', end);
  try {
    return await new Promise<number>((resolve) => story.once('exit', (code) => resolve(code ?? 1)));
  } finally {
    for (const { name, said } of cluster.services.values())
      for (const line of said.split('\n').filter((one) => one !== '' && !one.startsWith('ready '))) console.error(`${name}: ${line}`);
    await cluster.stop();
  }
}

main(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : 'the cluster could not be started');
    process.exit(1);
  },
);
