import 'reflect-metadata';
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import * as path from 'node:path';
import { ModulesContainer } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { AlertsModule } from '@contexts/alerts';
import { AuditModule } from '@contexts/audit';
import { CasesModule } from '@contexts/cases';
import { ReferralsModule } from '@contexts/referrals';
import { RegionsModule } from '@contexts/regions';
import { readConfig } from '@platform/config';
import { serviceFor } from '@platform/gateway';
import { buildOpenApi, type Route, routesOf } from '@platform/http';
import { PERSON, PersonAssertions } from '@platform/internal';
import { buildApplication } from '@platform/runtime';
import { Client } from 'pg';
import { routes } from '../../apps/gateway/src/routes';
import { SpecIdentities } from '../../libs/platform/internal/test/peers-for-specs';

const CONTEXTS = { regions: RegionsModule, cases: CasesModule, referrals: ReferralsModule, alerts: AlertsModule, audit: AuditModule };
const person = { login: 'a'.repeat(64), acr: 3, session: 'session-0123456789' };
const identities = new SpecIdentities(['gateway', 'cases', 'audit', 'vault', 'referrals']);
const gateway = new PersonAssertions(identities.of('gateway'));

let app: NestExpressApplication;
let stop: () => Promise<void>;
let url = '';
let all: Route[] = [];

const server = JSON.parse(process.env.TEST_DATABASE ?? '{}') as { host: string; port: number; user: string };
const database = `behind_${randomBytes(6).toString('hex')}`;
async function asAdmin(sql: string): Promise<void> {
  const client = new Client({ ...server, database: 'postgres' });
  await client.connect();
  await client.query(sql).finally(() => client.end());
}

/** A service that holds the routes of every context, so that one look sees them all. */
beforeAll(async () => {
  await asAdmin(`create database ${database}`);
  const config = readConfig({
    PORT: '0',
    LOG_LEVEL: 'silent',
    DATA_DIR: path.join(identities.folder, 'data'),
    DATABASE_URL: `postgres://${server.user}@localhost/${database}?host=${encodeURIComponent(server.host)}&port=${server.port}`,
    IDENTITY_KEY: identities.file('cases'),
    TRUST_DIR: path.join(identities.folder, 'trust'),
    PEERS: 'vault=http://127.0.0.1:1',
  });
  const built = await buildApplication(config, { service: 'cases', contexts: Object.values(CONTEXTS), personas: [], version: '0.0.0' });
  ({ app, stop } = built);
  await app.listen(0, '127.0.0.1');
  url = `http://127.0.0.1:${((app.getHttpServer() as { address(): unknown }).address() as AddressInfo).port}`;
  all = routesOf(app);
});
afterAll(async () => {
  await stop();
  await asAdmin(`drop database ${database} with (force)`);
  identities.remove();
});

const callers = (): Route[] => all.filter(({ open }) => open === 'caller');
const concrete = (route: string): string => route.replaceAll(/:\w+/g, 'umbria.aaaaaaaaaaaaaaaaaaaaaaaaaa');
async function ask({ method, path: route }: Route, headers: Record<string, string>): Promise<{ status: number; title: string }> {
  const answer = await fetch(url + concrete(route), {
    method,
    headers: { 'content-type': 'application/json', ...headers },
    ...(method === 'GET' ? {} : { body: '{}' }),
  });
  const text = await answer.text();
  return { status: answer.status, title: (JSON.parse(text || '{}') as { title?: string }).title ?? '' };
}

