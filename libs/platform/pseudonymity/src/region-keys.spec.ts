import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { FileRegionKeys } from './region-keys';

jest.setTimeout(60_000); // key stretching is slow on purpose
const PASSPHRASE = 'quattro parole non bastano';
let folder: string;
let keys: FileRegionKeys;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'region-keys-'));
  keys = new FileRegionKeys(path.join(folder, 'vault'));
});
afterEach(() => rmSync(folder, { recursive: true }));
const file = (region: string): string => path.join(folder, 'vault', `${region}.key`);

describe('the key file of a region', () => {
  it('is 32 bytes that only its owner may read, in a folder only its owner may enter', async () => {
    const key = await keys.create('umbria');
    expect(key).toHaveLength(32);
    expect(statSync(file('umbria')).mode & 0o777).toBe(0o600);
    expect(statSync(path.join(folder, 'vault')).mode & 0o777).toBe(0o700);
    expect(await keys.find('umbria')).toEqual(key);
    expect(await keys.find('toscana')).toBeUndefined();
  });
  it('is made once when several processes start together, and leaves no half-made file', async () => {
    const made = await Promise.all(Array.from({ length: 8 }, () => new FileRegionKeys(path.join(folder, 'vault')).create('umbria')));
    expect(new Set(made.map((key) => key.toString('hex'))).size).toBe(1);
    expect(readdirSync(path.join(folder, 'vault'))).toEqual(['umbria.key']);
  });
  it('is never replaced by making it again', async () => {
    const key = await keys.create('umbria');
    expect(await keys.create('umbria')).toEqual(key);
  });
  it('is refused when others may read it', async () => {
    await keys.create('umbria');
    chmodSync(file('umbria'), 0o640);
    await expect(keys.find('umbria')).rejects.toThrow('0600');
  });
  it('is refused when it is cut short', async () => {
    await keys.create('umbria');
    truncateSync(file('umbria'), 31);
    await expect(keys.find('umbria')).rejects.toThrow('damaged');
  });
  it('never lies outside its folder', () => expect(keys.create('../umbria')).rejects.toThrow('not a region code'));
});

describe('a backup of region keys', () => {
  const elsewhere = (): FileRegionKeys => new FileRegionKeys(path.join(folder, 'elsewhere'));

  it('gives the same keys back elsewhere, with the same file mode', async () => {
    const [umbria, toscana] = [await keys.create('umbria'), await keys.create('toscana')];
    const backup = await keys.exportKeys(PASSPHRASE);
    for (const key of [umbria, toscana])
      expect(backup.includes(key) || backup.toString('latin1').includes(key.toString('base64'))).toBe(false);
    expect(await elsewhere().importKeys(backup, PASSPHRASE)).toEqual(['toscana', 'umbria']);
    expect([await elsewhere().find('umbria'), await elsewhere().find('toscana')]).toEqual([umbria, toscana]);
    expect(statSync(path.join(folder, 'elsewhere', 'umbria.key')).mode & 0o777).toBe(0o600);
    expect(await elsewhere().importKeys(backup, PASSPHRASE)).toEqual(['toscana', 'umbria']);
  });
  it('does not open with another passphrase, nor after one bit was changed', async () => {
    await keys.create('umbria');
    const backup = await keys.exportKeys(PASSPHRASE);
    const refusal = { code: 'key-backup.wrong-passphrase', kind: 'invalid' };
    await expect(elsewhere().importKeys(backup, `${PASSPHRASE} `)).rejects.toMatchObject(refusal);
    const bent = Buffer.from(backup);
    bent[bent.length - 1] = (bent[bent.length - 1] ?? 0) ^ 1;
    await expect(elsewhere().importKeys(bent, PASSPHRASE)).rejects.toMatchObject(refusal);
    expect(await elsewhere().regions()).toEqual([]);
  });
  it('is told from any other file', async () => {
    for (const other of [Buffer.alloc(0), Buffer.from('{"umbria":"…"}'), Buffer.alloc(200, 1)])
      await expect(keys.importKeys(other, PASSPHRASE)).rejects.toMatchObject({ code: 'key-backup.not-a-backup' });
  });
  it('replaces no key that is in use, and then restores nothing at all', async () => {
    await keys.create('toscana');
    await keys.create('umbria');
    const backup = await keys.exportKeys(PASSPHRASE);
    const own = await elsewhere().create('umbria');
    await expect(elsewhere().importKeys(backup, PASSPHRASE)).rejects.toMatchObject({ code: 'key-backup.other-key' });
    expect(await elsewhere().regions()).toEqual(['umbria']);
    expect(await elsewhere().find('umbria')).toEqual(own);
  });
  it('asks for a passphrase worth the name', () =>
    expect(keys.exportKeys('corta')).rejects.toMatchObject({ code: 'key-backup.weak-passphrase' }));
});
