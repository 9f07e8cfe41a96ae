import 'reflect-metadata';
import { createHash } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { readConfig } from '@platform/config';
import { type Running, startApplication } from '@platform/runtime';
import { demoLogin, type Reply, type Session, signInAs } from '@platform/sign-in';
import { composition } from '../src/composition';

/** Invented people of two regions: who they work for, and as what. */
const PEOPLE = {
  anna: { organisation: 'office-umbria', roles: ['administrator'], disciplines: ['supervisor'] },
  dora: { organisation: 'office-umbria', roles: ['dpo'], disciplines: ['dpo'] },
  carla: { organisation: 'project-umbria', roles: ['coordinator', 'administrator'], disciplines: ['coordinator'] },
  dino: { organisation: 'project-umbria', roles: ['operator'], disciplines: ['educator'] },
  livia: { organisation: 'health-umbria', roles: ['coordinator'], disciplines: ['psychologist'] },
  elena: { organisation: 'project-toscana', roles: ['coordinator', 'administrator'], disciplines: ['coordinator'] },
  teo: { organisation: 'comune-toscana', roles: ['operator'], disciplines: ['social_worker'] },
  olga: { organisation: 'office-toscana', roles: ['administrator'], disciplines: ['supervisor'] },
} as const;
export type Who = keyof typeof PEOPLE;
export const nameOf = (who: Who): string => `${who.charAt(0).toUpperCase()}${who.slice(1)} Canarino`;

const digest = (text: string): string => createHash('sha256').update(text).digest('hex');
const organisation = (key: string, kind: string) => {
  const region = key.slice(key.indexOf('-') + 1);
  return { key, region, kind, designation: `Ente ${key}`, agreement: digest(key), signedOn: '2025-01-15' };
};
const SETUP = {
  regions: ['umbria', 'toscana'].map((region) => ({ region, custodian: `project-${region}`, controller: `office-${region}` })),
  organisations: [
    organisation('office-umbria', 'region'),
    organisation('project-umbria', 'anti_trafficking_project'),
    organisation('health-umbria', 'health_authority'),
    organisation('office-toscana', 'region'),
    organisation('project-toscana', 'anti_trafficking_project'),
    organisation('comune-toscana', 'social_services'),
  ],
  members: (Object.keys(PEOPLE) as Who[]).map((key) => ({ key, ...PEOPLE[key], login: demoLogin(key), name: nameOf(key) })),
  teams: [
    {
      ...{ key: 'team-umbria', region: 'umbria', kind: 'local', designation: 'Équipe umbra' },
      members: [
        { member: 'carla', discipline: 'coordinator' },
        { member: 'livia', discipline: 'psychologist' },
      ],
    },
  ],
};

interface Ids {
  readonly organisations: Readonly<Record<string, string>>;
  readonly members: Readonly<Record<Who, string>>;
  readonly teams: Readonly<Record<string, string>>;
}

/** The whole process on an embedded database with two invented regions, reached over HTTP by people who signed in. */
export class RegionsApp {
  readonly #sessions = new Map<string, Promise<Session>>();
  #seen: string | undefined;

  private constructor(
    readonly running: Running,
    readonly ids: Ids,
    private readonly home: string,
  ) {}

  static async start(): Promise<RegionsApp> {
    const home = mkdtempSync(path.join(tmpdir(), 'raccordo-regions-'));
    chmodSync(home, 0o711); // as root the server runs as nobody, who has to walk through
    const config = readConfig({
      PORT: '0',
      DATA_DIR: path.join(home, 'data'),
      DEMO: 'true',
      LOG_LEVEL: 'error',
      SIGN_INS_PER_MINUTE: '60000',
    });
    const personas = (Object.keys(PEOPLE) as Who[]).map((sub) => ({ sub, name: nameOf(sub), label: PEOPLE[sub].organisation }));
    const running = await startApplication(config, { contexts: composition.contexts, personas, version: '0.0.0' });
    try {
      return await RegionsApp.#filled(running, home);
    } catch (error) {
      // Nobody gets it to stop it: its database is a process of its own and would outlive the spec.
      await running.stop();
      rmSync(home, { recursive: true, force: true });
      throw error;
    }
  }

  static async #filled(running: Running, home: string): Promise<RegionsApp> {
    const answer = await fetch(`${running.url}/api/setup`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'raccordo-setup-token': running.foundation.setupToken.value ?? '' },
      body: JSON.stringify(SETUP),
    });
    if (!answer.ok) throw new Error(`the set-up was refused: ${await answer.text()}`);
    const app = new RegionsApp(running, (await answer.json()) as Ids, home);
    // The callers' own directory follows the log within moments.
    for (const who of Object.keys(PEOPLE) as Who[]) await app.until(async () => (await app.get(who, '/api/members/me')).status === 200);
    await app.until(async () => (await app.get<{ teams: object[] }>('carla', '/api/members/me')).body.teams.length === 1);
    return app;
  }

  async stop(): Promise<void> {
    await this.running.stop();
    rmSync(this.home, { recursive: true, force: true });
  }

  as(who: Who, acr: 1 | 2 | 3 = 2): Promise<Session> {
    const key = `${who}${acr}`;
    const known = this.#sessions.get(key) ?? signInAs(this.running.url, who, acr);
    this.#sessions.set(key, known);
    return known;
  }

  get<T = Record<string, unknown>>(who: Who, place: string, acr: 1 | 2 | 3 = 2): Promise<Reply<T>> {
    return this.#send<T>(who, acr, 'GET', place, undefined);
  }

  post<T = Record<string, unknown>>(
    who: Who,
    place: string,
    body: object = {},
    { acr = 2, etag }: { acr?: 1 | 2 | 3; etag?: string } = {},
  ): Promise<Reply<T>> {
    return this.#send<T>(who, acr, 'POST', place, body, etag);
  }

  /** Changes a record at the version read a moment before. */
  async change<T = { title?: string }>(who: Who, record: string, act: string, body: object = {}, acr: 1 | 2 | 3 = 3): Promise<Reply<T>> {
    const etag = (await this.get(who, record, acr)).headers.get('etag') ?? '"none"';
    return this.post<T>(who, `${record}/${act}`, body, { acr, etag });
  }

  /** Everybody here has seen what anybody wrote: the specs tell one story. */
  async #send<T>(who: Who, acr: 1 | 2 | 3, method: string, place: string, body: unknown, match?: string): Promise<Reply<T>> {
    const session = await this.as(who, acr);
    const reply = await session.send<T>(method, place, body, {
      match,
      headers: this.#seen === undefined ? {} : { 'Raccordo-At-Least': this.#seen },
    });
    this.#seen = reply.headers.get('Raccordo-Position') ?? this.#seen;
    return reply;
  }

  /** Waits for what arrives within moments; gives up after a minute. */
  async until(hoped: () => Promise<boolean>): Promise<void> {
    for (let attempt = 0; attempt < 600; attempt++) {
      if (await hoped()) return;
      await wait(100);
    }
    throw new Error('it did not come about');
  }
}
