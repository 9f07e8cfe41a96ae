import { Injectable } from '@nestjs/common';
import type { Timer } from '@platform/consuming';
import { ExpireAlert } from './alert/alert-commands';
import { AlertBoard } from './alert/alert-board.projection';
import { ExpireDelivery } from './alert-delivery/alert-delivery.decider';
import { Deliveries } from './alert-delivery/deliveries.projection';
import { Running } from './running';

/** Puts on record what time has ended: alerts, and deliveries nobody answered. */
@Injectable()
export class ExpireWhatIsDue implements Timer {
  readonly name = 'expire-alerts-and-deliveries';
  readonly context = 'alerts';

  constructor(
    private readonly running: Running,
    private readonly board: AlertBoard,
    private readonly deliveries: Deliveries,
  ) {}

  async tick(now: string): Promise<void> {
    for (const { delivery, region } of await this.deliveries.overdue(now))
      await this.running.react(region, `timer|${delivery}`, new ExpireDelivery(delivery));
    for (const { alert, region } of await this.board.overdue(now))
      await this.running.react(region, `timer|${alert}`, new ExpireAlert(alert));
  }
}
