import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { ContextSigner, installSigningKey, signedContext } from '@platform/access';
import {
  type AuditBody,
  BUNDLE_FORMAT,
  bundleHeaderLine,
  SpoolRecorder,
  SpoolSource,
  type TrailEntry,
  type Verification,
  verifyBundle,
} from '@platform/auditing';
import { Databases, projectorRole, readerRole } from '@platform/database';
import { type EventStore, MemoryEventStore } from '@platform/event-store';
import { type Actor, type Authority, type EventMeta, type EventToAppend, systemActor } from '@platform/kernel';
import { EmbeddedVaults, FileRegionKeys, VAULT_ROLE, vaultSchema } from '@platform/pseudonymity';
import { auditAudience, DecisionLog, Reading } from '@platform/querying';
import { Client } from 'pg';
import { auditSchema } from '../src/audit.schema';
import { AuditTrail } from '../src/trail/audit-trail';
import { Sequencer } from '../src/trail/sequencer';
import { EventSource } from '../src/trail/sources';
import { TrailReader } from '../src/trail/trail-reader.projection';
import { TrailWriter } from '../src/trail/trail-writer.projection';

const START = Date.parse('2031-03-14T12:00:00.000Z');
export const after = (seconds: number): string => new Date(START + seconds * 1000).toISOString();
export const streamOf = (noun: string, n: number): string => `${noun}-00000000-0000-7000-8000-${String(n).padStart(12, '0')}`;

const META: EventMeta = {
  at: after(0),
  actor: streamOf('member', 1),
  organisation: streamOf('organisation', 1),
  region: 'umbria',
  role: 'operator',
  session: 'session-1',
  acr: 2,
  purpose: 'direct_assistance',
  request: 'request-1',
  causation: null,
  correlation: 'request-1',
  command: 'RecordNeeds',
  commandId: '0193b6f2-7c1e-7d2a-9f00-1a2b3c4d5e6f',
  commandHash: 'c0ffee',
  policy: 'f00d',
  reasons: ['CS-1'],
  facts: [{ stream: streamOf('member', 1), revision: 4 }],
  cases: [],
};

export const anEvent = (type: string, data: object = {}, meta: Partial<EventMeta> = {}): EventToAppend => ({
  id: randomUUID(),
  type,
  schema: 1,
  data,
  meta: { ...META, ...meta },
});

/** A database with the audit's tables and a vault, an event store, a spool and a clock that stands still. */
export class AuditWorld {
  readonly clock = { at: after(1000), now: (): string => this.clock.at };
  readonly store = new MemoryEventStore();

  private constructor(
    readonly folder: string,
    private readonly server: object,
    private readonly database: string,
    readonly databases: Databases,
    readonly vaults: EmbeddedVaults,
    readonly recorder: SpoolRecorder,
    readonly signer: ContextSigner,
  ) {}

  /** @param connection of the specs' server, as JSON */
  static async make(connection = '{}', regions = ['umbria']): Promise<AuditWorld> {
    const server = JSON.parse(connection) as { host: string; port: number; user: string; database: string };
    const database = `audit_${randomBytes(6).toString('hex')}`;
    await asAdmin(server, `create database ${database}`);
    const databases = new Databases({ socket: { ...server, database } }, Buffer.alloc(32, 7));
    await databases.prepare([vaultSchema, signedContext('audit'), auditSchema]);
    await databases.prepare([signedContext('audit'), auditSchema]); // safe at every start
    const signing = { kid: 'k1', key: randomBytes(32) };
    await databases.asOwner((client) => installSigningKey(client, signing, new Date(Date.now() + 3_600_000)));
    const folder = mkdtempSync(path.join(tmpdir(), 'raccordo-audit-'));
    const vaults = new EmbeddedVaults(databases.pool(VAULT_ROLE), new FileRegionKeys(path.join(folder, 'vault')), { now: () => after(0) });
    for (const region of regions) await vaults.open(region);
    const recorder = await SpoolRecorder.open(path.join(folder, 'spool'), 'cases');
    return new AuditWorld(folder, server, database, databases, vaults, recorder, new ContextSigner(signing));
  }

  get spools(): string {
    return path.join(this.folder, 'spool');
  }
  get keys(): string {
    return path.join(this.folder, 'keys');
  }

  async sequencer({
    region = 'umbria',
    keys = this.keys,
    batch,
    store = this.store,
  }: { region?: string; keys?: string; batch?: number; store?: EventStore } = {}): Promise<Sequencer> {
    const writer = new TrailWriter(await this.databases.source(projectorRole('audit')));
    const sources = [new SpoolSource(this.spools), new EventSource(store, this.vaults)];
    return new Sequencer(region, writer, sources, keys, this.clock, batch);
  }

