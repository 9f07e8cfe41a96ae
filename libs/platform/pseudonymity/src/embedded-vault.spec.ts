import { rmSync } from 'node:fs';
import * as path from 'node:path';
import fc from 'fast-check';
import { EmbeddedVault } from './embedded-vault';
import { receiptFor, type ScratchVaults, scratchVaults } from './scratch-vaults.contract';
import { VAULT_ROLE } from './vault-schema';

jest.setTimeout(60_000); // key stretching is slow on purpose
const seeded = { seed: 20250102, numRuns: 40 };
let scratch: ScratchVaults;
let umbria: EmbeddedVault;
let toscana: EmbeddedVault;
beforeAll(async () => {
  scratch = await scratchVaults();
  umbria = await scratch.vaults.open('umbria');
  toscana = await scratch.vaults.open('toscana');
});
afterAll(() => scratch.close());

const asVault = (sql: string, values: unknown[] = []) => scratch.databases.pool(VAULT_ROLE).query<{ row: string }>(sql, values);
const TABLES = ['region', 'subject', 'value', 'handle', 'label'];
const dump = async (): Promise<string> => {
  const rows = await Promise.all(TABLES.map((table) => asVault(`select row_to_json(t)::text as row from vault.${table} t`)));
  return rows.flatMap((result) => result.rows.map(({ row }) => row)).join('\n');
};

