import 'reflect-metadata';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { generateSync } from 'otplib';
import { readConfig } from '@platform/config';
import { type Running, startApplication } from '@platform/runtime';
import { type Reply, Session } from '@platform/sign-in';
import { SoftwareAuthenticator } from '../../../libs/platform/sign-in/test/software-authenticator';
import { composition } from '../src/composition';

export const PASSWORD = 'quattro sedie e un ombrello';
export const GROUND = {
  region: 'umbria',
  office: 'Ufficio regionale (esempio)',
  custodian: { kind: 'anti_trafficking_project', designation: 'Progetto Esempio' },
  agreement: 'ab'.repeat(32),
  signedOn: '2026-01-15',
};

interface Beginning {
  readonly attempt: string;
  readonly code: { readonly secret: string };
  readonly passkey: { readonly challenge: string; readonly rp: { readonly id?: string } };
}

/** An installation that starts empty and is set up for real: no invented people, its own issuer. */
export class RealInstallation {
  readonly #home = mkdtempSync(path.join(tmpdir(), 'raccordo-real-'));
  #running: Running | undefined;
  #port = '0';

  constructor(private readonly settings: Record<string, string> = {}) {
    chmodSync(this.#home, 0o711); // as root the server runs as nobody, who has to walk through
  }

  get dataDir(): string {
    return path.join(this.#home, 'data');
  }
  get running(): Running {
    if (!this.#running) throw new Error('it does not run');
    return this.#running;
  }
  get url(): string {
    return this.running.url;
  }
  /** The same place under the name that passkeys know. */
  get named(): string {
    return this.url.replace('127.0.0.1', 'localhost');
  }
  get token(): string {
    return this.running.foundation.setupToken.value ?? '';
  }

  async start(): Promise<void> {
    const config = readConfig({
      PORT: this.#port,
      DATA_DIR: this.dataDir,
      LOG_LEVEL: 'silent',
      SIGN_INS_PER_MINUTE: '60000',
      ...this.settings,
    });
    this.#running = await startApplication(config, composition);
    // At the same address when it starts again: open pages and keys know no other.
    this.#port = new URL(this.url).port;
  }
  async stop(): Promise<void> {
    await this.#running?.stop();
    this.#running = undefined;
  }
  async remove(): Promise<void> {
    await this.stop();
    rmSync(this.#home, { recursive: true, force: true });
  }

  /** A step of the set-up, with the token of the machine unless told. */
  step<T = { title?: string }>(place: string, body: object, token = this.token, session = new Session(this.url)): Promise<Reply<T>> {
    return session.post<T>(`/api/setup/${place}`, body, { headers: { 'raccordo-setup-token': token } });
  }
  async progress(): Promise<Record<string, unknown>> {
    const session = new Session(this.url);
    return (await session.get<Record<string, unknown>>('/api/setup', { headers: { 'raccordo-setup-token': this.token } })).body;
  }

  async enrolWithPassword(token: string, name: string): Promise<{ session: Session; secret: string }> {
    const session = new Session(this.url);
    const begun = await session.post<Beginning>('/auth/local/enrolment', { token, name });
    if (begun.status !== 200) throw new Error(`the link was refused with status ${begun.status}`);
    const { attempt, code } = begun.body;
    const body = { token, attempt, password: PASSWORD, code: generateSync({ secret: code.secret }) };
    const { status } = await session.post('/auth/local/enrolment/password', body);
    if (status !== 204) throw new Error(`the account was refused with status ${status}`);
    return { session: await session.refresh(), secret: code.secret };
  }

  /** With a key that cannot leave its device: strength 3. */
  async enrolWithKey(token: string, name: string): Promise<{ session: Session; key: SoftwareAuthenticator }> {
    const key = new SoftwareAuthenticator(this.named);
    const session = new Session(this.named);
    const { attempt, passkey } = (await session.post<Beginning>('/auth/local/enrolment', { token, name })).body;
    const { status } = await session.post('/auth/local/enrolment/passkey', { token, attempt, ...key.create(passkey) });
    if (status !== 204) throw new Error(`the passkey was refused with status ${status}`);
    return { session: await session.refresh(), key };
  }
}
