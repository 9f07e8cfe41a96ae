import { Injectable } from '@nestjs/common';
import type { Judgement, Standing } from '@platform/access';
import { CommandAccess } from '@platform/commanding';
import type { Authority, Grounded } from '@platform/kernel';
import { PolicyBook } from '../policy-book';
import type { Subscription } from './subscription';
import type { SubscriptionCommand } from './subscription.decider';

/** Who may command a subscription: the organisation that is told. */
@Injectable()
export class SubscriptionAccess extends CommandAccess<Subscription, SubscriptionCommand, object> {
  constructor(private readonly policies: PolicyBook) {
    super();
  }

  gather(): Promise<Grounded<object>> {
    return Promise.resolve({ value: {}, facts: [] });
  }

  judge(command: SubscriptionCommand, state: Subscription, by: Authority): Promise<Judgement> {
    const own: Standing[] =
      command.kind === 'Subscribe' ? ['own-organisation'] : state?.organisation === by.actor.organisation ? ['recipient'] : [];
    return Promise.resolve(this.policies.judge(command.kind, by, own));
  }
}
