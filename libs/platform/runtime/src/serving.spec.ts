import 'reflect-metadata';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { readConfig } from '@platform/config';
import { createApp, instruments, listen } from './serving';

const still = { now: () => '2026-03-01T10:00:00.000Z' };

describe('a process that serves', () => {
  const home = mkdtempSync(path.join(tmpdir(), 'raccordo-serving-'));
  let app: NestExpressApplication;

  const statuses = async (settings: Record<string, string>, asked: string, times: number): Promise<number[]> => {
    const config = readConfig({ PORT: '0', DATA_DIR: home, LOG_LEVEL: 'silent', ...settings });
    app = await createApp({ ...instruments(config), clock: still }, []);
    const url = await listen(app, config);
    const seen: number[] = [];
    for (let n = 0; n < times; n++) seen.push((await fetch(url + asked)).status);
    return seen;
  };
  afterEach(() => app.close());
  afterAll(() => rmSync(home, { recursive: true, force: true }));

  it('takes as many steps of a sign-in at once from one address as it was told, and asks the next one to wait', async () => {
    expect(await statuses({ SIGN_INS_PER_MINUTE: '2' }, '/auth/login', 6)).toEqual([404, 404, 404, 404, 429, 429]);
  });

  it('says of a port that is taken that it is, and which', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const { port } = taken.address() as AddressInfo;
    await expect(statuses({ PORT: String(port) }, '/health/live', 1)).rejects.toThrow(`PORT ${port} is taken on 127.0.0.1`);
    taken.close();
  });

  it('takes as many requests at once from one address as it was told, and asks the next one to wait', async () => {
    expect(await statuses({ REQUESTS_PER_SECOND: '1' }, '/health/live', 6)).toEqual([200, 200, 200, 200, 200, 429]);
  });
});
