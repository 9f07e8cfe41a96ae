import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { FileRegionKeys, newRecoveryWords, passphraseOf, RECOVERY_WORDS, WORD_LANGUAGES } from './index';

describe('recovery words', () => {
  it.each(WORD_LANGUAGES)('in %s are eight, plain to write and told apart by four letters', (language) => {
    const drawn = Array.from({ length: 300 }, () => newRecoveryWords(language));
    expect(drawn.every((words) => words.length === RECOVERY_WORDS)).toBe(true);
    const all = new Set(drawn.flat());
    for (const word of all) expect(word).toMatch(/^[a-z]{3,10}$/);
    expect(new Set([...all].map((word) => word.slice(0, 4))).size).toBe(all.size);
    // 2,400 draws of 2,048 words: about 1,400 different ones, never a handful.
    expect(all.size).toBeGreaterThan(1200);
  });

  it('open the keys they were exported under, however they are typed', async () => {
    const home = mkdtempSync(path.join(tmpdir(), 'raccordo-words-'));
    const keys = new FileRegionKeys(path.join(home, 'regions'));
    await keys.create('umbria');
    await keys.create('toscana');
    const words = newRecoveryWords('it');
    const file = await keys.exportKeys(passphraseOf(words));
    expect(await keys.regionsIn(file, passphraseOf(words.map((word) => ` ${word.toUpperCase()} `)))).toEqual(['toscana', 'umbria']);
    await expect(keys.regionsIn(file, passphraseOf([...words].reverse()))).rejects.toMatchObject({ code: 'key-backup.wrong-passphrase' });
    rmSync(home, { recursive: true });
  });
});
