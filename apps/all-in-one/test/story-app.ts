import 'reflect-metadata';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { readConfig } from '@platform/config';
import { startPostgres } from '@platform/event-store';
import { folders, type Running, startApplication } from '@platform/runtime';
import { World } from '@raccordo/demo';
import { Client } from 'pg';
import { composition } from '../src/composition';

/** The whole process on a database of its own, with the story's people. */
export class StoryApp {
  private constructor(
    readonly running: Running,
    readonly world: World,
    readonly data: string,
    private readonly home: string,
  ) {}

  /**
   * @param settings beside those of a demo
   * @param join fills the instance; the story's people and teams unless told
   */
  static async start(
    settings: Readonly<Record<string, string>> = {},
    join: (url: string, keysFolder: string) => Promise<World> = (url, keys) => World.at(url, keys),
  ): Promise<StoryApp> {
    const home = mkdtempSync(path.join(tmpdir(), 'raccordo-story-'));
    chmodSync(home, 0o711); // as root the server runs as nobody, who has to walk through
    const data = path.join(home, 'data');
    const env = { PORT: '0', DATA_DIR: data, DEMO: 'true', LOG_LEVEL: 'error', ...settings };
    // All of the story's people call from one address here, faster than people do.
    const running = await startApplication(readConfig({ ...env, SIGN_INS_PER_MINUTE: '60000' }), composition);
    try {
      return new StoryApp(running, await join(running.url, folders(data).keys), data, home);
    } catch (error) {
      // Nobody gets it to stop it: its database is a process of its own and would outlive the spec.
      await running.stop();
      rmSync(home, { recursive: true, force: true });
      throw error;
    }
  }

  /** As the server's own superuser, past every role and policy: what somebody with the machine in hand would see. */
  async bare<T>(look: (client: Client) => Promise<T>): Promise<T> {
    const { connection } = await startPostgres(folders(this.data).pg);
    const client = new Client(connection);
    await client.connect();
    return look(client).finally(() => client.end());
  }

  async stop(): Promise<void> {
    const { home } = await startPostgres(folders(this.data).pg); // elsewhere, where only root may walk down to the folder
    await this.running.stop();
    rmSync(home, { recursive: true, force: true });
    rmSync(this.home, { recursive: true, force: true });
  }
}
