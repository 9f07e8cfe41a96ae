import { createRequire } from 'node:module';

/** What kafkajs keeps for each connection: requests on their way, and those that have to wait. */
interface RequestQueue {
  readonly pending: readonly unknown[];
  scheduleCheckPendingRequests: (this: RequestQueue) => void;
}

/**
 * Lets connections rest on which nothing waits. kafkajs 2.2.4 looks at each connection's queue once a millisecond, for ever (2 to 4 % of a core for
 * each idle process): after an answer it sets a timer for the end of a throttle that there is not, which is a large negative number; Node takes that
 * for one millisecond (from 24 on with a `TimeoutNegativeWarning`), and the timer sets the next one (kafkajs issue 1751). A request that has to wait
 * sets a timer itself, so an empty queue needs none.
 */
export function letQueuesRest(): void {
  const { prototype } = createRequire(__filename)('kafkajs/src/network/requestQueue') as { readonly prototype: RequestQueue };
  const schedule = prototype.scheduleCheckPendingRequests;
  if (typeof schedule !== 'function' || Object.hasOwn(schedule, RESTFUL)) return;
  const rests = function (this: RequestQueue): void {
    if (this.pending.length > 0) schedule.call(this);
  };
  prototype.scheduleCheckPendingRequests = Object.assign(rests, { [RESTFUL]: true });
}

const RESTFUL = Symbol('looks only at what waits');
