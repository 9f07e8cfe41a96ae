import {
  discardSpool,
  findSpools,
  type FoundSpool,
  SPOOL_START,
  SpoolDamaged,
  type SpoolPage,
  type SpoolPosition,
  SpoolReader,
} from './spool-reader';
import { type Harvest, type Places, type SourcePlace, TrailSource } from './trail-source';

/** Entries of reads, denials and refusals, from the spools below a folder. */
export class SpoolSource extends TrailSource {
  override readonly damaged = new Map<string, SpoolDamaged>();

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
