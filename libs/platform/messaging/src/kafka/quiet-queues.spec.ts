import { createRequire } from 'node:module';
import { clientOf } from './kafka-options';

interface Queue {
  readonly pending: readonly unknown[];
  throttleCheckTimeoutId: NodeJS.Timeout | null;
  maybeThrottle(ms: number): void;
  push(request: { entry: { correlationId: number; resolve: () => void }; expectResponse: boolean; sendRequest: () => void }): void;
  fulfillRequest(response: { correlationId: number; payload: unknown; size: number }): void;
  destroy(): void;
}
const silent = { debug: () => undefined, warn: () => undefined };
const Queues = createRequire(__filename)('kafkajs/src/network/requestQueue') as new (options: object) => Queue;

describe('the queue of requests of a connection to Kafka', () => {
  let queue: Queue;
  const sent: number[] = [];
  const ask = (correlationId: number): void =>
    queue.push({
      entry: { correlationId, resolve: () => undefined },
      expectResponse: true,
      sendRequest: () => void sent.push(correlationId),
    });
  const answer = (correlationId: number): void => queue.fulfillRequest({ correlationId, payload: {}, size: 0 });

  beforeEach(() => {
    clientOf({ brokers: ['127.0.0.1:1'], clientId: 'spec' });
    queue = new Queues({
      maxInFlightRequests: 1,
      requestTimeout: 1000,
      enforceRequestTimeout: false,
      clientId: '',
      broker: '',
      logger: silent,
    });
    sent.length = 0;
  });
  afterEach(() => queue.destroy());

  it('is not looked at while nothing waits in it', () => {
    ask(1);
    answer(1);
    expect([sent, queue.throttleCheckTimeoutId]).toEqual([[1], null]);
  });

  it('sends what had to wait for an answer as soon as that is there, and rests again', () => {
    ask(1);
    ask(2);
    expect([sent, queue.throttleCheckTimeoutId === null]).toEqual([[1], false]);
    answer(1);
    expect([sent, queue.pending]).toEqual([[1, 2], []]);
  });

  it('sends what a broker holds back once that is over, without another push', async () => {
    ask(1);
    queue.maybeThrottle(20);
    answer(1);
    ask(2);
    expect(sent).toEqual([1]);
    while (sent.length < 2) await new Promise((resolve) => setTimeout(resolve, 1));
    answer(2);
    expect([sent, queue.throttleCheckTimeoutId]).toEqual([[1, 2], null]);
  });
});
