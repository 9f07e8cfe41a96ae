import 'reflect-metadata';
import { chmodSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { readConfig } from '@platform/config';
import { folders, serve, type Serving, startApplication } from '@platform/runtime';
import { World } from '@raccordo/demo';
import { composition } from '../src/composition';

interface State {
  demo: boolean;
  offered: boolean;
  notice: string;
  setup: string | null;
  invented: { state: string };
}
const json = { 'content-type': 'application/json' };

describe('an empty installation on one machine', () => {
  const home = mkdtempSync(path.join(tmpdir(), 'raccordo-choice-'));
  chmodSync(home, 0o711);
  const env = (name: string): Record<string, string> => ({ PORT: '0', DATA_DIR: path.join(home, name), LOG_LEVEL: 'silent' });
  let serving: Serving | undefined;
  const start = async (settings: Record<string, string>): Promise<Serving> =>
    (serving = await serve(readConfig(settings), composition, (error) => {
      throw error;
    }));
  const state = async (): Promise<State> => (await (await fetch(`${serving?.url}/demo`)).json()) as State;
  const marked = async (): Promise<string | null> => (await fetch(`${serving?.url}/health/live`)).headers.get('raccordo-data');
  const post = (door: string, body: object = {}, headers: Record<string, string> = {}): Promise<Response> =>
    fetch(`${serving?.url}/demo/${door}`, { method: 'POST', headers: { ...json, ...headers }, body: JSON.stringify(body) });

  afterEach(async () => {
    await serving?.stop();
    serving = undefined;
  });
  afterAll(() => rmSync(home, { recursive: true, force: true }));

  it('is given to the story by one click of its own page, at the same address and for ever', async () => {
    const { url, again, hint } = await start(env('story'));
    expect(hint).toContain('npm run seed');
    expect(await state()).toMatchObject({ demo: false, offered: true, setup: null });
    expect((await post('data', { what: 'people' })).status).toBe(404);
    expect((await post('clock')).status).toBe(404);
    expect((await post('story', {}, { Origin: 'https://elsewhere.example' })).status).toBe(403);
    expect((await post('story', {}, { 'Sec-Fetch-Site': 'cross-site' })).status).toBe(403);
    expect([(await state()).demo, await marked()]).toEqual([false, null]);
    expect((await post('story')).status).toBe(202);
    await again;
    expect(await marked()).toBe('DATI INVENTATI');
    expect(await state()).toMatchObject({ demo: true, offered: false, notice: 'DATI INVENTATI', invented: { state: 'none' } });
    expect((await post('data', { what: 'people' }, { Origin: 'https://elsewhere.example' })).status).toBe(403);
    expect((await post('data', { what: 'nobody' })).status).toBe(400);
    expect((await post('data', { what: 'people' })).status).toBe(202);
    while ((await state()).invented.state === 'loading') await new Promise((resolve) => setTimeout(resolve, 20));
    expect(await state()).toMatchObject({ setup: null, invented: { state: 'loaded' } });
    expect((await post('data', { what: 'people' })).status).toBe(409);
    const world = await World.at(url);
    expect((await world.get('giulia', '/api/cases')).status).toBe(200);
    await serving?.stop();
    const later = await start(env('story'));
    expect(later.hint).toContain('DATI INVENTATI');
    expect((await state()).demo).toBe(true);
  });

  it('serves invented data on a loopback address and without an issuer only', async () => {
    const running = await startApplication(readConfig({ ...env('invented'), DEMO: 'true' }), composition);
    await running.stop();
    const wider = { HOST: '0.0.0.0', PUBLIC_URL: 'https://raccordo.example' };
    await expect(start({ ...env('invented'), ...wider })).rejects.toThrow(/invented data/);
    const issuer = { OIDC_ISSUER: 'http://127.0.0.1:1', OIDC_CLIENT_ID: 'raccordo' };
    await expect(start({ ...env('invented'), ...issuer })).rejects.toThrow(/invented data/);
  });

  it('refuses demo mode once it was set up for real', async () => {
    await start(env('real'));
    const { keys } = folders(path.join(home, 'real'));
    expect(existsSync(path.join(keys, 'setup.token'))).toBe(true);
    rmSync(path.join(keys, 'setup.token')); // as the set-up does
    expect((await fetch(`${serving?.url}/demo`)).status).toBe(404);
    expect((await post('story')).status).toBe(404);
    await serving?.stop();
    await expect(start({ ...env('real'), DEMO: 'true' })).rejects.toThrow(/set up for real/);
  });
});
