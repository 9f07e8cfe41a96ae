import type { Slice } from '@platform/commanding';
import type { Subscription, SubscriptionEvent } from './subscription';
import { type SubscriptionCommand, subscriptionCommands, subscriptionDecider } from './subscription.decider';

/** The subscription as the pipeline runs it: in the log of the subscriber's region. */
export const subscriptionSlice: Slice<Subscription, SubscriptionCommand, SubscriptionEvent, object> = {
  context: 'alerts',
  noun: 'subscription',
  decider: subscriptionDecider,
  commands: subscriptionCommands,
  regionOf: (_command, by) => by.actor.region,
};
