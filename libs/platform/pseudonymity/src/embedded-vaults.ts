import { createHmac } from 'node:crypto';
import { type Clock, DomainError, isRegion } from '@platform/kernel';
import type { Pool } from 'pg';
import { EmbeddedVault } from './embedded-vault';
import type { RegionKeys } from './region-keys';
import { subKey } from './sealing';
import { inTransaction, rowsOf } from './transaction';
import { Vaults } from './vault';

/** Vaults inside the process, over the tables of `vaultSchema`. */
export class EmbeddedVaults extends Vaults {
  readonly #open = new Map<string, EmbeddedVault>();

  /** @param pool connections of the role `raccordo_vault` */
  constructor(
    private readonly pool: Pool,
    private readonly keys: RegionKeys,
    private readonly clock: Clock,
  ) {
    super();
  }

  of(region: string): EmbeddedVault {
    const vault = this.#open.get(region);
    if (!vault) throw new DomainError('vault.unknown-region', 'not-found', 'No vault of that region is open here.');
    return vault;
  }

  /**
   * A key is made only for a region that never had one: with a lost or exchanged key file the region stays shut, since a new key
   * would open nothing that is there and hide the loss.
   * @throws Error when the key is missing or is not the one this region was opened with first.
   */
  async open(region: string): Promise<EmbeddedVault> {
    const already = this.#open.get(region);
    if (already) return already;
    if (!isRegion(region)) throw new DomainError('vault.unknown-region', 'not-found', 'That is no region code.');
    const sql = 'select 1 from vault.region where region = $1';
    const used = (await rowsOf(this.pool, sql, [region])).length > 0;
    const key = (await this.keys.find(region)) ?? (used ? undefined : await this.keys.create(region));
    if (!key) throw new Error(`the key of region ${region} is missing: restore it from the key backup`);
    const check = createHmac('sha256', subKey(key, 'check')).update(region, 'utf8').digest();
    const stored = await inTransaction(this.pool, async (client) => {
      await client.query('insert into vault.region (region, key_check) values ($1, $2) on conflict do nothing', [region, check]);
      return (await client.query<{ key_check: Buffer }>('select key_check from vault.region where region = $1', [region])).rows[0]
        ?.key_check;
    });
    if (!stored?.equals(check)) throw new Error(`the key of region ${region} is not the one its vault was made with`);
    const vault = this.#open.get(region) ?? new EmbeddedVault(region, key, this.pool, this.clock);
    this.#open.set(region, vault);
    return vault;
  }

  /**
   * As `of`, also for a region that another process opened on the same tables and keys meanwhile.
   * @throws DomainError `vault.unknown-region` (404)
   */
  async find(region: string): Promise<EmbeddedVault> {
    const known = this.#open.get(region);
    if (known) return known;
    const sql = 'select 1 from vault.region where region = $1';
    return (await rowsOf(this.pool, sql, [region])).length > 0 ? this.open(region) : this.of(region);
  }

  regions(): readonly string[] {
    return [...this.#open.keys()].sort();
  }

  /** Sweeps every open vault: see EmbeddedVault.sweep. */
  async sweep(now: string): Promise<number> {
    let swept = 0;
    for (const vault of this.#open.values()) swept += await vault.sweep(now);
    return swept;
  }
}
