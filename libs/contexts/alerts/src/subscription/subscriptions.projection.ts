import { Inject, Injectable } from '@nestjs/common';
import type { AllHandlers, Consumer } from '@platform/consuming';
import { WRITER } from '@platform/database';
import { type RecordedEvent, regionOf } from '@platform/kernel';
import type { DataSource, EntityManager } from 'typeorm';
import type { SubscriptionEvent, SubscriptionScope, SubscriptionStatus } from './subscription';

type Tx = EntityManager;

export interface SubscriptionLine extends SubscriptionScope {
  readonly subscription: string;
  readonly region: string;
  readonly status: SubscriptionStatus;
  readonly revision: number;
}
export const SUBSCRIPTIONS = 'alert-subscriptions';
const LINE = 'subscription, region, organisation, kind, regions, sectors, subjects, status, revision';

/** Who wants to be told what. */
@Injectable()
export class Subscriptions {
  constructor(@Inject(WRITER) private readonly rows: DataSource) {}

  readonly handlers: AllHandlers<SubscriptionEvent> = {
    SubscriptionStarted: async (event, tx) => {
      const { organisation, kind, regions, sectors, subjects } = event.data;
      await tx.query(
        `insert into alerts.subscription (${LINE}) values ($1, $2, $3, $4, $5, $6, $7, 'Active', $8) on conflict (subscription) do nothing`,
        [event.stream, regionOf(event.log), organisation, kind, regions, sectors, subjects, event.revision],
      );
    },
    SubscriptionPaused: (event, tx) => this.#now(event, tx, 'Paused'),
    SubscriptionResumed: (event, tx) => this.#now(event, tx, 'Active'),
    SubscriptionEnded: (event, tx) => this.#now(event, tx, 'Ended'),
  };

  consumer(): Consumer {
    return {
      name: SUBSCRIPTIONS,
      context: 'alerts',
      source: { store: 'alerts' },
      handlers: this.handlers,
      tables: ['alerts.subscription'],
    };
  }

  own(tx: Tx, organisation: string): Promise<SubscriptionLine[]> {
    return tx.query<SubscriptionLine[]>(
      `select ${LINE} from alerts.subscription where organisation = $1 and status <> 'Ended' order by subscription`,
      [organisation],
    );
  }

  /** All that count now: for the service, which delivers. */
  active(): Promise<SubscriptionLine[]> {
    return this.rows.query<SubscriptionLine[]>(
      `select ${LINE} from alerts.subscription where status = 'Active' order by organisation, subscription`,
    );
  }

  /** Is the organisation party to a territorial agreement in force, together with somebody of that region? */
  async isSignatory(organisation: string, region: string, at: string): Promise<boolean> {
    const rows = await this.rows.query<unknown[]>(
      `select 1 from alerts.directory_agreement a
         join alerts.directory_agreement_party own on own.agreement = a.agreement and own.organisation = $1
         join alerts.directory_agreement_party other on other.agreement = a.agreement and other.organisation <> $1 and other.region = $2
       where a.in_force_from <= $3 and a.expires_at > $3 and (a.ended_at is null or a.ended_at > $3) limit 1`,
      [organisation, region, at],
    );
    return rows.length > 0;
  }

  async #now(event: RecordedEvent, tx: Tx, status: SubscriptionStatus): Promise<void> {
    await tx.query('update alerts.subscription set status = $2, revision = $3 where subscription = $1 and revision < $3', [
      event.stream,
      status,
      event.revision,
    ]);
  }
}
