import { Injectable } from '@nestjs/common';
import type { Judgement, Standing } from '@platform/access';
import { CommandAccess } from '@platform/commanding';
import { type Authority, type Grounded, isSystem, regionOf } from '@platform/kernel';
import { EventStore } from '@platform/event-store';
import { Deliveries, DELIVERIES } from '../alert-delivery/deliveries.projection';
import { Cohorts } from '../cohorts.projection';
import { PolicyBook } from '../policy-book';
import { Principals, unavailable } from '../principals';
import type { Alert } from './alert';
import type { AlertCommand } from './alert-commands';
import type { AlertFacts } from './alert.decider';

/** Consumer that makes deliveries of issued alerts: until it has come by, nobody knows how many there are. */
export const DELIVERER = 'deliver-when-alert-issued';
const COUNTED: readonly AlertCommand['kind'][] = ['ScreenAlert', 'HoldAlert', 'ReleaseAlert', 'IssueAlert'];

/** Who may command an alert, and on which counts its rules decide. */
@Injectable()
export class AlertAccess extends CommandAccess<Alert, AlertCommand, AlertFacts> {
  constructor(
    private readonly policies: PolicyBook,
    private readonly cohorts: Cohorts,
    private readonly deliveries: Deliveries,
    private readonly principals: Principals,
    private readonly store: EventStore,
  ) {
    super();
  }

  async gather(command: AlertCommand, state: Alert, by: Authority): Promise<Grounded<AlertFacts>> {
    if (!state || isSystem(by.actor) || state.issuer !== by.actor.organisation) return { value: {}, facts: [] };
    if (command.kind === 'CloseAlert') return { value: { openDeliveries: await this.#open(command.id) }, facts: [] };
    if (!COUNTED.includes(command.kind)) return { value: {}, facts: [] };
    const [first] = await this.store.readStream(command.id, { to: 0 });
    return this.cohorts.behind(by, first ? regionOf(first.log) : by.actor.region, state);
  }

  judge(command: AlertCommand, state: Alert, by: Authority): Promise<Judgement> {
    const { organisation } = by.actor;
    const standings: Standing[] = command.kind === 'DraftAlert' ? ['own-organisation'] : state?.issuer === organisation ? ['issuer'] : [];
    return Promise.resolve(this.policies.judge(command.kind, by, standings));
  }

  async #open(alert: string): Promise<number> {
    if (!(await this.principals.caughtUp(DELIVERER)) || !(await this.principals.caughtUp(DELIVERIES)))
      throw unavailable('alert.not-caught-up', 'Deliveries are still being made.');
    return (await this.deliveries.open(alert)).length;
  }
}
