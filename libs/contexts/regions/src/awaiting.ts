import { Injectable } from '@nestjs/common';
import { ConsumerRunner } from '@platform/consuming';
import type { Exchange } from '@platform/http';
import { contextOf, DomainError } from '@platform/kernel';

const PATIENCE = 500;

/** Lets a reader see what they have just written. */
@Injectable()
export class Awaiting {
  constructor(private readonly runner: ConsumerRunner) {}

  /**
   * Waits until a read model has applied what the caller has seen.
   * @throws DomainError 503 `regions.not-caught-up`
   */
  async caughtUp(http: Exchange, ...consumers: readonly string[]): Promise<void> {
    for (const [log, position] of Object.entries(http.atLeast())) {
      if (contextOf(log) !== 'regions') continue;
      for (const consumer of consumers) {
        if (await this.runner.waitFor(consumer, log, position, PATIENCE)) continue;
        throw new DomainError('regions.not-caught-up', 'unavailable', 'The answer is being brought up to date.', [], 1);
      }
    }
  }
}
