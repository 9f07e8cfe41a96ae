import {
  discardSpool,
  findSpools,
  type FoundSpool,
  type Happening,
  SPOOL_START,
  SpoolDamaged,
  type SpoolPage,
  type SpoolPosition,
  SpoolReader,
} from '@platform/auditing';
import type { EventStore } from '@platform/event-store';
import { regionOf } from '@platform/kernel';
import type { Pseudonym, Vaults } from '@platform/pseudonymity';
import { auditAudience } from '@platform/querying';
import { happeningOf, type Naming, streamsOf, SYSTEM } from './event-happening';

/** How far the sequencer has taken what one producer wrote. */
export interface SourcePlace {
  readonly producer: string;
  readonly seq: number;
  /** Opaque outside of the source: bytes of a spool, or a store's position. */
  readonly position: string;
}

/** What one producer has new, in its order, and the place after it. */
export interface Harvest {
  readonly happenings: readonly Happening[];
  readonly after: SourcePlace;
}

export type Places = ReadonlyMap<string, SourcePlace>;

/** Where a region's happenings come from. */
export abstract class TrailSource {
  /** Up to `limit` happenings after these places; producers without anything new are left out. */
  abstract harvest(region: string, places: Places, limit: number): Promise<Harvest[]>;
  /** These places are durable: what lies before them is no longer needed here. */
  abstract taken(region: string, places: readonly SourcePlace[]): Promise<void>;
}

/** Entries of reads, denials and refusals, from the spools below a folder. */
export class SpoolSource extends TrailSource {
  /** Spools that cannot be read on, by producer and region: somebody has to look at them. The others go on. */
  readonly damaged = new Map<string, SpoolDamaged>();

  constructor(private readonly root: string) {
    super();
  }

  async harvest(region: string, places: Places, limit: number): Promise<Harvest[]> {
    const harvests: Harvest[] = [];
    let room = limit;
    for (const spool of await findSpools(this.root)) {
      if (spool.region !== region || room === 0) continue;
      const page = await this.#page(spool, places.get(spool.producer), room);
      if (page.records.length === 0) continue;
      room -= page.records.length;
      const { seq, segment, offset } = page.next;
      harvests.push({ happenings: page.records, after: { producer: spool.producer, seq, position: `${segment}:${offset}` } });
    }
    return harvests;
  }

  async #page(spool: FoundSpool, place: SourcePlace | undefined, room: number): Promise<Pick<SpoolPage, 'records' | 'next'>> {
    const from = positionOf(place);
    const key = `${spool.producer}/${spool.region}`;
    try {
      const page = await new SpoolReader(spool.folder, spool.producer).readFrom(from, room);
      // An entry that names another region would land in a log it does not belong to.
      if (page.records.some(({ body }) => body.region !== spool.region))
        throw new SpoolDamaged(spool.producer, from, "another region's entry");
      this.damaged.delete(key);
      // Its end was read from a place that is durable: everything in it stands in the log.
      if (page.ended && page.records.length === 0) await discardSpool(this.root, spool);
      return page;
    } catch (error) {
      if (!(error instanceof SpoolDamaged)) throw error;
      this.damaged.set(key, error);
      return { records: [], next: from };
    }
  }

  async taken(region: string, places: readonly SourcePlace[]): Promise<void> {
    const known = new Map(places.map((place) => [place.producer, place]));
    for (const spool of await findSpools(this.root)) {
      const place = known.get(spool.producer);
      if (spool.region === region && place) await new SpoolReader(spool.folder, spool.producer).retire(positionOf(place));
    }
  }
}

function positionOf(place: SourcePlace | undefined): SpoolPosition {
  if (!place) return SPOOL_START;
  const [segment = 1, offset = 0] = place.position.split(':').map(Number);
  return { segment, offset, seq: place.seq };
}

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

  async harvest(region: string, places: Places, limit: number): Promise<Harvest[]> {
    const harvests: Harvest[] = [];
    let room = limit;
    for (const log of await this.store.logs()) {
      if (regionOf(log) !== region || room === 0) continue;
      const place = places.get(log);
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
