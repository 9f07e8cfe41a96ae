import { Injectable } from '@nestjs/common';
import type { DataOfEvent } from '@contracts';
import { generalise } from '@platform/codes';
import { uuidOf } from '@platform/commanding';
import type { Consumer } from '@platform/consuming';
import { type RecordedEvent, regionOf } from '@platform/kernel';
import type { alertEvents, IssuedAlert } from '../alert/alert';
import { DELIVERER } from '../alert/alert.access';
import { Principals, unavailable } from '../principals';
import { Running } from '../running';
import { covers } from '../subscription/subscription';
import { SUBSCRIPTIONS, Subscriptions } from '../subscription/subscriptions.projection';
import { DeliverAlert, WithdrawDelivery } from './alert-delivery.decider';
import { Deliveries, DELIVERIES } from './deliveries.projection';

type Withdrawn = RecordedEvent<DataOfEvent<typeof alertEvents, 'AlertWithdrawn'>>;

/** Tells everybody whose subscription covers an issued alert, each in a delivery of its own; and takes it back when the alert is withdrawn. */
@Injectable()
export class DeliverWhenAlertIssued {
  constructor(
    private readonly running: Running,
    private readonly principals: Principals,
    private readonly subscriptions: Subscriptions,
    private readonly deliveries: Deliveries,
  ) {}

  /** One consumer for both, so that no delivery is made of an alert that was withdrawn meanwhile. */
  consumer(): Consumer {
    return {
      name: DELIVERER,
      context: 'alerts',
      source: { store: 'alerts' },
      reactor: true,
      tables: [],
      handlers: {
        AlertIssued: (event: RecordedEvent<IssuedAlert>) => this.#deliver(event),
        AlertWithdrawn: (event: Withdrawn) => this.#withdraw(event),
      },
    };
  }

  async #deliver(event: RecordedEvent<IssuedAlert>): Promise<void> {
    await this.#caughtUp(SUBSCRIPTIONS);
    const { sector, subject, audience, issuer, comune } = event.data;
    // Competence goes by where the alert points to, which need not be where it was written.
    const alert = { region: generalise(comune)?.region ?? '', sector, subject, audience };
    const covering = (await this.subscriptions.active()).filter((each) => each.organisation !== issuer && covers(each, alert));
    for (const recipient of new Set(covering.map(({ organisation }) => organisation))) {
      const id = `alertDelivery-${uuidOf(`${event.stream}|${recipient}`)}`;
      await this.running.react(
        regionOf(event.log),
        event.id,
        new DeliverAlert(id, event.stream, recipient, event.data),
        event.meta.correlation,
      );
    }
  }

  async #withdraw(event: Withdrawn): Promise<void> {
    await this.#caughtUp(DELIVERIES);
    for (const { delivery, region } of await this.deliveries.open(event.stream))
      await this.running.react(region, event.id, new WithdrawDelivery(delivery), event.meta.correlation);
  }

  async #caughtUp(rows: string): Promise<void> {
    if (!(await this.principals.caughtUp(rows))) throw unavailable('alert.not-caught-up', 'The rows of alerts are behind their log.');
  }
}
