import type { Slice } from '@platform/commanding';
import type { Alert, AlertEvent } from './alert';
import { type AlertCommand, alertCommands } from './alert-commands';
import { alertDecider, type AlertFacts } from './alert.decider';

/** The alert as the pipeline runs it: in the log of the issuer's region. It touches no case. */
export const alertSlice: Slice<Alert, AlertCommand, AlertEvent, AlertFacts> = {
  context: 'alerts',
  noun: 'alert',
  decider: alertDecider,
  commands: alertCommands,
  regionOf: (_command, by) => by.actor.region,
};
