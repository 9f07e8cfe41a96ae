import type { AddressInfo } from 'node:net';
import { type DynamicModule, Module, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { type Config, VERSION } from '@platform/config';
import { HttpModule, type HttpOptions, keyFile, OpaqueTokens, prepareHttp } from '@platform/http';
import type { Clock } from '@platform/kernel';
import { Log, Metrics, ObservabilityModule, NoTracing, Readiness, requestLog, startTracing, type Tracing } from '@platform/observability';
import { DemoClock, SystemClock } from './clock';
import { sharedKeys } from './folders';
import { TimeOrderedIds } from './ids';
import { takeFolders } from './usable-folder';

/** What every process has, whatever it does: how it tells of itself, reads the clock and seals tokens. */
export interface Instruments {
  readonly config: Config;
  readonly log: Log;
  readonly clock: Clock;
  readonly metrics: Metrics;
  readonly readiness: Readiness;
  readonly tokens: OpaqueTokens;
}

/** @throws Error when a folder it was told to use cannot be used */
export function instruments(config: Config): Instruments {
  takeFolders(config);
  return {
    config,
    log: new Log(config.LOG_LEVEL),
    clock: config.DEMO ? new DemoClock() : new SystemClock(),
    metrics: new Metrics(),
    readiness: new Readiness(),
    tokens: new OpaqueTokens(keyFile(sharedKeys(config), 'http.key')),
  };
}

@Module({})
class Root {}

/** A Nest application with health, metrics and everything `prepareHttp` gives, not listening yet. */
export async function createApp(
  { config, log, clock, metrics, readiness, tokens }: Instruments,
  modules: readonly (Type | DynamicModule)[],
  http: Partial<HttpOptions> = {},
): Promise<NestExpressApplication> {
  const tracing = await tracingOf(config);
  const module: DynamicModule = {
    module: Root,
    imports: [
      ObservabilityModule.of({ log, metrics, readiness, tracing, metricsToken: config.METRICS_TOKEN }),
      HttpModule.forRoot({ tokens, clock, ids: new TimeOrderedIds() }),
      ...modules,
    ],
  };
  const app = await NestFactory.create<NestExpressApplication>(module, { bodyParser: false, logger: log, abortOnError: false });
  prepareHttp(app, {
    bodyLimitKb: config.BODY_LIMIT_KB,
    https: config.PUBLIC_URL?.startsWith('https:') ?? false,
    trustProxy: config.TRUST_PROXY,
    rates: ratesOf(config),
    invented: config.DEMO,
    outermost: [requestLog(log, metrics, tracing)],
    ...http,
  });
  return app;
}

const ratesOf = ({ REQUESTS_PER_SECOND: requests, SIGN_INS_PER_MINUTE: signIns }: Config): HttpOptions['rates'] => ({
  address: { burst: 5 * requests, perSecond: requests },
  login: { burst: 2 * signIns, perSecond: signIns / 60 },
});

async function tracingOf({ TRACES_URL: url, TRACES_TOKEN: token, TRACES_PERCENT: percent }: Config): Promise<Tracing> {
  return url === undefined ? new NoTracing() : startTracing({ url, token, percent, version: VERSION });
}

/** Listens where configuration says; answers the address it is reached at. @throws Error that says so when the port is taken */
export async function listen(app: NestExpressApplication, { PORT, HOST }: Config): Promise<string> {
  await app.listen(PORT, HOST).catch((error: NodeJS.ErrnoException) => {
    throw error.code === 'EADDRINUSE' ? new Error(`PORT ${PORT} is taken on ${HOST}: choose another`) : error;
  });
  const { port } = (app.getHttpServer() as { address(): unknown }).address() as AddressInfo;
  return `http://${HOST.includes(':') ? `[${HOST}]` : HOST}:${port}`;
}
