import { type DynamicModule, Module } from '@nestjs/common';
import { Clock, Ids } from '@platform/kernel';
import { OpaqueTokens } from './opaque-tokens';

/** What every `ContextController` needs, once per process. */
@Module({})
export class HttpModule {
  static forRoot({ tokens, clock, ids }: { tokens: OpaqueTokens; clock: Clock; ids: Ids }): DynamicModule {
    const providers = [
      { provide: OpaqueTokens, useValue: tokens },
      { provide: Clock, useValue: clock },
      { provide: Ids, useValue: ids },
    ];
    return { module: HttpModule, global: true, providers, exports: providers };
  }
}
