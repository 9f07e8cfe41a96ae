import { timingSafeEqual } from 'node:crypto';
import { Controller, type DynamicModule, Get, Inject, Module, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { Public } from '@platform/http';
import { notFound } from '@platform/kernel';
import { Log } from './log';
import { Metrics } from './metrics';
import { Readiness } from './readiness';
import { NoTracing, Tracing } from './tracing';

export interface Observed {
  readonly log: Log;
  readonly metrics: Metrics;
  readonly readiness: Readiness;
  /** Absent: nothing is traced. */
  readonly tracing?: Tracing;
  /** Bearer token for /metrics from other machines; without one only this machine may read. */
  readonly metricsToken?: string | undefined;
}
const TOKEN = Symbol('metrics token');

@ApiExcludeController()
@Controller()
class ObservabilityController {
  constructor(
    @Inject(Metrics) private readonly metrics: Metrics,
    @Inject(Readiness) private readonly readiness: Readiness,
    @Inject(TOKEN) private readonly token: { readonly value: string | undefined },
  ) {}

  /** The process answers. */
  @Get(['health', 'health/live'])
  @Public()
  live(@Res() response: Response): void {
    response.type('text/plain').send('ok');
  }

  /** Every part works: only then should requests come here. */
  @Get('health/ready')
  @Public()
  async ready(@Res() response: Response): Promise<void> {
    const state = await this.readiness.state();
    response
      .status(state.ready ? 200 : 503)
      .setHeader('Cache-Control', 'no-store')
      .json(state);
  }

  @Get('metrics')
  @Public()
  async read(@Req() request: Request, @Res() response: Response): Promise<void> {
    // Counts of rare acts are small numbers about few people: not for everybody.
    if (!mayRead(request, this.token.value)) throw notFound('route');
    response.type(this.metrics.contentType).send(await this.metrics.text());
  }
}

function mayRead(request: Request, token: string | undefined): boolean {
  if (token === undefined) {
    // Behind a proxy every request comes from this machine: then the forwarding headers give it away.
    const forwarded = request.headers['x-forwarded-for'] ?? request.headers.forwarded;
    return forwarded === undefined && ['127.0.0.1', '::1', '::ffff:127.0.0.1'].includes(request.socket.remoteAddress ?? '');
  }
  const [given, wanted] = [Buffer.from(request.headers.authorization ?? ''), Buffer.from(`Bearer ${token}`)];
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}

/** /health, /health/live, /health/ready and /metrics; `Log`, `Metrics` and `Readiness` for everybody. */
@Module({})
export class ObservabilityModule {
  static of({ log, metrics, readiness, tracing = new NoTracing(), metricsToken }: Observed): DynamicModule {
    const shared = [
      { provide: Log, useValue: log },
      { provide: Metrics, useValue: metrics },
      { provide: Readiness, useValue: readiness },
    ];
    return {
      module: ObservabilityModule,
      global: true,
      controllers: [ObservabilityController],
      // Nest tells it when the application ends.
      providers: [...shared, { provide: Tracing, useValue: tracing }, { provide: TOKEN, useValue: { value: metricsToken } }],
      exports: shared,
    };
  }
}