describe('any text', () => {
  it('comes back as it was put, character by character', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 300 }), async (value) => {
        const ref = await umbria.put('case-any', 'ID', 'name', value);
        expect((await umbria.reveal([ref], receiptFor('umbria', [ref]))).get(ref)).toBe(value);
      }),
      seeded,
    );
  });
  it('comes back from an event as it was sealed', async () => {
    await fc.assert(
      fc.asyncProperty(fc.jsonValue(), async (value) => {
        expect(await umbria.open('case-any', 'b', await umbria.seal('case-any', 'b', value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
      seeded,
    );
  });
});

describe('the tables of the vault', () => {
  const canaries = ['Zuleika Canarini', '+39 000 7654321', 'Via Inventata 12, Spoleto', 'dorme nel container verde', '01234567897'];

  it('hold none of the values, in no encoding', async () => {
    const refs = await Promise.all(canaries.map((value, n) => umbria.put(`case-canary-${n}`, 'ID', 'name', value)));
    await umbria.seal('case-canary-0', 'b', canaries);
    await umbria.claim('vat', await umbria.label('vat', canaries[4] ?? ''), 'case-canary-4');
    expect((await umbria.reveal(refs, receiptFor('umbria', refs))).size).toBe(canaries.length);
    const text = await dump();
    expect(text).toContain('case-canary-0'); // the dump is real
    for (const value of canaries.flatMap((canary) => [canary, ...canary.split(' ').filter((part) => part.length > 6)]))
      for (const form of [value, Buffer.from(value).toString('hex'), Buffer.from(value).toString('base64').slice(0, 8)])
        expect(text.toLowerCase()).not.toContain(form.toLowerCase());
  });

  it('are closed to every other role', async () => {
    for (const role of ['raccordo_cases', 'raccordo_cases_projector', 'raccordo_store'])
      for (const table of TABLES)
        await expect(scratch.databases.pool(role).query(`select * from vault.${table}`)).rejects.toMatchObject({ code: '42501' });
  });

  it('cannot be altered, nor made to forget an erasure, by the role that works with them', async () => {
    await umbria.shred('case-forgotten', ['member-a', 'member-b']);
    for (const sql of [
      "delete from vault.subject where subject = 'case-forgotten'",
      "update vault.region set key_check = ''",
      'update vault.value set sealed = sealed',
      'update vault.handle set audience = audience',
      'drop table vault.value',
      'truncate vault.handle',
      'create table vault.mine (x int)',
    ])
      await expect(asVault(sql)).rejects.toMatchObject({ code: '42501' });
  });

  it('belong to a role that services do not use', async () => {
    const owners = await asVault("select distinct tableowner as row from pg_tables where schemaname = 'vault'");
    expect(owners.rows).toEqual([{ row: 'raccordo_owner' }]);
    const login = await asVault(
      'select (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb)::text as row from pg_roles where rolname = $1',
      [VAULT_ROLE],
    );
    expect(login.rows).toEqual([{ row: 'false' }]);
  });
});

describe('a row that somebody moved in the database', () => {
  const moved = async (
    change: (client: { query(sql: string, values?: unknown[]): Promise<unknown> }, from: string, to: string) => Promise<unknown>,
  ) => {
    const [from, to] = [await umbria.put('case-from', 'ID', 'name', 'from'), await umbria.put('case-to', 'CON', 'phone', 'to')];
    await scratch.databases.asOwner((client) => change(client, from, to));
    return umbria.reveal([to], receiptFor('umbria', [to]));
  };
  const unreadable = { code: 'vault.unreadable' };

  it('does not open under another ref', () =>
    expect(
      moved((client, from, to) =>
        client.query('update vault.value t set sealed = f.sealed from vault.value f where f.ref = $1 and t.ref = $2', [from, to]),
      ),
    ).rejects.toMatchObject(unreadable));
  it('does not open when its ref was exchanged for another', async () => {
    const other = `vault:umbria:${'a'.repeat(26)}`;
    await moved((client, _, to) => client.query('update vault.value set ref = $1 where ref = $2', [other, to])).catch(() => undefined);
    await expect(umbria.reveal([other], receiptFor('umbria', [other]))).rejects.toMatchObject(unreadable);
  });
  it('does not open for another subject', () =>
    expect(
      moved((client, _, to) => client.query("update vault.value set subject = 'case-from' where ref = $1", [to])),
    ).rejects.toMatchObject(unreadable));
  it('does not open in another field group, field or version', async () => {
    for (const change of ["field_group = 'ID'", "field = 'email'", 'version = version + 100'])
      await expect(moved((client, _, to) => client.query(`update vault.value set ${change} where ref = $1`, [to]))).rejects.toMatchObject(
        unreadable,
      );
  });
  it('does not open in another region, wrapped key and all', async () => {
    const ref = await umbria.put('case-carried', 'ID', 'name', 'x');
    await scratch.databases.asOwner(async (client) => {
      await client.query(
        "insert into vault.subject select 'toscana', subject, wrapped, shredded from vault.subject where subject = 'case-carried'",
      );
      await client.query("update vault.value set region = 'toscana' where ref = $1", [ref]);
    });
    await expect(toscana.reveal([ref], receiptFor('toscana', [ref]))).rejects.toMatchObject(unreadable);
  });
  it("does not give its key to another subject's row", async () => {
    const sealed = await umbria.seal('case-lender', 'b', 'x');
    await umbria.seal('case-borrower', 'b', 'y');
    await scratch.databases.asOwner((client) =>
      client.query(
        "update vault.subject t set wrapped = f.wrapped from vault.subject f where t.subject = 'case-borrower' and f.subject = 'case-lender'",
      ),
    );
    await expect(umbria.open('case-borrower', 'b', sealed)).rejects.toMatchObject(unreadable);
    expect(await umbria.open('case-lender', 'b', sealed)).toBe('x');
  });
  it('does not open in another region even where somebody gave both regions one key', async () => {
    const pool = scratch.databases.pool(VAULT_ROLE);
    const [here, there] = ['abruzzo', 'molise'].map((region) => new EmbeddedVault(region, Buffer.alloc(32, 9), pool, scratch.clock));
    await scratch.databases.asOwner((client) => client.query("insert into vault.region values ('abruzzo', ''), ('molise', '')"));
    const sealed = await here?.seal('case-shared', 'b', 'x');
    await scratch.databases.asOwner((client) =>
      client.query(
        "insert into vault.subject select 'molise', subject, wrapped, shredded from vault.subject where subject = 'case-shared'",
      ),
    );
    await expect(there?.open('case-shared', 'b', sealed ?? '')).rejects.toMatchObject(unreadable);
    await scratch.databases.asOwner((client) =>
      client
        .query("delete from vault.subject where subject = 'case-shared'")
        .then(() => client.query("delete from vault.region where region in ('abruzzo', 'molise')")),
    );
  });
});

describe('two audiences', () => {
  it('share no handle, and their copies have nothing to be joined by', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(fc.integer({ min: 0, max: 999 }), { minLength: 1, maxLength: 12 }), fc.nat(), async (people, run) => {
        const subjects = people.map((n) => `case-join-${n}`);
        const [a, b] = await Promise.all([`team-a${run}`, `team-b${run}`].map((audience) => umbria.handlesFor(subjects, audience)));
        const [ours, theirs] = [a, b].map((copy) => [...(copy?.values() ?? [])].map(({ handle }) => handle)) as [string[], string[]];
        expect(new Set([...ours, ...theirs]).size).toBe(subjects.length * 2);
        expect(new Set([...(a?.values() ?? [])].map(({ codename }) => codename)).size).toBe(subjects.length);
        for (const handle of ours) expect(await umbria.resolve(handle, `team-b${run}`)).toBeUndefined();
      }),
      { ...seeded, numRuns: 15 },
    );
  });
  it('get names whose order says nothing about the order of the subjects', async () => {
    const subjects = Array.from({ length: 40 }, (_, n) => `case-order-${String(n).padStart(2, '0')}`);
    const order = async (audience: string): Promise<string> => {
      const map = await umbria.handlesFor(subjects, audience);
      return [...subjects].sort((x, y) => ((map.get(x)?.handle ?? '') < (map.get(y)?.handle ?? '') ? -1 : 1)).join();
    };
    expect(new Set([await order('team-1'), await order('team-2'), subjects.join()]).size).toBe(3);
  });
});

