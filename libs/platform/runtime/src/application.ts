import type { AddressInfo } from 'node:net';
import { type DynamicModule, Module, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Config } from '@platform/config';
import type { SchemaPart } from '@platform/database';
import { HttpModule, OpaqueTokens, prepareHttp, serveOpenApi } from '@platform/http';
import type { Clock } from '@platform/kernel';
import { Log, Metrics, ObservabilityModule, Readiness, requestLog } from '@platform/observability';
import { type Persona, SignIn, SignInModule } from '@platform/sign-in';
import { DemoClock, SystemClock } from './clock';
import { TimeOrderedIds } from './ids';
import { newOperationsToken, removeOperationsNote, writeOperationsNote } from './operations';
import { OperationsModule } from './operations.controller';
import { folders } from './folders';
import { markInvented, settled } from './invented-data';
import { OwnHouseModule } from './own-house';
import { derivedKey, type Foundation, gatewaySql, layFoundation } from './parts';
import { PlatformModule } from './platform.module';
import { Services } from './services';

/** A context as a composition root names it. */
export interface ContextModule extends Type {
  readonly schema: readonly SchemaPart[];
}
export interface Composition {
  readonly contexts: readonly ContextModule[];
  /** Further modules of this process, e.g. the demo's. */
  readonly extra?: readonly (Type | DynamicModule)[];
  /** People the embedded issuer vouches for in demo mode. */
  readonly personas: readonly Persona[];
  readonly version: string;
  /** Folder of the built browser application; one that was not built is passed over. */
  readonly web?: string;
}
export interface Running {
  readonly url: string;
  readonly foundation: Foundation;
  readonly app: NestExpressApplication;
  stop(): Promise<void>;
}

@Module({})
class Root {}

/** Builds the whole process without listening: for the API reference, the CLI, and as the first half of `startApplication`. */
export async function buildApplication(
  config: Config,
  composition: Composition,
): Promise<Omit<Running, 'url'> & { services: Services; log: Log; listenUrl: { value: string }; operationsToken: string }> {
  const log = new Log(config.LOG_LEVEL);
  const clock: Clock = config.DEMO ? new DemoClock() : new SystemClock();
  const foundation = await layFoundation(
    config,
    clock,
    log,
    composition.contexts.flatMap((context) => context.schema),
  );
  try {
    const operationsToken = newOperationsToken();
    const tokens = OpaqueTokens.fromFile(config.DATA_DIR);
    const [metrics, readiness, listenUrl] = [new Metrics(), new Readiness(), { value: '' }];
    const services = new Services(foundation, metrics, readiness, log);
    const signIn = new SignIn({
      sql: gatewaySql(foundation.databases),
      // A session lives in real time, also while invented data are written into the past.
      clock: new SystemClock(),
      tokens,
      baseUrl: () => config.PUBLIC_URL ?? listenUrl.value,
      limits: { idleMinutes: config.SESSION_IDLE_MINUTES, maxHours: config.SESSION_MAX_HOURS },
      issuer: issuerOf(config, composition.personas),
      onFailure: (failure) => services.failedSignIn(failure),
    });
    const module: DynamicModule = {
      module: Root,
      imports: [
        ObservabilityModule.of({ log, metrics, readiness, metricsToken: config.METRICS_TOKEN }),
        HttpModule.forRoot({ tokens, clock, ids: new TimeOrderedIds() }),
        PlatformModule.of(foundation),
        SignInModule.of(signIn),
        OwnHouseModule.of(config, () => signIn.origin),
        OperationsModule.of(operationsToken, foundation.recorder),
        ...composition.contexts,
        ...(composition.extra ?? []),
      ],
    };
    const app = await NestFactory.create<NestExpressApplication>(module, { bodyParser: false, logger: log, abortOnError: false });
    prepareHttp(app, {
      bodyLimitKb: config.BODY_LIMIT_KB,
      https: config.PUBLIC_URL?.startsWith('https:') ?? false,
      trustProxy: config.TRUST_PROXY,
      outermost: [requestLog(log, metrics)],
      middleware: signIn.middleware(),
      web: composition.web,
    });
    serveOpenApi(app, composition.version);
    await app.init();
    const stop = async (): Promise<void> => {
      removeOperationsNote(folders(config.DATA_DIR).keys);
      await services.stop();
      await app.close();
      await foundation.close();
    };
    return { app, foundation, services, log, listenUrl, operationsToken, stop };
  } catch (error) {
    await foundation.close();
    throw error;
  }
}

/** Starts everything and listens. The order matters: read models run before the first request can come. */
export async function startApplication(wanted: Config, composition: Composition): Promise<Running> {
  const config = settled(wanted);
  if (config.DEMO) markInvented(config);
  const { app, foundation, services, log, listenUrl, operationsToken, stop } = await buildApplication(config, composition);
  try {
    await services.start();
    await app.listen(config.PORT, config.HOST);
    const { port } = (app.getHttpServer() as { address(): unknown }).address() as AddressInfo;
    listenUrl.value = `http://${config.HOST.includes(':') ? `[${config.HOST}]` : config.HOST}:${port}`;
    writeOperationsNote(folders(config.DATA_DIR).keys, { token: operationsToken, url: listenUrl.value, pid: process.pid });
    log.started();
    return { url: listenUrl.value, app, foundation, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function issuerOf(config: Config, personas: readonly Persona[]): ConstructorParameters<typeof SignIn>[0]['issuer'] {
  if (config.DEMO) return { personas };
  if (config.OIDC_ISSUER === undefined || config.OIDC_CLIENT_ID === undefined)
    return { accountsKey: derivedKey(folders(config.DATA_DIR).keys, 'accounts') };
  const secret = config.OIDC_CLIENT_SECRET === undefined ? {} : { clientSecret: config.OIDC_CLIENT_SECRET };
  return { url: config.OIDC_ISSUER, clientId: config.OIDC_CLIENT_ID, ...secret };
}
