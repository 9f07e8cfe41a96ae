import { Injectable } from '@nestjs/common';
import type { Judgement, Standing } from '@platform/access';
import { generalise } from '@platform/codes';
import { CommandAccess } from '@platform/commanding';
import { PostgresDirectory } from '@platform/directory';
import { type Authority, type Grounded, isSystem } from '@platform/kernel';
import { PolicyBook } from '../policy-book';
import { Subscriptions } from '../subscription/subscriptions.projection';
import type { AlertDelivery } from './alert-delivery';
import type { AlertDeliveryCommand, AlertDeliveryFacts } from './alert-delivery.decider';

/** Who may command a delivery: the service makes and ends it, the recipient acknowledges and answers. */
@Injectable()
export class AlertDeliveryAccess extends CommandAccess<AlertDelivery, AlertDeliveryCommand, AlertDeliveryFacts> {
  constructor(
    private readonly policies: PolicyBook,
    private readonly directory: PostgresDirectory,
    private readonly subscriptions: Subscriptions,
  ) {
    super();
  }

  async gather(command: AlertDeliveryCommand, _state: AlertDelivery, by: Authority): Promise<Grounded<AlertDeliveryFacts>> {
    if (command.kind !== 'DeliverAlert' || !isSystem(by.actor)) return { value: {}, facts: [] };
    const known = await this.directory.organisation(command.recipient);
    if (!known) return { value: {}, facts: [] };
    const region = generalise(command.alerted.comune)?.region ?? '';
    const signatory = await this.subscriptions.isSignatory(command.recipient, region, by.at);
    const { kind, active, revision } = known;
    return { value: { recipient: { kind, active, signatory } }, facts: [{ stream: command.recipient, revision }] };
  }

  judge(command: AlertDeliveryCommand, state: AlertDelivery, by: Authority): Promise<Judgement> {
    return Promise.resolve(this.policies.judge(command.kind, by, deliveryStandings(by, state)));
  }
}

/** To everybody but its recipient and its issuer a delivery does not exist. */
export const deliveryStandings = ({ actor }: Authority, state: AlertDelivery): Standing[] =>
  state?.recipient === actor.organisation ? ['recipient'] : state?.issuer === actor.organisation ? ['issuer'] : [];
