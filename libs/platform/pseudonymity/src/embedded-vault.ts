import { createHmac } from 'node:crypto';
import type { AuditReceipt } from '@platform/auditing';
import { type Clock, DomainError, invalid, refused } from '@platform/kernel';
import type { Pool } from 'pg';
import { randomName } from './base32';
import { Pseudonyms } from './pseudonyms';
import { assertCovers } from './receipts';
import { openText, sealText, subKey, Unopenable } from './sealing';
import { erased, Subjects } from './subjects';
import { inTransaction, rowsOf } from './transaction';
import { type Pseudonym, Vault, type VaultEntry, type VaultGroup } from './vault';

/** Refs that no event names after this long are swept. */
const SWEEP_AFTER_MS = 24 * 3_600_000;
/** No `|`, which parts the associated data, and nothing that could be a name or a number of a person with spaces in it. */
const WORD = /^[A-Za-z0-9][A-Za-z0-9@._:/-]{0,199}$/;
const HALF_A_CHARACTER = /\p{Cs}/u;
const REF = /^vault:[a-z][a-z0-9-]{1,39}:[a-z2-7]{26}$/;
const HEX = /^[0-9a-f]{64}$/;

interface ValueRow extends VaultEntry {
  readonly version: number;
  readonly sealed: Buffer;
  readonly wrapped: Buffer | null;
}

const ENTRY = 'v.ref, v.subject, v.field_group as "group", v.field';

/** One region's vault in Postgres. Every statement is bound to the region; every key descends from the region's key. */
export class EmbeddedVault extends Vault {
  readonly #subjects: Subjects;
  readonly #pseudonyms: Pseudonyms;
  readonly #regionKey: Buffer;

  /** @param pool connections of the role `raccordo_vault` */
  constructor(
    readonly region: string,
    regionKey: Buffer,
    private readonly pool: Pool,
    private readonly clock: Clock,
  ) {
    super();
    this.#regionKey = regionKey;
    this.#subjects = new Subjects(region, regionKey);
    this.#pseudonyms = new Pseudonyms(pool, this.#subjects, regionKey);
  }

  async put(subject: string, group: VaultGroup, field: string, value: string): Promise<string> {
    const where = { subject: word('subject', subject), group: word('group', group), field: word('field', field) };
    if (HALF_A_CHARACTER.test(value)) throw invalid('vault.malformed-text', '/value', 'The text holds half a character.');
    const ref = `vault:${this.region}:${randomName()}`;
    await inTransaction(this.pool, async (client) => {
      const key = await this.#subjects.key(client, subject);
      const last = await client.query<{ version: number }>(
        'select coalesce(max(version), 0)::int as version from vault.value where region = $1 and subject = $2 and field_group = $3 and field = $4',
        [this.region, subject, group, field],
      );
      const version = (last.rows[0]?.version ?? 0) + 1;
      const sealed = sealText(subKey(key, 'value'), valueBound({ ...where, ref, version }), value);
      await client.query(
        'insert into vault.value (region, ref, subject, field_group, field, version, sealed, put_at) values ($1, $2, $3, $4, $5, $6, $7, $8)',
        [this.region, ref, subject, group, field, version, sealed, this.clock.now()],
      );
    });
    return ref;
  }

  note(owner: string, text: string): Promise<string> {
    return this.put(owner, 'NOTE', 'text', text);
  }

  describe(refs: readonly string[]): Promise<VaultEntry[]> {
    const sql = `select ${ENTRY} from vault.value v join unnest($2::text[]) with ordinality as w (ref, n) on v.ref = w.ref where v.region = $1 order by w.n`;
    return rowsOf<VaultEntry>(this.pool, sql, [this.region, wellFormed(refs)]);
  }

