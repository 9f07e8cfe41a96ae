import 'reflect-metadata';
import { appendFileSync, chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { verifyBundle } from '@platform/auditing';
import { type Config, readConfig } from '@platform/config';
import { backUp, restore, type Running, startApplication } from '@platform/runtime';
import { STEPS, runStory, World } from '@raccordo/demo';
import { composition } from '../src/composition';

const PASSPHRASE = 'parole lunghe e inventate';
const CANARY = 'Quellarino';
const AUDIT = { purpose: 'audit', acr: 3 } as const;
const REVEAL = { group: 'ID', field: 'family_name', reason: 'Prova di ripristino' };

const home = mkdtempSync(path.join(tmpdir(), 'raccordo-backup-'));
chmodSync(home, 0o711);
const inside = (name: string): string => path.join(home, name);
const configOf = (name: string): Config => readConfig({ DATA_DIR: inside(name), PORT: '0', DEMO: 'true', LOG_LEVEL: 'silent' });
const wish = { folder: inside('backup'), keysFile: inside('region.keys'), passphrase: PASSPHRASE };
const files = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));

describe('a backup', () => {
  let running: Running | undefined;
  let world: World;
  let before: string;
  let checkpoint: { note: string; vkey: string };
  const path1 = (): string => `/api/cases/${world.knows('case')}`;

  beforeAll(async () => {
    running = await startApplication(configOf('first'), composition);
    world = await World.at(running.url);
    await runStory(world, STEPS.slice(0, 1));
    before = (await world.get('giulia', path1())).text;
    checkpoint = (await world.get<typeof checkpoint>('ada', '/api/audit/checkpoint', AUDIT)).body;
    // While it runs: nobody has to stop working for it.
    await backUp(configOf('first'), { ...wish, at: '2026-03-02T10:00:00.000Z' });
    // What happens afterwards is not part of it.
    await world.change('giulia', path1(), `${path1()}/needs`, { needs: ['legal'], urgent: false });
    await running.stop();
    running = undefined;
  });
  afterAll(async () => {
    await running?.stop();
    rmSync(home, { recursive: true, force: true });
  });

  it('holds no key of a region and no value of the vault, and nobody else may read it', () => {
    const all = files(wish.folder);
    expect(all.filter((file) => file.includes('regions'))).toEqual([]);
    expect(all.filter((file) => readFileSync(file).includes(CANARY))).toEqual([]);
    expect(all.filter((file) => (statSync(file).mode & 0o077) !== 0)).toEqual([]);
    expect(statSync(wish.keysFile).mode & 0o077).toBe(0);
  });

  it('is not made into a folder that is in use, nor with its keys inside', async () => {
    const at = '2026-03-02T10:00:00.000Z';
    await expect(backUp(configOf('first'), { ...wish, keysFile: inside('other.keys'), at })).rejects.toMatchObject({
      code: 'backup.folder-not-empty',
    });
    const folder = inside('another');
    await expect(backUp(configOf('first'), { ...wish, folder, keysFile: path.join(folder, 'k'), at })).rejects.toMatchObject({
      code: 'backup.keys-inside',
    });
    expect(existsSync(folder)).toBe(false);
  });

  it.each([
    ['without the second file', { keysFile: inside('nowhere.keys') }, 'restore.keys-missing'],
    ['with another passphrase', { passphrase: 'un’altra frase inventata' }, 'key-backup.wrong-passphrase'],
    ['from a folder that is none', { folder: inside('first') }, 'restore.not-a-backup'],
  ])('is not restored %s, and nothing stays', async (_, other, code) => {
    await expect(restore(configOf('empty'), { ...wish, ...other })).rejects.toMatchObject({ code });
    expect(existsSync(inside('empty')) ? readdirSync(inside('empty')) : []).toEqual([]);
  });

  it('is not restored over data', async () => {
    await expect(restore(configOf('first'), wish)).rejects.toMatchObject({ code: 'restore.not-empty' });
  });

  it('answers the same once restored, opens the same values, and continues the same audit trail', async () => {
    await restore(configOf('second'), wish);
    running = await startApplication(configOf('second'), composition);
    const again = await World.at(running.url);
    expect((await again.get('giulia', path1())).text).toBe(before);
    const opened = await again.post<{ value: string }>('giulia', `${path1()}/reveals`, REVEAL);
    expect(opened.body.value).toBe(CANARY);
    const refusal = await again.get('bruno', path1());
    expect(refusal.status).toBe(404);
    const bundle = await again.get('ada', '/api/audit/bundle', AUDIT);
    const verified = verifyBundle(Buffer.from(bundle.text), { outsideCheckpoint: checkpoint.note, vkey: checkpoint.vkey });
    expect(verified).toMatchObject({ ok: true, findings: [] });
    await running.stop();
    running = undefined;
  });

  it('is refused as soon as one file differs', async () => {
    appendFileSync(path.join(wish.folder, 'keys', 'installation.key'), 'x');
    await expect(restore(configOf('third'), wish)).rejects.toMatchObject({ code: 'restore.damaged' });
    expect(existsSync(inside('third')) ? readdirSync(inside('third')) : []).toEqual([]);
  });
});
