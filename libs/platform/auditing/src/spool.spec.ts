import { type ChildProcess, fork } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { canonicalJson } from '@platform/tlog';
import { aBody } from '../test/bodies';
import { FaultyDisk } from '../test/faulty-disk';
import type { AuditReceipt } from './recorder';
import { Spool, SPOOL_LIMITS, segmentName } from './spool';
import { NodeDisk } from './spool-disk';
import { findSpools, SPOOL_START, SpoolDamaged, type SpoolPage, SpoolReader } from './spool-reader';

const ROOT = path.resolve(__dirname, '../../../..');
const UNAVAILABLE = { code: 'audit.unavailable', kind: 'unavailable' };
const outcome = async (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'recorded',
    (error: { code: string }) => error.code,
  );

describe('a spool', () => {
  const root = mkdtempSync(path.join(tmpdir(), 'raccordo-spool-'));
  let folders = 0;
  const children: ChildProcess[] = [];
  afterAll(() => {
    for (const child of children) child.kill('SIGKILL');
    rmSync(root, { recursive: true, force: true });
  });

  const newSpool = async (
    disk = new FaultyDisk(),
    limits = {},
  ): Promise<{ spool: Spool; disk: FaultyDisk; folder: string; reader: SpoolReader }> => {
    const folder = path.join(root, String(++folders));
    await disk.makeFolder(folder);
    return {
      spool: new Spool(disk, folder, 'cases.1', { ...SPOOL_LIMITS, ...limits }),
      disk,
      folder,
      reader: new SpoolReader(folder, 'cases.1'),
    };
  };
  const fill = (spool: Spool, count: number, from = 0): Promise<AuditReceipt[]> =>
    Promise.all(Array.from({ length: count }, (_, n) => spool.append(aBody({ request: `request-${from + n}` }))));
  const everything = async (reader: SpoolReader): Promise<string[]> =>
    (await reader.readFrom(SPOOL_START, 1_000_000)).records.map((record) => `${record.seq} ${record.body.request}`);

  /** What is handed out before the damage is reported. */
  const toTheDamage = async (reader: SpoolReader): Promise<string[]> => {
    const read: string[] = [];
    for (let at = SPOOL_START; ;) {
      const page = await reader.readFrom(at, 100).catch((error: unknown) => error);
      if (page instanceof SpoolDamaged) return read;
      const { records, next, ended } = page as SpoolPage;
      if (ended || records.length === 0) throw new Error('no damage was reported');
      read.push(...records.map((record) => `${record.seq} ${record.body.request}`));
      at = next;
    }
  };

  it('gives receipts that name producer, sequence and the hash of the canonical body', async () => {
    const { spool, reader } = await newSpool();
    const receipts = await fill(spool, 3);
    expect(receipts.map(({ seq }) => seq)).toEqual([1, 2, 3]);
    const page = await reader.readFrom(SPOOL_START, 10);
    expect(page.records.map(({ body }) => createHash('sha256').update(canonicalJson(body)).digest('hex'))).toEqual(
      receipts.map(({ sha256 }) => sha256),
    );
    expect(page.records.map(({ body }) => body)).toEqual(receipts.map(({ body }) => body));
    await spool.close();
  });

  it('gives no receipt before the sync has come back', async () => {
    const { spool, disk } = await newSpool();
    let open!: () => void;
    disk.gate = new Promise((resolve) => (open = resolve));
    let recorded = false;
    const receipt = spool.append(aBody()).then(() => (recorded = true));
    for (let turn = 0; turn < 50; turn++) await new Promise((next) => setImmediate(next));
    expect(recorded).toBe(false);
    open();
    await receipt;
    await spool.close();
  });

  it('lets entries that arrive together share one sync', async () => {
    const { spool, disk } = await newSpool();
    await fill(spool, 100);
    expect(disk.syncs).toBe(1);
    await spool.close();
  });

  it('stays dead after a failed sync, although the next one would succeed (A8)', async () => {
    const { spool, disk } = await newSpool();
    await fill(spool, 2);
    disk.syncFails = 'EIO';
    await expect(spool.append(aBody())).rejects.toMatchObject(UNAVAILABLE);
    disk.syncFails = undefined;
    await expect(spool.append(aBody())).rejects.toMatchObject(UNAVAILABLE);
    expect(spool.state).toBe('dead');
    await spool.close();
  });

  it('refuses when too many entries wait (A8)', async () => {
    const { spool, disk } = await newSpool(new FaultyDisk(), { queue: 4 });
    let open!: () => void;
    disk.gate = new Promise((resolve) => (open = resolve));
    const first = spool.append(aBody());
    for (let turn = 0; turn < 200 && spool.waiting > 0; turn++) await new Promise((next) => setImmediate(next));
    const outcomes = Promise.all(Array.from({ length: 10 }, () => outcome(spool.append(aBody()))));
    open();
    expect((await outcomes).filter((one) => one === 'audit.unavailable')).toHaveLength(6);
    await first;
    await spool.close();
  });

  it('refuses on a full disk and goes on when there is room again, without a gap or a torn frame (A8)', async () => {
    for (let room = 0; room < 1600; room += 97) {
      const { spool, disk, reader } = await newSpool();
      await fill(spool, 2);
      disk.room = room;
      const results = await Promise.all(Array.from({ length: 4 }, (_, n) => outcome(spool.append(aBody({ request: `lost-${n}` })))));
      expect(new Set(results)).toEqual(new Set(['audit.unavailable']));
      expect(spool.state).toBe('full');
      disk.room = Infinity;
      const receipt = await spool.append(aBody({ request: 'after' }));
      expect(spool.state).toBe('open');
      const read = await everything(reader);
      expect(read.at(-1)).toBe(`${receipt.seq} after`);
      expect(read.slice(0, 2)).toEqual(['1 request-0', '2 request-1']);
      await spool.close();
      expect((await reader.readFrom(SPOOL_START, 100)).ended).toBe(true);
    }
  });

  it.each(['EIO', 'EROFS'])('refuses what a write that fails with %s was to hold', async (code) => {
    const { spool, disk, reader } = await newSpool();
    await fill(spool, 1);
    disk.writeFails = code;
    await expect(spool.append(aBody())).rejects.toMatchObject(UNAVAILABLE);
    disk.writeFails = undefined;
    await fill(spool, 1, 7);
    expect(await everything(reader)).toEqual(['1 request-0', '2 request-7']);
    await spool.close();
  });

  it('is dead when a torn frame cannot be cut off', async () => {
    const { spool, disk } = await newSpool();
    await fill(spool, 1);
    disk.room = 10;
    disk.truncateFails = true;
    await expect(spool.append(aBody())).rejects.toMatchObject(UNAVAILABLE);
    disk.room = Infinity;
    await expect(spool.append(aBody())).rejects.toMatchObject(UNAVAILABLE);
    expect(spool.state).toBe('dead');
    await spool.close();
  });

  it('begins a new file by size, is full when the sequencer leaves too many behind, and goes on when they are retired', async () => {
    const { spool, reader, folder } = await newSpool(new FaultyDisk(), { segment: 1000, segments: 3 });
    let recorded = 0;
    while ((await outcome(spool.append(aBody({ request: `request-${recorded}` })))) === 'recorded') recorded++;
    expect(readdirSync(folder)).toHaveLength(3);
    expect(spool.state).toBe('full');
    const page = await reader.readFrom(SPOOL_START, 1000);
    expect(page.records).toHaveLength(recorded);
    await reader.retire(page.next);
    await fill(spool, 1, recorded);
    const rest = await reader.readFrom(page.next, 1000);
    expect(rest.records.map(({ seq }) => seq)).toEqual([recorded + 1]);
    await spool.close();
  });

  it('is read on from any position, in pages of any size', async () => {
    const { spool, reader } = await newSpool(new FaultyDisk(), { segment: 1500 });
    for (let n = 0; n < 20; n += 2) await fill(spool, 2, n);
    await spool.close();
    const all = await everything(reader);
    expect(all).toHaveLength(20);
    for (const limit of [1, 3, 7, 50]) {
      const read: string[] = [];
      for (let at = SPOOL_START, ended = false; !ended;) {
        const page = await reader.readFrom(at, limit);
        expect(page.records.length > 0 || page.ended).toBe(true);
        read.push(...page.records.map((record) => `${record.seq} ${record.body.request}`));
        ({ next: at, ended } = page);
      }
      expect(read).toEqual(all);
    }
  });

  it('with a tail torn at any byte loses only what was never acknowledged', async () => {
    const { spool, reader, folder } = await newSpool();
    await fill(spool, 2);
    const file = path.join(folder, segmentName(1));
    const whole = readFileSync(file).length;
    await fill(spool, 1, 2);
    const bytes = readFileSync(file);
    for (let length = bytes.length - 1; length >= whole; length--) {
      truncateSync(file, length);
      expect(await everything(reader)).toEqual(['1 request-0', '2 request-1']);
    }
    writeFileSync(file, bytes);
    await spool.close();
  });

  it('reports every flipped bit of a closed spool as damage, and never reads past it', async () => {
    const { spool, reader, folder } = await newSpool();
    await fill(spool, 3);
    await spool.close();
    const file = path.join(folder, segmentName(1));
    const bytes = readFileSync(file);
    const all = await everything(reader);
    const closing = bytes.lastIndexOf('{"last":') - 8;
    for (let bit = 0; bit < closing * 8; bit += 37) {
      const flipped = Buffer.from(bytes);
      flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      writeFileSync(file, flipped);
      const before = await toTheDamage(reader);
      expect(before).toEqual(all.slice(0, before.length));
    }
    writeFileSync(file, bytes);
    expect(await everything(reader)).toEqual(all);
    await expect(toTheDamage(reader)).rejects.toThrow('no damage');
  });

  it('does not take the files of another producer, a file moved away or a frame put twice', async () => {
    const { spool, folder, reader } = await newSpool(new FaultyDisk(), { segment: 800 });
    for (let n = 0; n < 4; n++) await fill(spool, 1, n);
    await spool.close();
    await expect(new SpoolReader(folder, 'cases.2').readFrom(SPOOL_START, 9)).rejects.toThrow('another producer');
    const first = path.join(folder, segmentName(1));
    const bytes = readFileSync(first);
    const length = 8 + bytes.readUInt32LE(0);
    writeFileSync(first, Buffer.concat([bytes.subarray(0, length), bytes]));
    expect(await toTheDamage(reader)).toEqual(['1 request-0']);
    rmSync(first);
    await expect(reader.readFrom(SPOOL_START, 9)).rejects.toThrow('entries are missing');
  });

  it('whose producer is killed has every entry that was acknowledged', async () => {
    const home = path.join(root, 'killed');
    for (let round = 0; round < 6; round++) {
      const child = fork(path.join(__dirname, '../test/spool-until-killed.ts'), [home], {
        execArgv: ['-r', path.join(ROOT, 'tools/typescript-hook.cjs')],
      });
      children.push(child);
      const told: { producer: string; seq: number; sha256: string }[] = [];
      const gone = new Promise((resolve) => child.once('exit', resolve));
      await new Promise<void>((resolve) =>
        child.on('message', (receipts) => {
          told.push(...(receipts as typeof told));
          if (told.length >= 40 + round * 24) resolve();
        }),
      );
      child.kill('SIGKILL');
      await gone;
      const producer = told[0]?.producer ?? '';
      expect(producer).toBe(`killed.${round + 1}`);
      const page = await new SpoolReader(path.join(home, producer, 'umbria'), producer).readFrom(SPOOL_START, 1_000_000);
      const kept = new Map(page.records.map(({ seq, body }) => [seq, createHash('sha256').update(canonicalJson(body)).digest('hex')]));
      expect(told.filter(({ seq, sha256 }) => kept.get(seq) !== sha256)).toEqual([]);
    }
    expect((await findSpools(home)).map(({ producer }) => producer)).toHaveLength(6);
  }, 60_000);

  it('makes folders that two processes cannot both claim', async () => {
    const disk = new NodeDisk();
    const results = await Promise.all([1, 2, 3].map(() => outcome(disk.claimFolder(path.join(root, 'claimed/one')))));
    expect(results.sort()).toEqual(['EEXIST', 'EEXIST', 'recorded']);
  });
});
