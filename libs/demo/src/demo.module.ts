import { Body, Controller, Get, HttpCode, Module, Post } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Config, SetupToken } from '@platform/config';
import { Instant, Public } from '@platform/http';
import { Clock, notFound } from '@platform/kernel';
import { DemoClock } from '@platform/runtime';

class ClockBody {
  @Instant({ optional: true }) at?: string;
}

/** Doors that exist in demo mode only, on loopback: invented data need dates in the past, and the story its set-up. */
@ApiExcludeController()
@Controller('demo')
class DemoController {
  constructor(
    private readonly clock: Clock,
    private readonly config: Config,
    private readonly token: SetupToken,
  ) {}

  /** Whether these are invented data, and the token while nothing is set up. */
  @Get()
  @Public()
  state(): { demo: true; notice: string; setup: string | null } {
    if (!this.config.DEMO) throw notFound('route');
    return { demo: true, notice: 'DATI INVENTATI', setup: this.token.value ?? null };
  }

  /** Holds the service's clock at an instant, or lets it go. */
  @Post('clock')
  @HttpCode(204)
  @Public()
  hold(@Body() body: ClockBody): void {
    if (!this.config.DEMO || !(this.clock instanceof DemoClock)) throw notFound('route');
    this.clock.hold(body.at);
  }
}

@Module({ controllers: [DemoController] })
export class DemoModule {}
