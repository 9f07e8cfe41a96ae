import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Databases, projectorRole, readerRole, type SchemaPart } from '@platform/database';
import { Client, type ClientConfig, type Pool } from 'pg';
import { ContextSigner, installSigningKey, loadPolicy, type Policy, rowSecurity } from '../src';

export const casePolicyText = readFileSync(path.join(__dirname, '../../../contexts/cases/src/case/case.policy.yaml'), 'utf8');
export const casePolicy: Policy = loadPolicy(casePolicyText);

const READER = readerRole('cases');
const PROJECTOR = projectorRole('cases');

/** The tables the list compiler and the envelope stand on, as the cases context makes them, and one more about cases. */
const tables: SchemaPart = {
  schemas: ['cases'],
  roles: [READER, PROJECTOR],
  sql: `
create table if not exists cases.case_list (
  case_id text collate "C" primary key, region text collate "C" not null, custodian text collate "C" not null, team text collate "C" not null, phase text collate "C" not null,
  opened_on date not null, updated_at timestamptz not null, responsible text collate "C" not null, sealed_groups text[] not null,
  recused text[] not null, needs text[] not null, comune text collate "C" not null, companies text[] not null, urgent boolean not null, changed_at timestamptz[] not null default '{}');
create index if not exists case_list_by_team on cases.case_list (team, updated_at desc, case_id desc) include (custodian, phase, responsible, recused);
create table if not exists cases.case_group (case_id text collate "C" not null, grp text collate "C" not null, content jsonb not null, primary key (case_id, grp));
create table if not exists cases.access_grant (
  grant_id text collate "C" primary key, case_id text collate "C" not null, member text collate "C", team text collate "C", organisation text collate "C" not null, relation text collate "C" not null,
  groups text[] not null, purpose text collate "C" not null, basis_kind text collate "C" not null, basis text collate "C" not null,
  expires_at timestamptz not null, ended_at timestamptz, service_family text collate "C" not null);
create index if not exists access_grant_by_member on cases.access_grant (member, case_id) where ended_at is null;
create index if not exists access_grant_by_team on cases.access_grant (team, case_id) where ended_at is null;
create index if not exists access_grant_by_case on cases.access_grant (case_id);
create table if not exists cases.basis (basis text collate "C" primary key, case_id text collate "C" not null, live boolean not null, expires_at timestamptz);
create table if not exists cases.directory_member (member text collate "C" primary key, organisation text collate "C" not null, active boolean not null);
create table if not exists cases.directory_seat (team text collate "C" not null, member text collate "C" not null, until timestamptz, primary key (team, member));
create index if not exists seat_by_member on cases.directory_seat (member, team);
create table if not exists cases.directory_organisation (organisation text collate "C" primary key, kind text collate "C" not null, region text collate "C" not null, active boolean not null);
grant usage on schema cases to ${READER}, ${PROJECTOR};
grant select on all tables in schema cases to ${READER};
grant select, insert, update, delete, truncate on all tables in schema cases to ${PROJECTOR};`,
};

/** A database of the spec's own, prepared as a service prepares it. */
export interface CaseDatabase {
  readonly databases: Databases;
  readonly signer: ContextSigner;
  readonly key: Buffer;
  readonly reader: Pool;
  readonly projector: Pool;
  /** Superuser of the throw-away server. */
  readonly admin: Client;
  drop(): Promise<void>;
}

export async function caseDatabase(): Promise<CaseDatabase> {
  const server = JSON.parse(process.env.TEST_DATABASE ?? '{}') as { host: string; port: number; user: string; database: string };
  const name = `access_${randomBytes(6).toString('hex')}`;
  const first = await connected(server);
  await first.query(`create database ${name}`);
  const databases = new Databases({ socket: { ...server, database: name } }, Buffer.from('a secret of specs only'));
  await databases.prepare([tables, rowSecurity([{ table: 'case_group' }])]);
  const key = randomBytes(32);
  await databases.asOwner((owner) => installSigningKey(owner, { kid: 'k1', key }, new Date(Date.now() + 3_600_000)));
  const admin = await connected({ ...server, database: name });
  return {
    databases,
    signer: new ContextSigner({ kid: 'k1', key }),
    key,
    reader: databases.pool(READER, 2),
    projector: databases.pool(PROJECTOR, 2),
    admin,
    drop: async () => {
      await databases.close();
      await admin.end();
      await first.query(`drop database ${name} with (force)`);
      await first.end();
    },
  };
}

const connected = async (config: ClientConfig): Promise<Client> => {
  const client = new Client(config);
  client.on('error', () => undefined);
  await client.connect();
  return client;
};
