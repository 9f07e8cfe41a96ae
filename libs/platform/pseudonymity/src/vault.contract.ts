import { receiptFor, type ScratchVaults } from './scratch-vaults.contract';
import type { Vault, Vaults } from './vault';

const CODENAME = /^[A-Z][a-z]+ [34679][ACEFHJKMNPRTWXY][34679ACEFHJKMNPRTWXY]$/;
let next = 0;
const subject = (noun = 'case'): string => `${noun}-0193a000-0000-7000-8000-${String((next += 1)).padStart(12, '0')}`;
const reveal = async (vault: Vault, region: string, ref: string): Promise<string | undefined> =>
  (await vault.reveal([ref], receiptFor(region, [ref]))).get(ref);

/** What every vault does, whatever it is built on. */
export function vaultContract(scratch: () => ScratchVaults<Vaults>): void {
  let umbria: Vault;
  let toscana: Vault;
  beforeAll(async () => {
    umbria = await scratch().vaults.open('umbria');
    toscana = await scratch().vaults.open('toscana');
  });

  describe('a value in the vault', () => {
    it('comes back to whoever shows the receipt of its disclosure', async () => {
      const ref = await umbria.put(subject(), 'ID', 'name', 'Adaeze Onwubiko');
      expect(ref).toMatch(/^vault:umbria:[a-z2-7]{26}$/);
      expect(await reveal(umbria, 'umbria', ref)).toBe('Adaeze Onwubiko');
    });

    it('is described without its value', async () => {
      const person = subject();
      const name = await umbria.put(person, 'ID', 'name', 'Adaeze Onwubiko');
      const note = await umbria.note(person, 'la chiamano dopo le 18');
      expect(await umbria.describe([note, name, 'nonsense', 'vault:umbria:\0'])).toEqual([
        { ref: note, subject: person, group: 'NOTE', field: 'text' },
        { ref: name, subject: person, group: 'ID', field: 'name' },
      ]);
    });

    it('keeps its earlier versions, each under its own ref', async () => {
      const person = subject();
      const before = await umbria.put(person, 'CON', 'phone', '000 1');
      const after = await umbria.put(person, 'CON', 'phone', '000 2');
      expect([await reveal(umbria, 'umbria', before), await reveal(umbria, 'umbria', after)]).toEqual(['000 1', '000 2']);
    });

    it('is refused when it is half a character, or is filed under a name with spaces', async () => {
      await expect(umbria.put(subject(), 'ID', 'name', 'a\ud800')).rejects.toMatchObject({ code: 'vault.malformed-text' });
      await expect(umbria.put(subject(), 'ID', 'Adaeze Onwubiko', 'x')).rejects.toMatchObject({ code: 'vault.malformed-name' });
      await expect(umbria.put('case|x', 'ID', 'name', 'x')).rejects.toMatchObject({ code: 'vault.malformed-name' });
    });
  });

  describe('a reveal', () => {
    let refs: string[];
    const refusal = { code: 'vault.receipt-mismatch', kind: 'forbidden' };
    beforeAll(async () => {
      const person = subject();
      refs = [await umbria.put(person, 'ID', 'name', 'A'), await umbria.put(person, 'ID', 'birth', 'B')];
    });
    it('opens exactly what the receipt names, in any order', async () => {
      const opened = await umbria.reveal([...refs].reverse(), receiptFor('umbria', refs));
      expect([...opened.entries()].sort()).toEqual([[refs[0], 'A'] as const, [refs[1], 'B'] as const].sort());
    });
    it('is refused for one ref more than the receipt names', () =>
      expect(umbria.reveal(refs, receiptFor('umbria', refs.slice(1)))).rejects.toMatchObject(refusal));
    it('is refused for one ref fewer than the receipt names', () =>
      expect(umbria.reveal(refs.slice(1), receiptFor('umbria', refs))).rejects.toMatchObject(refusal));
    it('is refused for another ref than the one the receipt names', () =>
      expect(umbria.reveal(refs.slice(1), receiptFor('umbria', refs.slice(0, 1)))).rejects.toMatchObject(refusal));
    it('is refused on a receipt that names no values', () =>
      expect(umbria.reveal(refs, receiptFor('umbria', []))).rejects.toMatchObject(refusal));
    it('is refused on the receipt of a denial or of a refusal', async () => {
      for (const effect of ['denied', 'refused'] as const)
        await expect(umbria.reveal(refs, receiptFor('umbria', refs, { effect }))).rejects.toMatchObject(refusal);
    });
    it('is refused on a receipt of another region', () =>
      expect(umbria.reveal(refs, receiptFor('toscana', refs))).rejects.toMatchObject(refusal));
    it('is refused on a body that was changed after it was recorded', async () => {
      const denied = receiptFor('umbria', refs, { effect: 'denied' });
      const bent = { ...denied, body: { ...denied.body, effect: 'permitted' as const } };
      await expect(umbria.reveal(refs, bent)).rejects.toMatchObject(refusal);
    });
    it("finds nothing of another region's, even against a receipt that names it", async () => {
      const there = await toscana.put(subject(), 'ID', 'name', 'C');
      await expect(umbria.reveal([there], receiptFor('umbria', [there]))).rejects.toMatchObject({
        code: 'vault.erased',
        kind: 'not-found',
      });
    });
  });

  describe('a ref that no event came to name', () => {
    it('is swept after 24 hours, and one that was kept is not', async () => {
      const { clock } = scratch();
      const person = subject();
      const kept = await umbria.put(person, 'ID', 'name', 'kept');
      const left = await umbria.put(person, 'ID', 'name', 'left');
      await umbria.keep([kept, 'nonsense']);
      const early = new Date(Date.parse(clock.at) + 23 * 3_600_000).toISOString();
      const late = new Date(Date.parse(clock.at) + 25 * 3_600_000).toISOString();
      await scratch().sweep(early);
      expect(await reveal(umbria, 'umbria', left)).toBe('left');
      expect(await scratch().sweep(late)).toBeGreaterThanOrEqual(1);
      expect(await reveal(umbria, 'umbria', kept)).toBe('kept');
      await expect(reveal(umbria, 'umbria', left)).rejects.toMatchObject({ code: 'vault.erased' });
    });
  });

  describe('a pseudonym', () => {
    it('is the same each time, and another for each audience', async () => {
      const person = subject();
      const first = await umbria.handleFor(person, 'organisation-a');
      expect(first.handle).toMatch(/^umbria\.[a-z2-7]{26}$/);
      expect(first.codename).toMatch(CODENAME);
      expect(await umbria.handleFor(person, 'organisation-a')).toEqual(first);
      const second = await umbria.handleFor(person, 'audit@umbria');
      expect(second.handle).not.toBe(first.handle);
    });
    it('leads back to the subject for its own audience only', async () => {
      const person = subject();
      const { handle } = await umbria.handleFor(person, 'organisation-a');
      expect(await umbria.resolve(handle, 'organisation-a')).toBe(person);
      expect(await umbria.resolve(handle, 'organisation-b')).toBeUndefined();
      expect(await toscana.resolve(handle, 'organisation-a')).toBeUndefined();
      for (const nonsense of [person, '', 'umbria.', `toscana.${handle.slice(7)}`, handle.toUpperCase(), `${handle}\0`])
        expect(await umbria.resolve(nonsense, 'organisation-a')).toBeUndefined();
    });
    it('is allocated once when many ask for it first at the same time', async () => {
      const people = Array.from({ length: 6 }, () => subject());
      const elsewhere = await scratch().another().open('umbria');
      const asked = await Promise.all(
        Array.from({ length: 12 }, (_, n) => (n % 2 ? umbria : elsewhere).handlesFor(n % 3 ? people : [...people].reverse(), 'team-x')),
      );
      for (const person of people) expect(new Set(asked.map((map) => map.get(person)?.handle)).size).toBe(1);
      expect(new Set(people.map((person) => asked[0]?.get(person)?.codename)).size).toBe(people.length);
    });
    it('is answered for many subjects at once, those with one and those without', async () => {
      const [known, fresh] = [subject(), subject()] as [string, string];
      const first = await umbria.handleFor(known, 'team-y');
      const both = await umbria.handlesFor([known, fresh, known], 'team-y');
      expect([...both.keys()].sort()).toEqual([known, fresh].sort());
      expect(both.get(known)).toEqual(first);
      expect((await umbria.handlesFor([], 'team-y')).size).toBe(0);
    });
  });

  describe('a sealed group of an event', () => {
    it('opens for its subject at its place', async () => {
      const person = subject();
      const value = { indicators: ['CD04'], n: 2, note: null };
      const sealed = await umbria.seal(person, `${person}|3|EXP`, value);
      expect(sealed).toMatch(/^[A-Za-z0-9_-]+$/);
      expect(await umbria.open(person, `${person}|3|EXP`, sealed)).toEqual(value);
    });
    it('does not open at another place, for another subject or in another region', async () => {
      const [person, other] = [subject(), subject()] as [string, string];
      const sealed = await umbria.seal(person, `${person}|3|EXP`, ['CD04']);
      await umbria.seal(other, 'x', 1);
      await toscana.seal(person, 'x', 1);
      const refusal = { code: 'vault.unreadable' };
      await expect(umbria.open(person, `${person}|4|EXP`, sealed)).rejects.toMatchObject(refusal);
      await expect(umbria.open(other, `${person}|3|EXP`, sealed)).rejects.toMatchObject(refusal);
      await expect(toscana.open(person, `${person}|3|EXP`, sealed)).rejects.toMatchObject(refusal);
      await expect(umbria.open(person, `${person}|3|EXP`, sealed.slice(4))).rejects.toMatchObject(refusal);
    });
    it('gets one key when many seal first at the same time', async () => {
      const person = subject();
      const elsewhere = await scratch().another().open('umbria');
      const sealed = await Promise.all(Array.from({ length: 10 }, (_, n) => (n % 2 ? umbria : elsewhere).seal(person, String(n), n)));
      expect(await Promise.all(sealed.map((text, n) => umbria.open(person, String(n), text)))).toEqual(sealed.map((_, n) => n));
    });
    it('cannot be a value that JSON has no word for', () =>
      expect(umbria.seal(subject(), 'x', undefined)).rejects.toMatchObject({ code: 'vault.malformed-value' }));
  });

  describe('a label', () => {
    it('is equal for equal values of one kind in one region, and tells nothing elsewhere', async () => {
      const label = await umbria.label('vat', '01234567897');
      expect(label).toMatch(/^[0-9a-f]{64}$/);
      expect(await umbria.label('vat', '01234567897')).toBe(label);
      const others = [
        await umbria.label('vat', '01234567898'),
        await umbria.label('phone', '01234567897'),
        await toscana.label('vat', '01234567897'),
      ];
      expect(new Set([label, ...others]).size).toBe(4);
    });
    it('belongs to whoever claims it first', async () => {
      const label = await umbria.label('vat', '00000000001');
      const companies = Array.from({ length: 8 }, () => subject('companyDossier'));
      const holders = await Promise.all(companies.map((company) => umbria.claim('vat', label, company)));
      expect(new Set(holders).size).toBe(1);
      expect(companies).toContain(holders[0]);
      expect(await umbria.claim('vat', label, subject('companyDossier'))).toBe(holders[0]);
    });
    it('is refused unless it looks like one', () =>
      expect(umbria.claim('vat', '01234567897', subject())).rejects.toMatchObject({ code: 'vault.malformed-label' }));
  });

  describe('an erased subject', () => {
    const approvals = ['member-a', 'member-b'] as const;
    it('needs two different approvers', async () => {
      const person = subject();
      for (const wrong of [
        ['member-a', 'member-a'],
        ['member-a', ''],
        ['member-a', ' member-a'],
      ] as [string, string][])
        await expect(umbria.shred(person, wrong)).rejects.toMatchObject({ code: 'vault.two-approvals' });
      expect(await umbria.isShredded(person)).toBe(false);
    });
    it('leaves nothing that opens, and the others as they were', async () => {
      const [gone, stays] = [subject(), subject()] as [string, string];
      const refs = await Promise.all([gone, stays].map((who) => umbria.put(who, 'ID', 'name', who)));
      const sealed = await Promise.all([gone, stays].map((who) => umbria.seal(who, 'b', who)));
      const handles = await Promise.all([gone, stays].map((who) => umbria.handleFor(who, 'team-z')));
      const label = await umbria.label('id', gone);
      await umbria.claim('id', label, gone);

      await umbria.shred(gone, approvals);
      await umbria.shred(gone, approvals);

      await expect(reveal(umbria, 'umbria', refs[0] ?? '')).rejects.toMatchObject({ code: 'vault.erased', kind: 'not-found' });
      expect(await umbria.describe([refs[0] ?? ''])).toEqual([]);
      expect(await umbria.open(gone, 'b', sealed[0] ?? '')).toBeUndefined();
      expect(await umbria.resolve(handles[0]?.handle ?? '', 'team-z')).toBeUndefined();
      expect(await umbria.claim('id', label, stays)).toBe(stays);
      expect([await umbria.isShredded(gone), await umbria.isShredded(stays)]).toEqual([true, false]);

      expect(await reveal(umbria, 'umbria', refs[1] ?? '')).toBe(stays);
      expect(await umbria.open(stays, 'b', sealed[1] ?? '')).toBe(stays);
      expect(await umbria.resolve(handles[1]?.handle ?? '', 'team-z')).toBe(stays);
    });
    it('takes nothing new', async () => {
      const gone = subject();
      await umbria.shred(gone, approvals);
      const erased = { code: 'vault.erased', kind: 'not-found' };
      await expect(umbria.put(gone, 'ID', 'name', 'x')).rejects.toMatchObject(erased);
      await expect(umbria.seal(gone, 'b', 'x')).rejects.toMatchObject(erased);
      await expect(umbria.claim('id', await umbria.label('id', 'x'), gone)).rejects.toMatchObject(erased);
    });
    it('is called in the trail by a steady name that is on no map', async () => {
      const gone = subject();
      const before = await umbria.handleFor(gone, 'audit@umbria');
      await umbria.shred(gone, approvals);
      const after = await umbria.handleFor(gone, 'audit@umbria');
      expect(after.codename).toMatch(/^Cancellato .{3}$/);
      expect(after.handle).not.toBe(before.handle);
      expect(await umbria.handleFor(gone, 'audit@umbria')).toEqual(after);
      expect((await umbria.handleFor(gone, 'team-z')).handle).not.toBe(after.handle);
      expect(await umbria.resolve(after.handle, 'audit@umbria')).toBeUndefined();
    });
    it('stays erased whatever arrives at the same moment', async () => {
      const gone = subject();
      await umbria.put(gone, 'ID', 'name', 'x');
      const elsewhere = await scratch().another().open('umbria');
      const label = await umbria.label('id', gone);
      const work = Array.from({ length: 6 }, (_, n) => [
        elsewhere.put(gone, 'ID', 'name', `y${n}`),
        elsewhere.handleFor(gone, `team-${n}`),
        elsewhere.claim('id', label, gone),
        ...(n === 2 ? [umbria.shred(gone, approvals)] : []),
      ]);
      await Promise.allSettled(work.flat());
      const left = await scratch()
        .databases.pool('raccordo_vault')
        .query<{ n: number }>(
          `select ((select count(*) from vault.value where subject = $1) + (select count(*) from vault.handle where subject = $1)
            + (select count(*) from vault.label where subject = $1) + (select count(*) from vault.subject where subject = $1 and wrapped is not null))::int as n`,
          [gone],
        );
      expect(left.rows[0]?.n).toBe(0);
      expect(await umbria.isShredded(gone)).toBe(true);
    });
  });
}
