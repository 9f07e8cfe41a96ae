import { Controller, type DynamicModule, Get, HttpCode, Inject, Module, Param, Post, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { SpoolRecorder, type SpoolHealth } from '@platform/auditing';
import { type ConsumerStatus, ConsumerRunner } from '@platform/consuming';
import { Public } from '@platform/http';
import { invalid, notFound } from '@platform/kernel';
import { Readiness } from '@platform/observability';
import { OPERATIONS_ORIGIN, OperationsPeopleController } from './operations-people.controller';
import { OPERATIONS_TOKEN, OperationsGuard } from './operations.guard';

export interface OperationsStatus {
  readonly ready: boolean;
  readonly parts: Readonly<Record<string, boolean>>;
  readonly spool: SpoolHealth;
  readonly consumers: readonly ConsumerStatus[];
}

/** For whoever runs the installation. Shows how the parts are, never what is in them. */
@ApiExcludeController()
@Controller('operations')
@UseGuards(OperationsGuard)
class OperationsController {
  constructor(
    @Inject(ConsumerRunner) private readonly runner: ConsumerRunner,
    @Inject(SpoolRecorder) private readonly recorder: SpoolRecorder,
    @Inject(Readiness) private readonly readiness: Readiness,
  ) {}

  @Get('status')
  @Public()
  async status(): Promise<OperationsStatus> {
    return { ...(await this.readiness.state()), spool: this.recorder.health, consumers: await this.runner.status() };
  }

  /** Empties a read model and reads everything again. Answers when it is done. */
  @Post('projections/:name/rebuild')
  @HttpCode(204)
  @Public()
  async rebuild(@Param('name') name: string): Promise<void> {
    if (!(await this.runner.status()).some((one) => one.name === name)) throw notFound('projection');
    try {
      await this.runner.rebuild(name);
    } catch {
      throw invalid('projection.not-rebuildable', '/name', 'It acts on others, or its source stays silent: nothing was changed.');
    }
  }

  /** Handles what is parked once more, oldest first. */
  @Post('projections/:name/replay')
  @HttpCode(200)
  @Public()
  async replay(@Param('name') name: string): Promise<{ handled: number }> {
    const parked = (await this.runner.parked()).filter((one) => one.consumer === name);
    let handled = 0;
    for (const { id } of parked) handled += await this.runner.replayParked(id);
    return { handled };
  }
}

@Module({})
export class OperationsModule {
  /** @param origin address people reach the installation under, asked for only when a link is written */
  static of(token: string, recorder: SpoolRecorder, origin: () => string): DynamicModule {
    return {
      module: OperationsModule,
      controllers: [OperationsController, OperationsPeopleController],
      providers: [
        { provide: OPERATIONS_TOKEN, useValue: { value: token } },
        { provide: OPERATIONS_ORIGIN, useValue: origin },
        { provide: SpoolRecorder, useValue: recorder },
        OperationsGuard,
      ],
    };
  }
}
