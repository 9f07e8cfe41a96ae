import type { Slice } from '@platform/commanding';
import type { AlertDelivery, AlertDeliveryEvent } from './alert-delivery';
import { type AlertDeliveryCommand, alertDeliveryCommands, alertDeliveryDecider, type AlertDeliveryFacts } from './alert-delivery.decider';

/** One recipient's delivery as the pipeline runs it: in the log of the alert. */
export const alertDeliverySlice: Slice<AlertDelivery, AlertDeliveryCommand, AlertDeliveryEvent, AlertDeliveryFacts> = {
  context: 'alerts',
  noun: 'alertDelivery',
  decider: alertDeliveryDecider,
  commands: alertDeliveryCommands,
  regionOf: (_command, by) => by.actor.region,
};
