import { Body, Controller, type DynamicModule, HttpCode, Inject, Module, Post } from '@nestjs/common';
import { Instant } from '@platform/http';
import { Internal, InternalDoor } from '@platform/internal';
import { Clock, notFound } from '@platform/kernel';
import { DemoClock } from './clock';

const SETTLED = Symbol('whether everything was looked at');
const SETUP = Symbol('the token of the set-up');

class HeldClock {
  @Instant({ optional: true }) at?: string;
}

/** What the other services of the installation may ask of any service. */
@InternalDoor()
@Controller('internal')
class DoorsController {
  constructor(
    @Inject(Clock) private readonly clock: Clock,
    @Inject(SETTLED) private readonly settled: () => Promise<boolean>,
    @Inject(SETUP) private readonly setup: { readonly value: string | undefined },
  ) {}

  /** Demo mode only: the token of an installation that is still to be set up, which a person would read on the machine. */
  @Post('setup-token')
  @HttpCode(200)
  @Internal('gateway')
  setupToken(): { token: string | null } {
    if (!(this.clock instanceof DemoClock)) throw notFound('route');
    return { token: this.setup.value ?? null };
  }

  /** Demo mode only: holds this process's clock at an instant with all others, or lets it go. */
  @Post('clock')
  @HttpCode(204)
  @Internal('gateway')
  hold(@Body() body: HeldClock): void {
    if (!(this.clock instanceof DemoClock)) throw notFound('route');
    this.clock.hold(body.at);
  }

  /** Whether every reader of a log here has seen everything: the vault asks before it sweeps. */
  @Post('settled')
  @HttpCode(200)
  @Internal('vault')
  async whetherSettled(): Promise<{ settled: boolean }> {
    return { settled: await this.settled() };
  }
}

@Module({})
export class DoorsModule {
  static of(
    clock: Clock,
    settled: () => Promise<boolean>,
    setup: { readonly value: string | undefined } = { value: undefined },
  ): DynamicModule {
    const providers = [
      { provide: Clock, useValue: clock },
      { provide: SETTLED, useValue: settled },
      { provide: SETUP, useValue: setup },
    ];
    return { module: DoorsModule, controllers: [DoorsController], providers };
  }
}
