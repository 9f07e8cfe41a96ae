import { Controller, type DynamicModule, Get, HttpCode, Inject, Module, Param, Post, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { SpoolRecorder, type SpoolHealth } from '@platform/auditing';
import { type Consumer, type ConsumerStatus, ConsumerRunner, type RebuildProgress } from '@platform/consuming';
import { Public } from '@platform/http';
import { DomainError, notFound } from '@platform/kernel';
import { Readiness } from '@platform/observability';
import { OPERATIONS_ORIGIN, OperationsPeopleController } from './operations-people.controller';
import { OPERATIONS_TOKEN, OperationsGuard } from './operations.guard';

export interface OperationsStatus {
  readonly ready: boolean;
  readonly parts: Readonly<Record<string, boolean>>;
  readonly spool: SpoolHealth;
  readonly consumers: readonly ConsumerStatus[];
}

export interface OperationsRebuild {
  readonly rebuild: RebuildProgress | undefined;
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

  /** Empties a read model and reads everything again. Answers once it is under way. */
  @Post('projections/:name/rebuild')
  @HttpCode(202)
  @Public()
  async rebuild(@Param('name') name: string): Promise<OperationsRebuild> {
    this.#find(name);
    // What failed otherwise stands in the answer as what came of it.
    await this.runner.startRebuild(name).catch((error: unknown) => {
      if (error instanceof DomainError) throw error;
    });
    return this.progress(name);
  }

  /** How far it is, or how the last one ended. */
  @Get('projections/:name/rebuild')
  @Public()
  async progress(@Param('name') name: string): Promise<OperationsRebuild> {
    return { rebuild: (await this.runner.rebuilds(this.#find(name).context)).get(name) };
  }

  /** Asks it to end: what it has done is rolled back. */
  @Post('projections/:name/rebuild/cancellation')
  @HttpCode(202)
  @Public()
  async cancel(@Param('name') name: string): Promise<OperationsRebuild> {
    this.#find(name);
    await this.runner.cancelRebuild(name);
    return this.progress(name);
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

  #find(name: string): Consumer {
    const found = this.runner.consumers.find((one) => one.name === name);
    if (!found) throw notFound('projection');
    return found;
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