describe('a service behind the gateway', () => {
  it('answers nobody without the gateway’s word, on no route', async () => {
    expect(callers().length).toBeGreaterThan(100);
    const stray = { cookie: 'raccordo-session=x', authorization: `Bearer ${await identities.tokens('gateway').for('cases')}` };
    for (const route of all.filter(({ path: at }) => at.startsWith('/api/')))
      for (const headers of [{}, stray]) expect(await ask(route, headers)).toEqual({ status: 401, title: 'assertion.invalid' });
  });

  it('reads nothing for a service’s own token, wherever it is put', async () => {
    for (const service of ['gateway', 'audit']) {
      const token = await identities.tokens(service).for('cases');
      for (const route of callers()) {
        const headers = { [PERSON]: token, authorization: `Bearer ${token}` };
        expect(await ask(route, headers)).toEqual({ status: 401, title: 'assertion.invalid' });
      }
    }
  });

  it('believes no other service’s word about a person', async () => {
    for (const service of ['audit', 'cases']) {
      const impostor = new PersonAssertions(identities.of(service));
      for (const route of callers()) {
        const word = await impostor.issue('cases', person, route.method, concrete(route.path));
        expect(await ask(route, { [PERSON]: word })).toEqual({ status: 401, title: 'assertion.invalid' });
      }
    }
  });

  it('asks for a sign-in where the gateway says that nobody is signed in', async () => {
    for (const route of callers()) {
      const word = await gateway.issue('cases', undefined, route.method, concrete(route.path));
      expect(await ask(route, { [PERSON]: word })).toEqual({ status: 401, title: 'session.missing' });
    }
  });

  it('lets nobody in who is no member, though they are signed in', async () => {
    for (const route of callers().filter(({ method }) => method === 'GET')) {
      const word = await gateway.issue('cases', person, route.method, concrete(route.path));
      expect(await ask(route, { [PERSON]: word })).toMatchObject({ status: 403 });
    }
  });

  it('hides its doors to other services from everybody else', async () => {
    const word = await gateway.issue('cases', person, 'POST', '/internal/spools/harvest');
    for (const door of [
      '/internal/spools/harvest',
      '/internal/spools/taken',
      '/internal/clock',
      '/internal/settled',
      '/internal/setup-token',
    ])
      for (const authorization of [
        word,
        await identities.tokens('referrals').for('cases'),
        await identities.tokens('audit').for('vault'),
        '',
      ])
        expect(
          await ask({ method: 'POST', path: door } as Route, { authorization: `Bearer ${authorization}`, [PERSON]: word }),
        ).toMatchObject({ status: 404 });
  });

  it('lets go of its spools to the audit service alone', async () => {
    const authorization = `Bearer ${await identities.tokens('audit').for('cases')}`;
    const harvest = { method: 'POST', path: '/internal/spools/harvest' } as Route;
    expect(await ask(harvest, { authorization })).toEqual({ status: 400, title: 'audit.malformed-places' });
  });
});

describe('the description of the interface', () => {
  it('calls no two bodies by one name, since one of them would hide the other', () => {
    const named = new Map<string, Set<object>>();
    const controllers = [...app.get(ModulesContainer).values()].flatMap((module) => [...module.controllers.values()]);
    for (const { metatype } of controllers) {
      const prototype = (metatype as abstract new () => object).prototype as object;
      for (const handler of Object.getOwnPropertyNames(prototype)) {
        const types = (Reflect.getMetadata('design:paramtypes', prototype, handler) as { name: string }[] | undefined) ?? [];
        for (const type of types.filter(({ name }) => name.endsWith('Body')))
          named.set(type.name, (named.get(type.name) ?? new Set()).add(type));
      }
    }
    expect(named.size).toBeGreaterThan(40);
    expect([...named].filter(([, types]) => types.size > 1).map(([name]) => name)).toEqual([]);
  });
});

describe('the gateway’s table of routes', () => {
  it('leads every route to the service of its context', () => {
    const modules = [...app.get(ModulesContainer).values()];
    for (const [context, module] of Object.entries(CONTEXTS)) {
      const own = modules.find(({ metatype }) => metatype === module);
      const names = [...(own?.controllers.values() ?? [])].map(({ name }) => String(name));
      const paths = all.filter(({ controller }) => names.includes(controller)).map((route) => concrete(route.path));
      expect(paths.length).toBeGreaterThan(0);
      for (const at of paths) expect([at, serviceFor(routes, at)]).toEqual([at, context]);
    }
  });

  it('covers every path the API reference knows, but the sign-in', () => {
    const file = path.join(__dirname, '../../docs/reference/openapi.json');
    const known = Object.keys((JSON.parse(readFileSync(file, 'utf8')) as { paths: object }).paths).filter((at) => !at.startsWith('/auth/'));
    const described = Object.keys(buildOpenApi(app, '0').paths).filter((at) => at.startsWith('/api/'));
    expect(described.sort()).toEqual(known.sort());
    expect(known.filter((at) => serviceFor(routes, at) === undefined)).toEqual([]);
  });
});
