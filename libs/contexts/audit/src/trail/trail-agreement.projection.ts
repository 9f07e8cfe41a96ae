import { auditLog, type TrailEntry } from '@platform/auditing';
import type { Databases } from '@platform/database';
import type { EventStore } from '@platform/event-store';
import type { RecordedEvent } from '@platform/kernel';
import { Frontier, leafHash, openCheckpoint, parseVkey } from '@platform/tlog';
import type { DataSource } from 'typeorm';
import { eventHash } from './event-happening';

const PAGE = 500;

interface SignedLog {
  readonly region: string;
  readonly vkey: string;
  readonly note: string;
}

/**
 * Holds a region's signed trail against an event store: the root is derived anew from the leaves, and every leaf that stands on an event names
 * the hash of that event as this store has it. So the root a checkpoint signed is the root over these events.
 */
export async function trailAgrees(databases: Databases, store: EventStore): Promise<{ what: string; agrees: boolean; found: string }[]> {
  const sql = await databases.writer('audit');
  const logs = await sql.query<SignedLog[]>(
    `select distinct on (c.region) c.region, l.vkey, c.note from audit.checkpoint c join audit.log l using (region) order by c.region, c.size desc`,
  );
  const results = [];
  for (const { region, vkey, note } of logs) {
    const signed = openCheckpoint(note, parseVkey(vkey));
    const events = new EventsInOrder(store);
    const tree = new Frontier();
    let agrees = true;
    for (let page; (page = await leaves(sql, region, tree.size, signed.size)).length > 0;)
      for (const bytes of page) {
        tree.append(leafHash(bytes));
        const { producer, seq, event } = JSON.parse(bytes.toString()) as TrailEntry;
        if (!event) continue;
        const stored = await events.at(producer, seq);
        agrees &&= stored !== undefined && eventHash(stored) === event.sha256;
      }
    const root = tree.root();
    agrees &&= tree.size === signed.size && root.equals(signed.root);
    results.push({ what: auditLog(region), agrees, found: `${tree.size} ${root.toString('hex')}` });
  }
  return results;
}

async function leaves(sql: DataSource, region: string, from: number, to: number): Promise<Buffer[]> {
  const rows = await sql.query<{ bytes: Buffer }[]>(
    'select bytes from audit.leaf where region = $1 and index >= $2 and index < least($3::bigint, $2::bigint + $4::bigint) order by index',
    [region, from, to, PAGE],
  );
  return rows.map(({ bytes }) => bytes);
}

/** Events by their number in their log, each log read once: a trail takes them in their order. */
class EventsInOrder {
  readonly #pages = new Map<string, { readonly before: number; readonly events: RecordedEvent[] }>();

  constructor(private readonly store: EventStore) {}

  /** @param n from 1, never less than the last of this log */
  async at(log: string, n: number): Promise<RecordedEvent | undefined> {
    let page = this.#pages.get(log) ?? { before: 0, events: [] };
    while (n > page.before + page.events.length) {
      const events = await this.store.readLog(log, page.events.at(-1)?.position, PAGE);
      page = { before: page.before + page.events.length, events };
      this.#pages.set(log, page);
      if (events.length === 0) return undefined;
    }
    return page.events[n - page.before - 1];
  }
}
