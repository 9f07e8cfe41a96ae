import type { Client } from 'pg';
import { refused } from '@platform/kernel';

/** A column that remembers how far somebody has read a log. */
export interface PlaceColumn {
  readonly table: string;
  /** Column with the name of the log. */
  readonly log: string;
  readonly position: string;
}

/** Log → positions that somebody stands at. */
export type KeptPlaces = ReadonlyMap<string, ReadonlySet<string>>;

/** Those of the platform in every context's schema, and the relays'. */
export async function platformColumns(owner: Client): Promise<PlaceColumn[]> {
  const { rows } = await owner.query<{ schema: string; table: string }>(
    `select table_schema as schema, table_name as "table" from information_schema.tables
     where table_name in ('consumer_checkpoint', 'consumer_parked') order by 1, 2`,
  );
  const consumers = rows.map(({ schema, table }) => ({ table: `${schema}.${table}`, log: 'source', position: 'position' }));
  return [...consumers, { table: 'bus.relay_checkpoint', log: 'log', position: 'position' }];
}

export async function keptPlaces(owner: Client, columns: readonly PlaceColumn[]): Promise<KeptPlaces> {
  const kept = new Map<string, Set<string>>();
  for (const { table, log, position } of columns) {
    const { rows } = await owner.query<{ log: string; position: string }>(
      // Topics and spools have places of their own; only logs have an @.
      `select distinct ${log} as log, ${position} as position from ${table} where ${position} is not null and ${log} like '%@%'`,
    );
    for (const row of rows) kept.set(row.log, (kept.get(row.log) ?? new Set()).add(row.position));
  }
  return kept;
}

/**
 * Puts every reader at the same event in the new store. Run inside a transaction: either all readers have moved or none.
 * @throws DomainError `move.place-unknown` when somebody stands where no event is
 */
export async function moveKeptPlaces(
  owner: Client,
  columns: readonly PlaceColumn[],
  places: ReadonlyMap<string, ReadonlyMap<string, string>>,
): Promise<number> {
  let moved = 0;
  for (const { table, log, position } of columns)
    for (const [name, positions] of await keptPlaces(owner, [{ table, log, position }]))
      for (const old of positions) {
        const there = places.get(name)?.get(old);
        if (there === undefined)
          throw refused('move.place-unknown', `A reader in ${table} stands at a place of ${name} where no event is.`);
        const { rowCount } = await owner.query(`update ${table} set ${position} = $1 where ${log} = $2 and ${position} = $3`, [
          there,
          name,
          old,
        ]);
        moved += rowCount ?? 0;
      }
  return moved;
}
