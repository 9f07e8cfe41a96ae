import { Inject, Injectable } from '@nestjs/common';
import type { AllHandlers, Consumer } from '@platform/consuming';
import { WRITER } from '@platform/database';
import { type RecordedEvent, regionOf } from '@platform/kernel';
import type { DataSource, EntityManager } from 'typeorm';
import { iso } from '../instants';
import type { AlertDeliveryEvent, AlertDeliveryStatus, DeliveredContent } from './alert-delivery';

type Tx = EntityManager;

export interface DeliveryLine {
  readonly delivery: string;
  readonly region: string;
  readonly alert: string;
  readonly recipient: string;
  readonly kind: string;
  readonly content: DeliveredContent;
  readonly status: AlertDeliveryStatus;
  readonly outcome: string | null;
  readonly due: string;
  readonly deliveredAt: string;
  readonly revision: number;
}
/** A delivery that waits for its recipient. */
export interface OpenDelivery {
  readonly delivery: string;
  readonly region: string;
}
export const DELIVERIES = 'alert-deliveries';
const OPEN = `status in ('Delivered', 'Acknowledged')`;
const LINE = `delivery, region, alert, recipient, kind, content, status, outcome, ${iso('due')} as due, ${iso('delivered_at')} as "deliveredAt", revision`;

/** What each recipient was told and answered. A recipient sees its own, the issuer those of its alerts. */
@Injectable()
export class Deliveries {
  constructor(@Inject(WRITER) private readonly rows: DataSource) {}

  readonly handlers: AllHandlers<AlertDeliveryEvent> = {
    AlertDelivered: async (event, tx) => {
      const { alert, issuer, recipient, kind, content, due } = event.data;
      await tx.query(
        `insert into alerts.delivery (delivery, region, alert, issuer, recipient, kind, content, dossier, status, due, delivered_at, revision)
         values ($1, $2, $3, $4, $5, $6, $7, $8, 'Delivered', $9, $10, $11) on conflict (delivery) do nothing`,
        [
          ...[event.stream, regionOf(event.log), alert, issuer, recipient, kind, JSON.stringify(content)],
          ...[content.company?.dossier ?? null, due, event.meta.at, event.revision],
        ],
      );
    },
    AlertAcknowledged: (event, tx) => this.#now(event, tx, 'Acknowledged'),
    AlertAnswered: (event, tx) => this.#now(event, tx, 'Answered', event.data.outcome),
    AlertDeliveryWithdrawn: (event, tx) => this.#now(event, tx, 'DeliveryWithdrawn'),
    AlertDeliveryExpired: (event, tx) => this.#now(event, tx, 'DeliveryExpired'),
  };

  consumer(): Consumer {
    return { name: DELIVERIES, context: 'alerts', source: { store: 'alerts' }, handlers: this.handlers, tables: ['alerts.delivery'] };
  }

  received(tx: Tx, recipient: string, limit: number): Promise<DeliveryLine[]> {
    return tx.query<DeliveryLine[]>(
      `select ${LINE} from alerts.delivery where recipient = $1 order by delivered_at desc, delivery desc limit $2`,
      [recipient, limit],
    );
  }

  /** Whether any of these streams is a delivery to the organisation, or of an alert it issued. Never whether a fellow recipient has one. */
  async holds(tx: Tx, organisation: string, streams: readonly string[]): Promise<boolean> {
    const sql = 'select 1 from alerts.delivery where delivery = any ($2) and (recipient = $1 or issuer = $1) limit 1';
    return (await tx.query<unknown[]>(sql, [organisation, [...streams]])).length > 0;
  }

  ofAlert(tx: Tx, alert: string): Promise<DeliveryLine[]> {
    return tx.query<DeliveryLine[]>(`select ${LINE} from alerts.delivery where alert = $1 order by kind, recipient`, [alert]);
  }

  /** For the rules: how many recipients have not answered. The service looks, for recipients are no concern of each other's. */
  async open(alert: string): Promise<OpenDelivery[]> {
    return this.rows.query<OpenDelivery[]>(`select delivery, region from alerts.delivery where alert = $1 and ${OPEN} order by delivery`, [
      alert,
    ]);
  }

  overdue(at: string): Promise<OpenDelivery[]> {
    return this.rows.query<OpenDelivery[]>(
      `select delivery, region from alerts.delivery where ${OPEN} and due <= $1 order by delivery limit 200`,
      [at],
    );
  }

  async #now(event: RecordedEvent, tx: Tx, status: AlertDeliveryStatus, outcome?: string): Promise<void> {
    await tx.query(
      'update alerts.delivery set status = $2, outcome = coalesce($3, outcome), revision = $4 where delivery = $1 and revision < $4',
      [event.stream, status, outcome ?? null, event.revision],
    );
  }
}
