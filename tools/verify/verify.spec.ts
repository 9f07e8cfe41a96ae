import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { signCheckpoint } from '@platform/tlog';
import { bundleOf, checkpointOf, happenings, leavesOf, logKey } from '../../libs/platform/auditing/test/a-trail';
import { FAULTS, UNPROVEN, WORDS } from './words';

describe('the offline verifier', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'raccordo-verify-'));
  const file = (name: string): string => path.join(folder, name);
  const leaves = leavesOf(happenings(40));
  const rewritten = leavesOf(
    happenings(41)
      .filter((_, n) => n !== 0)
      .map((one, n, all) => ({ ...one, seq: all.slice(0, n + 1).filter((o) => o.producer === one.producer).length })),
  );
  beforeAll(() => {
    const built = spawnSync(process.execPath, [path.join(__dirname, 'build.mjs'), file('verify.mjs')], { encoding: 'utf8' });
    if (built.status !== 0) throw new Error(built.stderr);
    writeFileSync(file('honest'), bundleOf(leaves));
    writeFileSync(file('cut'), bundleOf(leaves).subarray(0, -40));
    writeFileSync(file('rewritten'), bundleOf(rewritten));
    writeFileSync(file('outside'), signCheckpoint(checkpointOf(leaves, 30), logKey));
    writeFileSync(file('vkey'), `${logKey.vkey}\n`);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  /** As on the auditor's machine: this one file in a folder of its own, no modules, no environment, and Node allowed to read that folder only. */
  const verify = (...words: string[]): { code: number | null; out: string; err: string } => {
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      ['--permission', `--allow-fs-read=${folder}/*`, 'verify.mjs', ...words],
      {
        cwd: folder,
        encoding: 'utf8',
        env: {},
      },
    );
    return { code: status, out: stdout, err: stderr };
  };
  const brought = ['--vkey', 'vkey', '--outside', 'outside'];

  it('is one file of at most 50 kB that asks Node for cryptography and files only', () => {
    const text = readFileSync(file('verify.mjs'), 'utf8');
    expect(statSync(file('verify.mjs')).size).toBeLessThan(50_000);
    expect([...text.matchAll(/^\s*import .* from '([^']+)'/gm)].map((match) => match[1])).toEqual(['node:crypto', 'node:fs']);
    expect(text).not.toMatch(/\bimport\(|\brequire\(|\bfetch\(|\beval\(|node:(net|http|child_process|dns|tls)/);
  });

  it('says that an honest bundle is in order, and exits with 0', () => {
    const { code, out } = verify('honest', ...brought);
    expect(code).toBe(0);
    expect(out).toContain(WORDS.good.it);
    expect(out).toContain(UNPROVEN['single-operator'].it);
    expect(out).not.toContain(UNPROVEN['no-outside-checkpoint'].it);
  });

  it('takes the key as text as well', () => {
    expect(verify('honest', '--vkey', logKey.vkey).code).toBe(0);
  });

  it('finds out a tampered bundle and exits with 1', () => {
    const { code, out } = verify('cut', ...brought, '--lang', 'en');
    expect(code).toBe(1);
    expect(out).toContain(WORDS.bad.en);
    expect(out).toContain(FAULTS['checkpoint.root'].en);
  });

  it('finds out a log that was rewritten and signed again by its own key only with a checkpoint from outside, and says so without one', () => {
    const alone = verify('rewritten', '--vkey', 'vkey');
    expect(alone.code).toBe(0);
    expect(alone.out).toContain(UNPROVEN['no-outside-checkpoint'].it);
    const both = verify('rewritten', ...brought);
    expect(both.code).toBe(1);
    expect(both.out).toContain(FAULTS['outside.differs'].it);
  });

  it('answers machines in JSON with the same exit codes', () => {
    const good = verify('honest', ...brought, '--json');
    expect([good.code, JSON.parse(good.out)]).toMatchObject([
      0,
      { ok: true, entries: 40, outside: 30, findings: [], unproven: ['after-outside-checkpoint', 'single-operator'] },
    ]);
    const bad = verify('--json', 'rewritten', ...brought);
    expect([bad.code, JSON.parse(bad.out)]).toMatchObject([1, { ok: false, findings: [{ code: 'outside.differs' }] }]);
  });

  it.each([
    ['no bundle', []],
    ['two bundles', ['honest', 'cut']],
    ['an option nobody knows', ['honest', '--trust-me']],
    ['an option without its value', ['honest', '--vkey']],
    ['a language it does not speak', ['honest', '--lang', 'de']],
    ['a bundle that is not there', ['absent']],
    ['a folder for a bundle', ['.']],
    ['a checkpoint that is not there', ['honest', '--outside', 'absent']],
    ['a key that is not there', ['honest', '--vkey', 'absent']],
  ])('makes no statement and exits with 2 when given %s', (_what, words) => {
    const { code, out } = verify(...words);
    expect([code, out]).toEqual([2, '']);
  });

  it('is not misled by a name that would write over the screen', () => {
    writeFileSync(file('painted'), bundleOf(leaves).toString().replace('"log":"audit.umbria"', '"log":"audit.umbria\\u001b[2J\\u202e"'));
    const { code, out } = verify('painted', ...brought);
    expect(code).toBe(1);
    expect(out).not.toMatch(/[\u001b\u202e]/);
  });

  it('reads a line of any length without keeping it', () => {
    writeFileSync(file('endless'), Buffer.concat([bundleOf(leaves), Buffer.alloc(9_000_000, 'a')]));
    const { code, out } = verify('endless', ...brought, '--json');
    expect(code).toBe(1);
    expect(out).toContain('entry.too-long');
  });

  it('has every finding in both languages', () => {
    for (const text of Object.values({ ...FAULTS, ...UNPROVEN })) expect(text.it.length * text.en.length).toBeGreaterThan(0);
  });
});
