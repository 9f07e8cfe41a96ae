import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { Client } from 'pg';
import type { AuditBody, AuditReceipt } from '@platform/auditing';
import { Databases } from '@platform/database';
import type { Clock } from '@platform/kernel';
import { canonicalJson } from '@platform/tlog';
import { EmbeddedVaults } from './embedded-vaults';
import { refCommitment } from './receipts';
import { FileRegionKeys } from './region-keys';
import type { Vaults } from './vault';
import { VAULT_ROLE, vaultSchema } from './vault-schema';

/** A roles-and-all database of its own on the test server, with a clock that stands still until a spec moves it. */
export interface ScratchVaults<V extends Vaults = EmbeddedVaults> {
  readonly vaults: V;
  readonly databases: Databases;
  readonly keys: FileRegionKeys;
  readonly folder: string;
  readonly clock: Clock & { at: string };
  /** As another process would: same database, same key files, nothing remembered. */
  another(): Vaults;
  sweep(now: string): Promise<number>;
  close(): Promise<void>;
}

export async function scratchVaults(): Promise<ScratchVaults> {
  const server = JSON.parse(process.env['TEST_DATABASE'] ?? '{}') as { host: string; port: number; user: string; database: string };
  const database = `vault_${randomBytes(6).toString('hex')}`;
  await asAdmin(server, `create database ${database}`);
  const databases = new Databases({ socket: { ...server, database } }, Buffer.alloc(32, 7));
  const stranger = { schemas: [], roles: ['raccordo_cases', 'raccordo_cases_projector', 'raccordo_store'], sql: 'select 1' };
  await databases.prepare([vaultSchema, stranger]);
  await databases.prepare([vaultSchema]); // safe at every start
  const folder = mkdtempSync(path.join(tmpdir(), 'vault-keys-'));
  const keys = new FileRegionKeys(path.join(folder, 'vault'));
  const clock = { at: '2025-01-01T08:00:00.000Z', now: () => clock.at };
  const another = (): EmbeddedVaults => new EmbeddedVaults(databases.pool(VAULT_ROLE), keys, clock);
  const close = async (): Promise<void> => {
    await databases.close();
    await asAdmin(server, `drop database ${database} with (force)`);
    rmSync(folder, { recursive: true });
  };
  const vaults = another();
  return { vaults, databases, keys, folder, clock, another, sweep: (now) => vaults.sweep(now), close };
}

async function asAdmin(server: object, sql: string): Promise<void> {
  const client = new Client(server);
  await client.connect();
  await client.query(sql).finally(() => client.end());
}

/** What the recorder hands back for a permitted reveal of these refs; `change` bends the body before it is hashed. */
export const receiptFor = (region: string, refs: readonly string[], change: Partial<AuditBody> = {}): AuditReceipt => {
  const body: AuditBody = {
    v: 1,
    at: '2025-01-01T08:00:00.000Z',
    region,
    request: 'r-1',
    actor: `${region}.${'a'.repeat(26)}`,
    organisation: `${region}.${'b'.repeat(26)}`,
    role: 'operator',
    session: 's-1',
    acr: 2,
    act: 'RevealValue',
    purpose: 'direct_assistance',
    effect: 'permitted',
    reasons: ['CT-1'],
    policy: 'f'.repeat(64),
    facts: [],
    cases: [],
    groups: ['ID'],
    commitments: refs.map(refCommitment),
    ...change,
  };
  return { producer: 'cases.1', seq: 1, sha256: createHash('sha256').update(canonicalJson(body), 'utf8').digest('hex'), body };
};
