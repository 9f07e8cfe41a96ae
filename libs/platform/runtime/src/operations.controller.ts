import { createHash, timingSafeEqual } from 'node:crypto';
import {
  type CanActivate,
  Controller,
  type DynamicModule,
  type ExecutionContext,
  Get,
  HttpCode,
  Inject,
  Injectable,
  Module,
  Param,
  Post,
  UseGuards,
} from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Request } from 'express';
import { SpoolRecorder, type SpoolHealth } from '@platform/auditing';
import { type ConsumerStatus, ConsumerRunner } from '@platform/consuming';
import { Public } from '@platform/http';
import { invalid, notFound } from '@platform/kernel';
import { Readiness } from '@platform/observability';

const TOKEN = Symbol('operations token');
const HERE = ['127.0.0.1', '::1', '::ffff:127.0.0.1'];

export interface OperationsStatus {
  readonly ready: boolean;
  readonly parts: Readonly<Record<string, boolean>>;
  readonly spool: SpoolHealth;
  readonly consumers: readonly ConsumerStatus[];
}

/** From this machine, not through a proxy, with the token of the data folder. To everybody else the routes do not exist. */
@Injectable()
class OperationsGuard implements CanActivate {
  constructor(@Inject(TOKEN) private readonly token: { readonly value: string }) {}

  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<Request>();
    const forwarded = request.headers['x-forwarded-for'] ?? request.headers.forwarded;
    const here = forwarded === undefined && HERE.includes(request.socket.remoteAddress ?? '');
    const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
    if (here && timingSafeEqual(digest(request.headers.authorization ?? ''), digest(`Bearer ${this.token.value}`))) return true;
    throw notFound('route');
  }
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
  static of(token: string, recorder: SpoolRecorder): DynamicModule {
    return {
      module: OperationsModule,
      controllers: [OperationsController],
      providers: [{ provide: TOKEN, useValue: { value: token } }, { provide: SpoolRecorder, useValue: recorder }, OperationsGuard],
    };
  }
}
