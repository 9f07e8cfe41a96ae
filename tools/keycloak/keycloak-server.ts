import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { freePorts } from '../kafka/free-ports';
import { keycloakDistribution } from './keycloak-distribution';

/** It builds itself anew at the first start of a copy, on whatever the machine has left. */
const PATIENCE = 400_000;

/** A real Keycloak of its own, as the compose file starts it: development mode on loopback, with a realm that is imported at the start. */
export class KeycloakServer {
  #said = '';

  private constructor(
    /** Address of the realm, as in OIDC_ISSUER. */
    readonly issuer: string,
    private readonly home: string,
    private readonly child: ChildProcess,
  ) {}

  /** @param realm what a realm's file holds */
  static async start(realm: { realm: string }): Promise<KeycloakServer> {
    const home = mkdtempSync(path.join(tmpdir(), 'raccordo-keycloak-'));
    cpSync(keycloakDistribution(), home, { recursive: true }); // it writes into its own folder
    chmodSync(path.join(home, 'bin/kc.sh'), 0o755);
    mkdirSync(path.join(home, 'data/import'), { recursive: true });
    writeFileSync(path.join(home, 'data/import/realm.json'), JSON.stringify(realm));
    const [port = 0, management = 0] = await freePorts(2);
    const origin = `http://localhost:${port}`;
    const child = spawn(
      path.join(home, 'bin/kc.sh'),
      [
        ...['start-dev', '--import-realm', `--http-port=${port}`, '--http-host=127.0.0.1', `--hostname=${origin}`],
        ...[`--http-management-port=${management}`, '--cache=local', '--log-level=info'],
      ],
      {
        stdio: ['ignore', 'pipe', 'pipe'],
        detached: true, // the script starts Java: both are ended as a group
        env: {
          PATH: process.env.PATH,
          JAVA_OPTS_KC_HEAP: '-Xms64m -Xmx512m',
          JAVA_OPTS_APPEND: '-XX:TieredStopAtLevel=1',
        },
      },
    );
    const server = new KeycloakServer(`${origin}/realms/${realm.realm}`, home, child);
    try {
      await server.#listening();
    } catch (error) {
      await server.stop();
      throw error;
    }
    return server;
  }

  /** What it printed. */
  get said(): string {
    return this.#said;
  }

  async stop(): Promise<void> {
    const { child } = this;
    if (child.pid !== undefined && child.exitCode === null && child.signalCode === null) {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      process.kill(-child.pid, 'SIGKILL');
      await ended;
    }
    rmSync(this.home, { recursive: true, force: true });
  }

  async #listening(): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve, reject) => {
      const give = (why: string): void => reject(new Error(`Keycloak ${why}: ${this.#said.slice(-3000)}`));
      const hear = (chunk: Buffer): void => {
        this.#said += chunk.toString();
        if (/Listening on: http/.test(this.#said)) resolve();
      };
      this.child.stdout?.on('data', hear);
      this.child.stderr?.on('data', hear);
      this.child.once('error', (error) => give(`did not start (${error.message})`));
      this.child.once('exit', (code) => give(`ended (${code})`));
      timer = setTimeout(() => give('was not ready in time'), PATIENCE);
    }).finally(() => clearTimeout(timer));
  }
}
