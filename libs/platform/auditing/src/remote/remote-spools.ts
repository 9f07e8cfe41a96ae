import type { Peer } from '@platform/internal';
import { SpoolDamaged } from '../spool-reader';
import { type Harvest, type Places, type SourcePlace, TrailSource } from '../trail-source';
import type { SpoolAnswer } from './spool.controller';

/** The spools of another service, pulled from it: they lie on its own disk, and the sequencer alone decides how far it has taken them. */
export class RemoteSpools extends TrailSource {
  override readonly damaged = new Map<string, SpoolDamaged>();
  #away = false;

  constructor(private readonly peer: Peer) {
    super();
  }

  override get away(): boolean {
    return this.#away;
  }

  /** A service that does not answer has nothing new now: what it wrote waits on its disk, and the others go on. */
  async harvest(region: string, places: Places, limit: number): Promise<Harvest[]> {
    try {
      const asked = { region, limit, places: [...places.values()] };
      const { harvests, damaged } = await this.peer.post<SpoolAnswer>('/internal/spools/harvest', asked);
      this.#away = false;
      this.#note(region, damaged);
      return harvests.filter(({ after }) => belongsTo(this.peer.name, after.producer));
    } catch {
      this.#away = true;
      return [];
    }
  }

  async taken(region: string, places: readonly SourcePlace[]): Promise<void> {
    const its = places.filter(({ producer }) => belongsTo(this.peer.name, producer));
    // What it keeps although it was taken is told again next time: places only grow.
    if (its.length > 0) await this.peer.post('/internal/spools/taken', { region, places: its }).catch(() => undefined);
  }

  #note(region: string, damaged: SpoolAnswer['damaged']): void {
    for (const [key, fault] of this.damaged) if (key.endsWith(`/${region}`) && fault) this.damaged.delete(key);
    for (const { producer, at, why } of damaged) this.damaged.set(`${producer}/${region}`, new SpoolDamaged(producer, at, why));
  }
}

/** A service speaks for its own producers only: `cases.17`, or `cases-0.17` where it has several instances. */
const belongsTo = (service: string, producer: string): boolean => producer.startsWith(`${service}.`) || producer.startsWith(`${service}-`);
