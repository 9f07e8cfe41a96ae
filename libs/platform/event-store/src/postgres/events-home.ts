import type { Pool } from 'pg';

/** Where an installation's events are: `nowhere` yet, `here` in Postgres (also while they are being copied), or `moved` to another store. */
export type EventsHome = 'nowhere' | 'here' | 'moved';

export async function eventsHome(pool: Pool): Promise<EventsHome> {
  const { rows } = await pool.query<{ home: EventsHome }>(
    `select case when exists (select from event_store.moved where state = 'moved') then 'moved'
       when exists (select from event_store.event) then 'here' else 'nowhere' end as home`,
  );
  return rows[0]?.home ?? 'nowhere';
}
