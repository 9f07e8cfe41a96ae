import { Inject, Injectable } from '@nestjs/common';
import { ContextSigner, type PrincipalReads, withPrincipal } from '@platform/access';
import { ConsumerRunner } from '@platform/consuming';
import { READER } from '@platform/database';
import { directoryConsumerName } from '@platform/directory';
import { EventStore } from '@platform/event-store';
import { type Authority, contextOf, DomainError } from '@platform/kernel';

/** The one kind of connection reads go through: a transaction that knows its principal. */
type Rows = NonNullable<PrincipalReads['manager']>;
type Source = Parameters<typeof withPrincipal>[0];

/** Milliseconds a read waits for what the caller has written, and a decision for the facts of other contexts; and how often it looks. */
const OWN_WRITES = 2000;
const OLDEST = 2000;
const PACE = 50;
export const FACTS = 'referral-facts';

/** Reads as the caller, under row-level security; and knows how old the facts of other contexts are. */
@Injectable()
export class Principals {
  constructor(
    @Inject(READER) private readonly reader: Source,
    private readonly signer: ContextSigner,
    private readonly store: EventStore,
    private readonly runner: ConsumerRunner,
  ) {}

  /** One read-only snapshot in which the database itself shows only what is inside the caller's envelope. */
  as<T>(by: Authority, read: (tx: Rows) => Promise<T>): Promise<T> {
    const inside = ({ manager }: { manager: Rows | undefined }): Promise<T> => {
      if (!manager) throw new Error('principals read through TypeORM');
      return read(manager);
    };
    return withPrincipal(this.reader, this.signer, by.actor.member, by.purpose, inside, { at: by.at });
  }

  /**
   * Waits until a read model has applied what the caller has seen of this context's logs.
   * @throws DomainError 503 `referral.not-caught-up`
   */
  async after(seen: Readonly<Record<string, string>>, consumer: string): Promise<void> {
    const own = Object.entries(seen).filter(([log]) => contextOf(log) === 'referrals');
    const reached = await Promise.all(own.map(([log, position]) => this.runner.waitFor(consumer, log, position, OWN_WRITES)));
    if (reached.includes(false)) throw unavailable('referral.not-caught-up', 'The list is being brought up to date.');
  }

  /** For reactors that look for referrals: the rows of every region's log are complete. */
  async caughtUp(consumer: string, ms = 5000): Promise<boolean> {
    const logs = await this.store.logs('referrals');
    const reached = await Promise.all(
      logs.map(async (log) => {
        const head = await this.store.head(log);
        return head === undefined || this.runner.waitFor(consumer, log, head, ms);
      }),
    );
    return !reached.includes(false);
  }

  /**
   * What the envelope of consents and grants asks, the referrals' own rows, is as new as their log: otherwise a basis that is in force would
   * be hidden from somebody who was just offered a referral, and missing is not the same as withdrawn.
   * @throws DomainError 503 `referral.not-caught-up`
   */
  async envelopeAsOfNow(consumers: readonly string[]): Promise<void> {
    const reached = await Promise.all(consumers.map((consumer) => this.caughtUp(consumer, OWN_WRITES)));
    if (reached.includes(false)) throw unavailable('referral.not-caught-up', 'The rows of referrals are behind their log.');
  }

  /**
   * Nothing is proposed or disclosed on old news: waits until memberships, custody, consents and grants are those of this instant.
   * @throws DomainError 503 `referral.facts-too-old`
   */
  async factsAsOfNow(): Promise<void> {
    const at = this.runner.now();
    for (let waited = 0; waited <= OLDEST; waited += PACE) {
      const seen = await Promise.all([directoryConsumerName('referrals'), FACTS].map((name) => this.runner.freshness(name)));
      if (seen.every((fresh) => fresh !== undefined && Date.parse(fresh) >= Date.parse(at))) return;
      await new Promise((resolve) => setTimeout(resolve, PACE));
    }
    throw unavailable('referral.facts-too-old', 'Consents and memberships are being brought up to date.');
  }
}

export const unavailable = (code: string, detail: string): DomainError => new DomainError(code, 'unavailable', detail, [], 1);
