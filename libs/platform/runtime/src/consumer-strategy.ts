import { type CustomTransportStrategy, Server } from '@nestjs/microservices';
import type { Services } from './services';

/**
 * What makes a process a Nest microservice: Nest starts and stops the consumers as it would a transport. Delivery stays per consumer, each with
 * its own checkpoint, which is why there is no `@EventPattern`: two of those would share one delivery.
 */
export class ConsumerStrategy extends Server implements CustomTransportStrategy {
  constructor(private readonly services: Services) {
    super();
  }

  listen(started: (error?: unknown) => void): void {
    this.services.start().then(() => started(), started);
  }

  close(): Promise<void> {
    return this.services.stop();
  }

  on(): void {
    throw new Error('consumers report to the log and the metrics');
  }

  unwrap<T>(): T {
    return this.services as T;
  }
}