  handle = async (stream: string, region = 'umbria'): Promise<string> =>
    (await this.vaults.of(region).handleFor(stream, auditAudience(region))).handle;

  /** A permitted reading of a case by a member, as the decision log would put it. */
  async body(changed: Partial<AuditBody> = {}, region = 'umbria'): Promise<AuditBody> {
    const one = await this.handle(streamOf('case', 1), region);
    return {
      v: 1,
      at: after(0),
      region,
      request: 'request-1',
      actor: await this.handle(META.actor, region),
      organisation: await this.handle(META.organisation, region),
      role: 'operator',
      session: 'session-1',
      acr: 2,
      act: 'ReadCase',
      purpose: 'direct_assistance',
      effect: 'permitted',
      reasons: ['CT-1'],
      policy: 'f00d',
      facts: [{ stream: one, revision: 3 }],
      cases: [one],
      groups: ['REF'],
      commitments: [],
      ...changed,
    };
  }

  /** The trail as its readers get it: over the reading role, recording every look. */
  async trail(): Promise<AuditTrail> {
    const reader = new TrailReader(await this.databases.source(readerRole('audit')), this.signer);
    return new AuditTrail(reader, new Reading(new DecisionLog(this.recorder, this.vaults)), this.vaults);
  }

  /** An auditor of Umbria, strongly signed in, who says that it is for an audit. */
  auditor = (changed: Partial<Actor> = {}, purpose = 'audit'): Authority => ({
    actor: {
      ...systemActor('umbria'),
      member: streamOf('member', 50),
      organisation: streamOf('organisation', 5),
      kind: 'region',
      roles: ['auditor'],
      disciplines: ['auditor'],
      session: 'session-50',
      acr: 3,
      ...changed,
    },
    purpose,
    at: after(2000),
    request: 'request-50',
    commandId: '0193b6f2-7c1e-7d2a-9f00-1a2b3c4d5e60',
    causation: null,
    correlation: 'request-50',
  });

  async drain(sequencer: Sequencer): Promise<void> {
    while ((await sequencer.round()).more);
  }

  async entries(region = 'umbria'): Promise<TrailEntry[]> {
    const leaves = await this.rows<{ bytes: Buffer }>(`select bytes from audit.leaf where region = '${region}' order by index`);
    return leaves.map(({ bytes }) => JSON.parse(bytes.toString()) as TrailEntry);
  }

  /** Newest checkpoint, and the key that must have signed it. */
  async newest(region = 'umbria'): Promise<{ note: string; vkey: string }> {
    const [row] = await this.rows<{ note: string; vkey: string }>(
      `select note, vkey from audit.checkpoint join audit.log using (region) where region = '${region}' order by audit.checkpoint.size desc limit 1`,
    );
    return row ?? { note: '', vkey: '' };
  }

  /** The whole log as the verifier sees it. */
  async verified(region = 'umbria'): Promise<Verification> {
    const { note, vkey } = await this.newest(region);
    const header = bundleHeaderLine({ format: BUNDLE_FORMAT, log: `audit.${region}`, exported: after(0), checkpoint: note, vkey });
    const leaves = await this.rows<{ bytes: Buffer }>(`select bytes from audit.leaf where region = '${region}' order by index`);
    return verifyBundle(Buffer.concat([Buffer.from(header), ...leaves.flatMap(({ bytes }) => [bytes, Buffer.from('\n')])]), { vkey });
  }

  openCase(n = 1, events = 1): Promise<unknown> {
    return this.store.append(
      'cases@umbria',
      streamOf('case', n),
      Array.from({ length: events }, () => anEvent('CaseOpened')),
      'any',
    );
  }

  /** Past every grant and every row policy: what an attacker with the whole database could do. */
  async tamper(sql: string): Promise<void> {
    await this.rows(sql);
  }

  rows<T extends object>(sql: string): Promise<T[]> {
    return asAdmin<T>({ ...this.server, database: this.database }, sql);
  }

  async close(): Promise<void> {
    await this.recorder.close();
    await this.store.close();
    await this.databases.close();
    await asAdmin(this.server, `drop database ${this.database} with (force)`);
    rmSync(this.folder, { recursive: true });
  }
}

async function asAdmin<T extends object>(server: object, sql: string): Promise<T[]> {
  const client = new Client(server);
  await client.connect();
  try {
    return (await client.query<T>(sql)).rows;
  } finally {
    await client.end();
  }
}
