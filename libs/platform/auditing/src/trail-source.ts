import type { Happening } from './trail-entry';

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
  /** Producers, by name and region, that cannot be read on: somebody has to look at them. The others go on. */
  readonly damaged: ReadonlyMap<string, Error> = new Map<string, Error>();
  /** Nobody answers there: what is waiting is taken later. */
  get away(): boolean {
    return false;
  }

  /** Up to `limit` happenings after these places; producers without anything new are left out. */
  abstract harvest(region: string, places: Places, limit: number): Promise<Harvest[]>;
  /** These places are durable: what lies before them is no longer needed here. */
  abstract taken(region: string, places: readonly SourcePlace[]): Promise<void>;
}

/** Every source of decisions this process collects from: its own spools, and those of other services. */
export class TrailSources {
  constructor(readonly all: readonly TrailSource[]) {}
}
