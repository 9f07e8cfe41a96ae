import { Inject, Injectable } from '@nestjs/common';
import { ContextSigner, withPrincipal } from '@platform/access';
import { ConsumerRunner } from '@platform/consuming';
import { READER } from '@platform/database';
import { directoryConsumerName } from '@platform/directory';
import { EventStore } from '@platform/event-store';
import { type Authority, contextOf, DomainError, logName } from '@platform/kernel';
import type { DataSource, EntityManager } from 'typeorm';

/** One snapshot of the read models. */
export type Tx = EntityManager;

/** Milliseconds a read waits for its own log and for what the caller wrote, and the age at which facts of other contexts are too old to open anything. */
const OWN_LOG = 200;
const OWN_WRITES = 2000;
const TOO_OLD = 2000;

/** Reads as the caller, under row-level security, and never behind what the log already says. */
@Injectable()
export class Principals {
  /** Why no grant counts in a snapshot; absent where they do. */
  readonly #without = new WeakMap<Tx, 'old-news' | 'clocks-apart' | 'none'>();

  constructor(
    @Inject(READER) private readonly reader: DataSource,
    private readonly signer: ContextSigner,
    private readonly store: EventStore,
    private readonly runner: ConsumerRunner,
  ) {}

  /** One read-only snapshot in which the database itself shows only what is inside the caller's envelope. */
  async as<T>(by: Authority, read: (tx: EntityManager) => Promise<T>): Promise<T> {
    const office = by.actor.roles.some((role) => role === 'auditor' || role === 'dpo') && OFFICE_PURPOSES.includes(by.purpose);
    // Before the snapshot is taken: what is heard after it is not in it, however fresh the news are by then.
    const heard = await this.otherFactsAreFresh();
    return withPrincipal(
      this.reader,
      this.signer,
      by.actor.member,
      by.purpose,
      ({ manager, clocksApart }) => {
        if (!manager) throw new Error('principals read through TypeORM');
        this.#without.set(manager, clocksApart ? 'clocks-apart' : heard ? 'none' : 'old-news');
        return read(manager);
      },
      { at: by.at, ...(office ? { oversight: by.actor.region } : {}) },
    );
  }

  /**
   * As `as`, after the read models have applied everything the region's own log held when the question came.
   * @throws DomainError 503 `case.not-caught-up` when they have not within 200 ms: what was revoked must not be shown
   */
  async fresh<T>(
    by: Authority,
    region: string,
    read: (tx: EntityManager) => Promise<T>,
    consumers: readonly string[] = ['case-access', 'case-file'],
  ): Promise<T> {
    const log = logName('cases', region);
    const head = await this.store.head(log);
    if (head !== undefined) {
      const caughtUp = await Promise.all(consumers.map((name) => this.runner.waitFor(name, log, head, OWN_LOG)));
      if (caughtUp.includes(false)) throw unavailable('case.not-caught-up', 'What may be shown is being brought up to date.');
    }
    return this.as(by, read);
  }

  /**
   * Waits until read models have applied what the caller has written or seen in this context's logs, of whichever region.
   * @throws DomainError 503 `case.not-caught-up`
   */
  async after(seen: Readonly<Record<string, string>>, consumers: readonly string[]): Promise<void> {
    const own = Object.entries(seen).filter(([log]) => contextOf(log) === 'cases');
    const reached = await Promise.all(
      own.flatMap(([log, position]) => consumers.map((name) => this.runner.waitFor(name, log, position, OWN_WRITES))),
    );
    if (reached.includes(false)) throw unavailable('case.not-caught-up', 'What may be shown is being brought up to date.');
  }

  /**
   * Whether facts of other contexts (membership, organisation, the referral) are at most two seconds old: without that nobody reads through a grant.
   * Home teams read on.
   */
  async otherFactsAreFresh(): Promise<boolean> {
    const names = [directoryConsumerName('cases'), 'grant-when-referred'];
    return !(await Promise.all(names.map((name) => this.runner.freshWithin(name, TOO_OLD)))).includes(false);
  }

  /**
   * Whether this snapshot holds what other contexts told up to two seconds before it, and its end of everything is judged by a clock the database
   * agrees with. Where not, no grant counts in it.
   */
  grantsCountIn(tx: Tx): boolean {
    return this.#without.get(tx) === 'none';
  }

  /** What somebody is told who would see the case by a grant only, in a snapshot in which none counts. */
  noGrantCounts(tx: Tx): DomainError {
    return this.#without.get(tx) === 'clocks-apart'
      ? unavailable('case.clocks-apart', 'The clocks of the service and of its database are too far apart.')
      : unavailable('case.facts-too-old', 'Memberships are being brought up to date.');
  }

  /** For whoever looks for grants wherever they lie: the rows of every region's log are complete. */
  async caughtUp(ms = OWN_LOG): Promise<boolean> {
    const logs = await this.store.logs('cases');
    const reached = await Promise.all(
      logs.map(async (log) => {
        const head = await this.store.head(log);
        return head === undefined || this.runner.waitFor('case-access', log, head, ms);
      }),
    );
    return !reached.includes(false);
  }
}

const OFFICE_PURPOSES: readonly string[] = ['audit', 'data_subject_request'];
export const unavailable = (code: string, detail: string): DomainError => new DomainError(code, 'unavailable', detail, [], 1);
