import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';

const SCRIPT = path.resolve(__dirname, '../../deploy/kafka/acls.sh');

/** Runs `deploy/kafka/acls.sh` with these lines as Kafka's `kafka-acls.sh`. */
export function runAcls(server: string, config: string, tool: string): void {
  const bin = mkdtempSync(path.join(tmpdir(), 'raccordo-acls-'));
  try {
    const file = path.join(bin, 'kafka-acls.sh');
    writeFileSync(file, `#!/bin/sh\n${tool}\n`);
    chmodSync(file, 0o755);
    execFileSync('sh', [SCRIPT, server, config], { env: { PATH: `${bin}:${process.env.PATH}` }, stdio: ['ignore', 'ignore', 'pipe'] });
  } finally {
    rmSync(bin, { recursive: true, force: true });
  }
}

/** `cases may Read on topic regions.events.v1`; `group prefixed` for names that begin so. One line for each right the script gives. */
export function rightsOf(): string[] {
  const folder = mkdtempSync(path.join(tmpdir(), 'raccordo-acls-'));
  try {
    const told = path.join(folder, 'told');
    runAcls('broker:9093', 'admin.properties', `echo "$*" >> '${told}'`);
    return readFileSync(told, 'utf8').trimEnd().split('\n').flatMap(rightsIn);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function rightsIn(call: string): string[] {
  const words = call.split(' ');
  const all = (option: string): string[] => words.flatMap((word, n) => (word === option ? [words[n + 1] ?? ''] : []));
  const [login] = all('--allow-principal');
  const how = all('--resource-pattern-type').map((type) => ` ${type}`)[0] ?? '';
  const places = [...all('--topic').map((name) => `topic${how} ${name}`), ...all('--group').map((name) => `group${how} ${name}`)];
  return all('--operation').flatMap((operation) => places.map((place) => `${login?.replace('User:', '')} may ${operation} on ${place}`));
}
