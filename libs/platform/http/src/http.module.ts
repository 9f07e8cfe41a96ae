import { type BeforeApplicationShutdown, type DynamicModule, Module } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { Clock, Ids } from '@platform/kernel';
import { endStreams } from './event-stream';
import { OpaqueTokens } from './opaque-tokens';

/** What every `ContextController` needs, once per process. */
@Module({})
export class HttpModule implements BeforeApplicationShutdown {
  constructor(private readonly host: HttpAdapterHost) {}

  /** A server closes only once its connections have ended, and an event stream never ends by itself. */
  beforeApplicationShutdown(): void {
    endStreams(this.host.httpAdapter.getInstance());
  }

  static forRoot({ tokens, clock, ids }: { tokens: OpaqueTokens; clock: Clock; ids: Ids }): DynamicModule {
    const providers = [
      { provide: OpaqueTokens, useValue: tokens },
      { provide: Clock, useValue: clock },
      { provide: Ids, useValue: ids },
    ];
    return { module: HttpModule, global: true, providers, exports: providers };
  }
}