  async reveal(refs: readonly string[], receipt: AuditReceipt): Promise<Map<string, string>> {
    assertCovers(receipt, this.region, refs);
    const rows = await rowsOf<ValueRow>(
      this.pool,
      `select ${ENTRY}, v.version, v.sealed, s.wrapped from vault.value v join vault.subject s using (region, subject) where v.region = $1 and v.ref = any($2)`,
      [this.region, wellFormed(refs)],
    );
    const opened = new Map(rows.map((row) => [row.ref, this.#value(row)]));
    if (refs.some((ref) => !opened.has(ref))) throw erased();
    return opened;
  }

  async keep(refs: readonly string[]): Promise<void> {
    await rowsOf(this.pool, 'update vault.value set kept = true where region = $1 and ref = any($2) and not kept', [
      this.region,
      wellFormed(refs),
    ]);
  }

  /**
   * Removes values that no event came to name within 24 hours; answers how many. To be run only while the consumer that keeps refs
   * is not behind: it cannot tell an abandoned value from one whose event is still on its way.
   */
  async sweep(now: string): Promise<number> {
    const before = new Date(Date.parse(now) - SWEEP_AFTER_MS).toISOString();
    const sql = 'delete from vault.value where region = $1 and not kept and put_at < $2 returning ref';
    return (await rowsOf(this.pool, sql, [this.region, before])).length;
  }

  async handleFor(subject: string, audience: string): Promise<Pseudonym> {
    const pseudonym = (await this.handlesFor([subject], audience)).get(subject);
    if (!pseudonym) throw new Error('a pseudonym was allocated and is not there');
    return pseudonym;
  }

  async handlesFor(subjects: readonly string[], audience: string): Promise<Map<string, Pseudonym>> {
    subjects.forEach((subject) => word('subject', subject));
    return this.#pseudonyms.of(subjects, word('audience', audience));
  }

  resolve(handle: string, audience: string): Promise<string | undefined> {
    return this.#pseudonyms.resolve(handle, audience);
  }

  resolveCodename(codename: string, audience: string): Promise<string | undefined> {
    return this.#pseudonyms.resolveCodename(codename, audience);
  }

  async seal(subject: string, bound: string, value: unknown): Promise<string> {
    const text = JSON.stringify(value) as string | undefined;
    if (text === undefined) throw invalid('vault.malformed-value', '', 'This value cannot be written as JSON.');
    const key =
      (await this.#knownKey(word('subject', subject))) ?? (await inTransaction(this.pool, (client) => this.#subjects.key(client, subject)));
    return sealText(subKey(key, 'event'), bound, text).toString('base64url');
  }

  async open(subject: string, bound: string, ciphertext: string): Promise<unknown> {
    const key = await this.#knownKey(subject);
    if (!key) return undefined;
    return JSON.parse(readable(() => openText(subKey(key, 'event'), bound, Buffer.from(ciphertext, 'base64url')))) as unknown;
  }

  /** Hex. Equal values have equal labels inside the region, so the caller writes them in one form first. */
  label(kind: string, value: string): Promise<string> {
    const key = subKey(this.#regionKey, `label|${word('kind', kind)}`);
    return Promise.resolve(createHmac('sha256', key).update(value, 'utf8').digest('hex'));
  }

  async claim(kind: string, label: string, subject: string): Promise<string> {
    word('kind', kind);
    word('subject', subject);
    if (!HEX.test(label)) throw invalid('vault.malformed-label', '/label', 'A label is 64 hexadecimal characters.');
    return inTransaction(this.pool, async (client) => {
      const [row] = await this.#subjects.hold(client, [subject], 'share');
      if (!row || row.shredded) throw erased();
      // The holder may be erased between the two statements; then the label is free again.
      for (;;) {
        await client.query('insert into vault.label (region, kind, label, subject) values ($1, $2, $3, $4) on conflict do nothing', [
          this.region,
          kind,
          label,
          subject,
        ]);
        const holder = await client.query<{ subject: string }>(
          'select subject from vault.label where region = $1 and kind = $2 and label = $3',
          [this.region, kind, label],
        );
        if (holder.rows[0]) return holder.rows[0].subject;
      }
    });
  }

  async shred(subject: string, approvals: readonly [string, string]): Promise<void> {
    word('subject', subject);
    if (approvals.length !== 2 || approvals[0] === approvals[1] || approvals.some((approver) => !WORD.test(approver)))
      throw refused('vault.two-approvals', 'An erasure needs the approval of two different persons.');
    await inTransaction(this.pool, (client) => this.#subjects.shred(client, subject));
  }

  async isShredded(subject: string): Promise<boolean> {
    return (await this.#row(subject))?.shredded ?? false;
  }

  /** Read anew each time: another process may have erased the subject a moment ago. */
  async #knownKey(subject: string): Promise<Buffer | undefined> {
    const row = await this.#row(subject);
    return row?.wrapped ? readable(() => this.#subjects.unwrap(subject, row.wrapped as Buffer)) : undefined;
  }

  async #row(subject: string): Promise<{ wrapped: Buffer | null; shredded: boolean } | undefined> {
    const sql = 'select wrapped, shredded from vault.subject where region = $1 and subject = $2';
    return (await rowsOf<{ wrapped: Buffer | null; shredded: boolean }>(this.pool, sql, [this.region, subject]))[0];
  }

  #value(row: ValueRow): string {
    const { wrapped } = row;
    if (!wrapped) throw erased();
    return readable(() => openText(subKey(this.#subjects.unwrap(row.subject, wrapped), 'value'), valueBound(row), row.sealed));
  }
}

const valueBound = (at: { subject: string; group: string; field: string; ref: string; version: number }): string =>
  `value|${at.subject}|${at.group}|${at.field}|${at.ref}|${at.version}`;

/** Nonsense from outside finds nothing, instead of reaching the database. */
const wellFormed = (refs: readonly string[]): string[] => refs.filter((ref) => REF.test(ref));

const word = (name: string, value: string): string => {
  if (!WORD.test(value)) throw invalid('vault.malformed-name', `/${name}`, 'A name in the vault is a plain word without spaces.');
  return value;
};

/** A value that was moved or altered in the database must stop the caller, never be shown as something else. */
function readable<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof Unopenable)
      throw new DomainError('vault.unreadable', 'refused', 'A sealed value does not belong where it was found.');
    throw error;
  }
}
