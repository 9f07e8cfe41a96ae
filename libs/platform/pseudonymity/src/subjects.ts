import { randomBytes } from 'node:crypto';
import type { PoolClient } from 'pg';
import { DomainError } from '@platform/kernel';
import { openBytes, sealBytes, subKey } from './sealing';

export interface SubjectRow {
  readonly subject: string;
  readonly wrapped: Buffer | null;
  readonly shredded: boolean;
}

export const erased = (): DomainError =>
  new DomainError('vault.erased', 'not-found', 'There is nothing to open: it was erased or never kept.');

/** The key of each subject, random and wrapped by the region's key; without it everything about the subject is noise. */
export class Subjects {
  readonly #wrapping: Buffer;

  constructor(
    readonly region: string,
    regionKey: Buffer,
  ) {
    this.#wrapping = subKey(regionKey, 'wrap');
  }

  /**
   * Rows of these subjects, made where absent and held until the transaction ends, so that an erasure waits or is seen.
   * Always in the same order, or two transactions could wait for each other.
   */
  async hold(client: PoolClient, subjects: readonly string[], strength: 'share' | 'no key update'): Promise<SubjectRow[]> {
    const wanted = [...new Set(subjects)].sort();
    await client.query(
      'insert into vault.subject (region, subject) select $1, s from unnest($2::text[]) with ordinality as w (s, n) order by n on conflict do nothing',
      [this.region, wanted],
    );
    const held = await client.query<SubjectRow>(
      `select subject, wrapped, shredded from vault.subject where region = $1 and subject = any($2) order by subject for ${strength}`,
      [this.region, wanted],
    );
    return held.rows;
  }

  /** The subject's key, made at first need. @throws DomainError `vault.erased` (404) */
  async key(client: PoolClient, subject: string): Promise<Buffer> {
    const [row] = await this.hold(client, [subject], 'no key update');
    if (!row || row.shredded) throw erased();
    if (row.wrapped) return this.unwrap(subject, row.wrapped);
    const key = randomBytes(32);
    await client.query('update vault.subject set wrapped = $3 where region = $1 and subject = $2', [
      this.region,
      subject,
      sealBytes(this.#wrapping, this.#bound(subject), key),
    ]);
    return key;
  }

  /** @throws Unopenable when the row was moved from another subject or region. */
  unwrap(subject: string, wrapped: Buffer): Buffer {
    return openBytes(this.#wrapping, this.#bound(subject), wrapped);
  }

  /** Key, values, labels and handles go; that the subject was erased stays, and nothing else about it. */
  async shred(client: PoolClient, subject: string): Promise<void> {
    const [row] = await this.hold(client, [subject], 'no key update');
    if (!row?.shredded)
      await client.query('update vault.subject set wrapped = null, shredded = true where region = $1 and subject = $2', [
        this.region,
        subject,
      ]);
    for (const table of ['value', 'label', 'handle'])
      await client.query(`delete from vault.${table} where region = $1 and subject = $2`, [this.region, subject]);
  }

  #bound(subject: string): string {
    return `${this.region}|${subject}`;
  }
}
