import 'reflect-metadata';
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { readConfig } from '@platform/config';
import { startApplication } from './application';
import { makeUsable, takeFolders } from './usable-folder';

describe('the folder a process is told to use', () => {
  const home = mkdtempSync(path.join(tmpdir(), 'raccordo-folder-'));
  const file = path.join(home, 'file');
  writeFileSync(file, '');
  afterAll(() => rmSync(home, { recursive: true, force: true }));

  it('is made, all the way, where it is missing, and nothing is left in it', () => {
    const wanted = path.join(home, 'one', 'two', 'data');
    takeFolders(readConfig({ DATA_DIR: wanted, KEYS_DIR: path.join(home, 'keys') }));
    takeFolders(readConfig({ DATA_DIR: wanted }));
    expect([readdirSync(wanted), statSync(wanted).mode & 0o777, existsSync(path.join(home, 'keys'))]).toEqual([[], 0o700, true]);
  });

  it.each([
    ['is a file', file, 'a file is in the way'],
    ['lies below a file', path.join(file, 'data'), 'a file is in the way'],
    ['lies below /proc', '/proc/raccordo/data', 'nothing can be made there'],
    ['is one of /proc', '/proc/self', 'nothing can be made there'],
    ['has a name no disk takes', path.join(home, 'a'.repeat(300)), 'the path is too long'],
  ])('and that %s is refused at once, in words', async (_, folder, why) => {
    const said = `DATA_DIR ${folder} cannot be used: ${why}. Choose another folder.`;
    expect(() => makeUsable(folder, 'DATA_DIR')).toThrow(said);
    for (const DEMO of ['true', 'false']) {
      const starting = startApplication(readConfig({ DATA_DIR: folder, DEMO, PORT: '0' }), { contexts: [], personas: [], version: '0' });
      await expect(starting).rejects.toThrow(said);
    }
    expect(() => takeFolders(readConfig({ DATA_DIR: home, KEYS_DIR: path.join(folder, 'keys') }))).toThrow(/^KEYS_DIR/);
  });
});