describe('a region', () => {
  it('is unknown until it was opened here', () => {
    expect(() => scratch.vaults.of('lazio')).toThrow(expect.objectContaining({ code: 'vault.unknown-region', kind: 'not-found' }) as Error);
    expect(scratch.vaults.of('umbria')).toBe(umbria);
    expect(scratch.vaults.regions()).toEqual(['toscana', 'umbria']);
  });
  it('opens once however many ask', async () => {
    const vaults = scratch.another();
    const opened = await Promise.all([vaults.open('marche'), vaults.open('marche'), scratch.another().open('marche')]);
    expect(opened[0]).toBe(opened[1]);
    expect(await opened[2]?.label('k', 'v')).toBe(await opened[0]?.label('k', 'v'));
  });
  it('stays shut when its key is lost, until the key is back', async () => {
    const lost = await scratch.another().open('molise');
    const ref = await lost.put('case-lost', 'ID', 'name', 'x');
    const backup = await scratch.keys.exportKeys('quattro parole non bastano');
    const file = path.join(scratch.folder, 'vault', 'molise.key');
    rmSync(file);
    await expect(scratch.another().open('molise')).rejects.toThrow('missing');
    await scratch.keys.create('molise');
    await expect(scratch.another().open('molise')).rejects.toThrow('not the one');
    rmSync(file);
    await scratch.keys.importKeys(backup, 'quattro parole non bastano');
    const back = await scratch.another().open('molise');
    expect((await back.reveal([ref], receiptFor('molise', [ref]))).get(ref)).toBe('x');
  });
});

describe('an error of the vault', () => {
  it('names no value and no subject', async () => {
    const errors = await Promise.all(
      [
        umbria.put('case one', 'ID', 'name', 'Zuleika'),
        umbria.put('case-1', 'ID', 'Zuleika Canarini', 'x'),
        umbria.reveal(['vault:umbria:x'], receiptFor('umbria', [])),
        umbria.shred('case-1', ['Zuleika', 'Zuleika']),
      ].map((work: Promise<unknown>) => work.then(String, (error: unknown) => JSON.stringify(error) + String(error))),
    );
    for (const text of errors) expect(text).not.toMatch(/Zuleika|case[- ](one|1)/);
  });
});
