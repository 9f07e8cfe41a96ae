import 'reflect-metadata';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { readConfig } from '@platform/config';
import { type Running, startApplication } from '@platform/runtime';
import { demoLogin, type Session, signInAs } from '@platform/sign-in';
import { AuditModule } from '../src';
import { streamOf } from './audit-world';

const PEOPLE = { ada: 'auditor', carla: 'coordinator' } as const;
export type Who = keyof typeof PEOPLE;

/** The audit context as a process of its own on an embedded database: real sign-in, real sequencer. The directory is filled in by hand. */
export class AuditApp {
  readonly #sessions = new Map<string, Promise<Session>>();

  private constructor(
    readonly running: Running,
    readonly home: string,
  ) {}

  static async start(): Promise<AuditApp> {
    const home = mkdtempSync(path.join(tmpdir(), 'raccordo-audit-app-'));
    chmodSync(home, 0o711); // as root the server runs as nobody, who has to walk through
    const config = readConfig({
      PORT: '0',
      DATA_DIR: path.join(home, 'data'),
      DEMO: 'true',
      LOG_LEVEL: 'error',
      SIGN_INS_PER_MINUTE: '60000',
    });
    const personas = Object.entries(PEOPLE).map(([sub, role]) => ({ sub, name: `${sub} Canarino`, label: role }));
    const running = await startApplication(config, { contexts: [AuditModule], personas, version: '0.0.0' });
    const { databases, vaults } = running.foundation;
    await vaults.open('umbria');
    const writer = await databases.writer('audit');
    const office = streamOf('organisation', 5);
    await writer.query(`insert into audit.directory_organisation values ($1, 'region', 'public', 'umbria', true, 0)`, [office]);
    for (const [n, [sub, role]] of Object.entries(PEOPLE).entries()) {
      await writer.query(`insert into audit.directory_member values ($1, $2, $3, 'umbria', 'active', $4, '{}', 0)`, [
        streamOf('member', 50 + n),
        demoLogin(sub),
        office,
        [role],
      ]);
    }
    return new AuditApp(running, home);
  }

  async stop(): Promise<void> {
    await this.running.stop();
    rmSync(this.home, { recursive: true, force: true });
  }

  /** As somebody who says that it is for an audit. */
  async get<T = Record<string, unknown>>(
    who: Who,
    place: string,
    { acr = 2, purpose = 'audit' }: { acr?: 1 | 2 | 3; purpose?: string } = {},
  ) {
    const key = `${who}${acr}`;
    const session = this.#sessions.get(key) ?? signInAs(this.running.url, who, acr);
    this.#sessions.set(key, session);
    return (await session).send<T>('GET', `/api/audit/${place}`, undefined, { headers: { 'Raccordo-Purpose': purpose } });
  }

  /** Waits for what the sequencer does by itself within moments; gives up after a minute. */
  async until(hoped: () => Promise<boolean>): Promise<void> {
    for (let attempt = 0; attempt < 600; attempt++) {
      if (await hoped()) return;
      await wait(100);
    }
    throw new Error('it did not come about');
  }
}
