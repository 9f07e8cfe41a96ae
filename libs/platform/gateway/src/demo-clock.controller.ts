import { Body, Controller, type DynamicModule, HttpCode, Module, Post } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Instant, Public } from '@platform/http';
import { Peers } from '@platform/internal';
import { Clock, notFound } from '@platform/kernel';
import { DemoClock } from '@platform/runtime';

class HeldClock {
  @Instant({ optional: true }) at?: string;
}

/** Demo mode only: one clock for the whole installation, held or let go in every process before the answer. */
@ApiExcludeController()
@Controller('demo/clock')
class DemoClockController {
  constructor(
    private readonly clock: Clock,
    private readonly peers: Peers,
  ) {}

  @Post()
  @HttpCode(204)
  @Public()
  async hold(@Body() { at }: HeldClock): Promise<void> {
    if (!(this.clock instanceof DemoClock)) throw notFound('route');
    await Promise.all(this.peers.all().map((peer) => peer.post('/internal/clock', at === undefined ? {} : { at })));
    this.clock.hold(at);
  }
}

@Module({})
export class DemoClockModule {
  static of(peers: Peers): DynamicModule {
    return { module: DemoClockModule, controllers: [DemoClockController], providers: [{ provide: Peers, useValue: peers }] };
  }
}
