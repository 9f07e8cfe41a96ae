import { type Harvest, type Places, TrailSource } from '@platform/auditing';
import type { EventStore } from '@platform/event-store';
import { regionOf } from '@platform/kernel';
import type { Pseudonym, Vaults } from '@platform/pseudonymity';
import { auditAudience } from '@platform/querying';
import { happeningOf, type Naming, streamsOf, SYSTEM } from './event-happening';
import { LogRewritten } from './log-keys';

/** A stream id never stands in an entry, not even by mistake. */
const naming =
  (handles: ReadonlyMap<string, Pseudonym>): Naming =>
  (stream) => {
    if (stream === SYSTEM) return SYSTEM;
    const pseudonym = handles.get(stream);
    if (!pseudonym) throw new Error('the vault gave no handle for a stream');
    return pseudonym.handle;
  };

/** One entry for every stored event of every context of the region. */
export class EventSource extends TrailSource {
  constructor(
    private readonly store: EventStore,
    private readonly vaults: Vaults,
  ) {
    super();
  }

  /** @throws LogRewritten when the store ends before what was taken */
  async harvest(region: string, places: Places, limit: number): Promise<Harvest[]> {
    const harvests: Harvest[] = [];
    let room = limit;
    for (const log of await this.store.logs()) {
      if (regionOf(log) !== region || room === 0) continue;
      const place = places.get(log);
      const head = (await this.store.head(log)) ?? '';
      if (head === place?.position) continue;
      // Restored to an older state than this log: what is appended now would take places that were seen, and never be put on record.
      if (head < (place?.position ?? ''))
        throw new LogRewritten(region, 'log.ahead-of-events', `${log} ends before what it holds: store and database are not of one backup`);
      const events = await this.store.readLog(log, place?.position, room);
      const last = events.at(-1);
      if (!last) continue;
      room -= events.length;
      const streams = [...new Set(events.flatMap(streamsOf))];
      const handles = await this.vaults.of(region).handlesFor(streams, auditAudience(region));
      const from = place?.seq ?? 0;
      const happenings = events.map((event, n) => happeningOf(event, from + 1 + n, naming(handles)));
      harvests.push({ happenings, after: { producer: log, seq: from + events.length, position: last.position } });
    }
    return harvests;
  }

  /** The store keeps its events. */
  taken(): Promise<void> {
    return Promise.resolve();
  }
}
