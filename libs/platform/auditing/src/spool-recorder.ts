import * as path from 'node:path';
import { isRegion } from '@platform/kernel';
import { type AuditBody, type AuditReceipt, AuditRecorder } from './recorder';
import { Folding, FOLDING_LIMITS, type FoldingLimits } from './folding';
import { auditUnavailable, Spool, SPOOL_LIMITS, type SpoolLimits, type SpoolState } from './spool';
import { NodeDisk, type SpoolDisk } from './spool-disk';

export interface SpoolRecorderOptions {
  readonly limits?: SpoolLimits;
  readonly folding?: FoldingLimits;
  readonly disk?: SpoolDisk;
  /** Number of the first run on an empty root; 1 unless told. */
  readonly freshRun?: () => number;
}

export interface SpoolHealth {
  readonly producer: string;
  /** The worst of all regions. */
  readonly state: SpoolState;
  readonly waiting: number;
}

/**
 * Puts decisions on record in local files, one spool per region. Every start is a producer of its own (`cases.17`) in a folder of its own:
 * sequences are never continued on files of unknown condition, and two processes can never write to one file.
 */
export class SpoolRecorder extends AuditRecorder {
  readonly #spools = new Map<string, Promise<Spool>>();
  readonly #opened = new Map<string, Spool>();
  readonly #folding: Folding;
  readonly #unwritten: AuditBody[] = [];

  private constructor(
    private readonly root: string,
    readonly producer: string,
    private readonly disk: SpoolDisk,
    private readonly options: SpoolRecorderOptions,
  ) {
    super();
    this.#folding = new Folding(options.folding ?? FOLDING_LIMITS);
  }

  /**
   * @param root folder of all spools of this machine
   * @param name what this process is called, unique among those that share the root, e.g. `cases` or the pod's name
   */
  static async open(root: string, name: string, options: SpoolRecorderOptions = {}): Promise<SpoolRecorder> {
    if (!/^[a-z0-9][a-z0-9-]{0,62}$/.test(name)) throw new Error('a producer is named in lower case, with digits and hyphens');
    const disk = options.disk ?? new NodeDisk();
    await disk.makeFolder(root);
    const runs = (await disk.list(root))
      .filter((entry) => entry.startsWith(`${name}.`))
      .map((entry) => Number(entry.slice(name.length + 1)))
      .filter(Number.isSafeInteger);
    for (let run = runs.length > 0 ? Math.max(...runs) + 1 : (options.freshRun?.() ?? 1); ; run++) {
      const producer = `${name}.${run}`;
      try {
        await disk.claimFolder(path.join(root, producer));
        return new SpoolRecorder(root, producer, disk, options);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      }
    }
  }

  async record(body: AuditBody): Promise<AuditReceipt> {
    const spool = await this.#spoolOf(body.region);
    // A spool that cannot write refuses also what would only be counted: nothing may be answered then.
    if (spool.state === 'dead') throw auditUnavailable('its disk failed');
    const { others, own, flood } = this.#folding.add(body);
    void this.#counters(others);
    if (own) {
      const writing = spool.append(own);
      if (flood) flood.standing = writing;
      try {
        return await writing;
      } catch (error) {
        if (own.folded) this.#unwritten.push(own);
        if (flood) this.#folding.forget(body);
        throw error;
      }
    }
    if (spool.state !== 'open' || !flood?.standing) throw auditUnavailable('its disk is full');
    return flood.standing;
  }

  /** Puts counters of floods that are over on record. To be called every few seconds. @param now the service's clock, ISO 8601 */
  async settle(now: string): Promise<void> {
    await this.#counters([...this.#unwritten.splice(0), ...this.#folding.settle(now)]);
  }

  get health(): SpoolHealth {
    const spools = [...this.#opened.values()];
    const state = (['dead', 'full'] as const).find((bad) => spools.some((spool) => spool.state === bad)) ?? 'open';
    return { producer: this.producer, state, waiting: spools.reduce((sum, spool) => sum + spool.waiting, 0) };
  }

  async close(): Promise<void> {
    await this.#counters([...this.#unwritten.splice(0), ...this.#folding.settle()]);
    await Promise.all([...this.#opened.values()].map((spool) => spool.close()));
    // A process that recorded nothing leaves nothing behind.
    await this.disk.removeEmpty(path.join(this.root, this.producer));
  }

  /** Nobody waits for a counter: one that cannot be written now is written when there is room again. */
  async #counters(bodies: readonly AuditBody[]): Promise<void> {
    await Promise.all(
      bodies.map((body) =>
        this.#spoolOf(body.region)
          .then((spool) => spool.append(body))
          .catch(() => this.#unwritten.push(body)),
      ),
    );
  }

  #spoolOf(region: string): Promise<Spool> {
    const known = this.#spools.get(region);
    if (known) return known;
    if (!isRegion(region)) return Promise.reject(new Error('an entry belongs to a region'));
    const opening = this.#open(region);
    this.#spools.set(region, opening);
    opening.catch(() => this.#spools.delete(region)); // the next entry tries again
    return opening;
  }

  async #open(region: string): Promise<Spool> {
    const folder = path.join(this.root, this.producer, region);
    try {
      await this.disk.makeFolder(folder);
    } catch {
      throw auditUnavailable('its folder cannot be made');
    }
    const spool = new Spool(this.disk, folder, this.producer, this.options.limits ?? SPOOL_LIMITS);
    this.#opened.set(region, spool);
    return spool;
  }
}
