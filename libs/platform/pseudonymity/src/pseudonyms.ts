import { createHmac } from 'node:crypto';
import type { Pool } from 'pg';
import { base32, randomName } from './base32';
import { codenameTail, randomCodename } from './codenames';
import { subKey } from './sealing';
import type { Subjects } from './subjects';
import { inTransaction, rowsOf } from './transaction';
import { type Pseudonym, regionOfHandle } from './vault';

interface Row extends Pseudonym {
  readonly subject: string;
}

const FIND = 'select subject, handle, codename from vault.handle where region = $1 and audience = $2 and subject = any($3)';
const ADD = `insert into vault.handle (region, audience, subject, handle, codename)
  select $1, $2, s, h, c from unnest($3::text[], $4::text[], $5::text[]) with ordinality as w (s, h, c, n) order by n on conflict do nothing`;
const ATTEMPTS = 12;

/** The only map between subjects and what each audience calls them. Handles are random, so no two audiences can join theirs. */
export class Pseudonyms {
  readonly #erased: Buffer;

  constructor(
    private readonly pool: Pool,
    private readonly subjects: Subjects,
    regionKey: Buffer,
  ) {
    this.#erased = subKey(regionKey, 'erased');
  }

  async of(wanted: readonly string[], audience: string): Promise<Map<string, Pseudonym>> {
    const found = new Map<string, Pseudonym>();
    if (wanted.length === 0) return found;
    const { region } = this.subjects;
    const note = (rows: readonly Row[]): void => rows.forEach(({ subject, handle, codename }) => found.set(subject, { handle, codename }));
    note(await rowsOf<Row>(this.pool, FIND, [region, audience, wanted]));
    const missing = [...new Set(wanted)].filter((subject) => !found.has(subject));
    if (missing.length > 0) note(await this.#allocate(missing, audience));
    return found;
  }

  /** The subject, for the very audience the handle was made for. */
  async resolve(handle: string, audience: string): Promise<string | undefined> {
    if (regionOfHandle(handle) !== this.subjects.region) return undefined;
    const sql = 'select subject from vault.handle where region = $1 and handle = $2 and audience = $3';
    return (await rowsOf<{ subject: string }>(this.pool, sql, [this.subjects.region, handle, audience]))[0]?.subject;
  }

  async resolveCodename(codename: string, audience: string): Promise<string | undefined> {
    const sql = 'select subject from vault.handle where region = $1 and codename = $2 and audience = $3';
    return (await rowsOf<{ subject: string }>(this.pool, sql, [this.subjects.region, codename, audience]))[0]?.subject;
  }

  #allocate(missing: readonly string[], audience: string): Promise<Row[]> {
    const { region } = this.subjects;
    return inTransaction(this.pool, async (client) => {
      const held = await this.subjects.hold(client, missing, 'share');
      const rows = held.filter((row) => row.shredded).map((row) => this.#forErased(row.subject, audience));
      let open = held.filter((row) => !row.shredded).map((row) => row.subject);
      for (let attempt = 0; open.length > 0; attempt += 1) {
        if (attempt === ATTEMPTS) throw new Error('no free codename was found for an audience');
        // Short names run out first in a very large audience; then they grow by a character.
        const names = open.map(() => randomCodename(Math.floor(attempt / 3)));
        await client.query(ADD, [region, audience, open, open.map(() => `${region}.${randomName()}`), names]);
        const known = (await client.query<Row>(FIND, [region, audience, open])).rows;
        rows.push(...known);
        open = open.filter((subject) => !known.some((row) => row.subject === subject));
      }
      return rows;
    });
  }

  /**
   * An erased subject still stands in the trail of its own erasure: it gets a name that is on no map, resolves to nothing and has
   * nothing in common with the handles it had.
   */
  #forErased(subject: string, audience: string): Row {
    const bytes = createHmac('sha256', this.#erased).update(`${subject}|${audience}`, 'utf8').digest();
    return {
      subject,
      handle: `${this.subjects.region}.${base32(bytes.subarray(0, 16))}`,
      codename: `Cancellato ${codenameTail(bytes.subarray(16))}`,
    };
  }
}
