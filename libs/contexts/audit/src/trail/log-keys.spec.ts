import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { AuditWorld } from '../../test/audit-world';
import { LogRewritten } from './log-keys';
import type { Sequencer } from './sequencer';

describe('a signed log', () => {
  let world: AuditWorld;
  let sequencer: Sequencer;
  beforeEach(async () => {
    world = await AuditWorld.make(process.env.TEST_DATABASE);
    sequencer = await world.sequencer();
  });
  afterEach(() => world.close());

  const drain = (one = sequencer): Promise<void> => world.drain(one);

  it('keeps its key in a file that only its owner may read, and makes one only for a new log', async () => {
    await world.openCase();
    await drain();
    const file = path.join(world.keys, 'audit-umbria.key');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const key = readFileSync(file);
    rmSync(file);
    await expect((await world.sequencer()).round()).rejects.toThrow(/key .* is missing/);
    writeFileSync(file, readFileSync(path.join(world.keys, 'audit-umbria.head')));
    await expect((await world.sequencer()).round()).rejects.toThrow();
    writeFileSync(file, key);
    await drain(await world.sequencer());
  });

  it('does not go on with the key of another log', async () => {
    await world.openCase();
    await drain();
    await expect((await world.sequencer({ keys: path.join(world.folder, 'other-keys') })).round()).rejects.toThrow(LogRewritten);
  });

  it.each([
    [
      'was restored from an old backup',
      'it has 2 entries, 5 were signed',
      `delete from audit.leaf where index >= 2; delete from audit.node where level > 1; update audit.log set size = 2, edge = (select hash from audit.node where level = 1 and index = 0)`,
    ],
    [
      'was emptied',
      'it has 0 entries, 5 were signed',
      'truncate audit.leaf, audit.leaf_case, audit.node, audit.checkpoint, audit.source, audit.chain, audit.log',
    ],
    ['had a leaf exchanged', 'it does not begin with what was signed', `update audit.leaf set hash = sha256(hash) where index = 4`],
    [
      'had an inner node exchanged',
      'it does not begin with what was signed',
      `update audit.node set hash = sha256(hash) where level = 2 and index = 0`,
    ],
    ['had its edge exchanged', 'its tree was altered', `update audit.log set edge = sha256(edge) || substr(edge, 33)`],
    ['lost a node', 'lacks node 0 of level 2', 'delete from audit.node where level = 2 and index = 0'],
    ['was given another key', 'is not the key it was begun with', `update audit.log set vkey = 'audit.umbria+00000000+AAAA'`],
  ])('adds and signs nothing in a database that %s', async (_what, why, sql) => {
    await world.openCase(1, 5);
    await drain();
    await world.tamper(sql);
    await world.openCase(2);
    const before = await world.rows('select 1 from audit.leaf');
    await expect((await world.sequencer()).round()).rejects.toThrow(why);
    expect(await world.rows('select 1 from audit.leaf')).toHaveLength(before.length);
    expect(await world.rows('select 1 from audit.checkpoint where size > 5')).toHaveLength(0);
  });

  it('is not gone on with when its key is exchanged under a running sequencer', async () => {
    await world.openCase();
    await drain();
    await world.tamper(`update audit.log set vkey = 'audit.umbria+00000000+AAAA'`);
    await world.openCase(2);
    await expect(sequencer.round()).rejects.toThrow('the database names another key');
  });

  it('publishes after a crash what it had signed before it', async () => {
    await world.openCase(1, 3);
    await drain();
    await world.tamper('delete from audit.checkpoint'); // as if the process had ended between signing and publishing
    await drain(await world.sequencer());
    expect(await world.verified()).toMatchObject({ ok: true, entries: 3 });
  });

  it('keeps all of a batch or nothing', async () => {
    await world.openCase(1, 2);
    await world.tamper(`create function audit.no() returns trigger language plpgsql as 'begin raise exception $$no$$; end';
      create trigger no before insert on audit.chain for each statement execute function audit.no()`);
    await expect(sequencer.round()).rejects.toThrow('no');
    expect(await world.rows('select 1 from audit.leaf')).toHaveLength(0);
    await world.tamper('drop trigger no on audit.chain');
    await drain();
    expect(await world.verified()).toMatchObject({ ok: true, entries: 2 });
  });
});
