import type { DynamicModule, Type } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Config } from '@platform/config';
import type { Databases, SchemaPart } from '@platform/database';
import type { EventStore } from '@platform/event-store';
import { type HttpOptions, serveOpenApi } from '@platform/http';
import type { RecordedEvent } from '@platform/kernel';
import type { Message } from '@platform/messaging';
import type { Log } from '@platform/observability';
import { GATEWAY_ROLE, type Persona, SignIn, SignInModule } from '@platform/sign-in';
import { SystemClock } from './clock';
import { ConsumerStrategy } from './consumer-strategy';
import { recordFailedSignIn } from './failed-sign-in';
import { derivedKey, folders, sharedKeys } from './folders';
import type { PlaceColumn } from './moving/kept-places';
import type { Agreement } from './moving/move-to-cluster';
import { newOperationsToken, removeOperationsNote, writeOperationsNote } from './operations';
import { OperationsModule } from './operations.controller';
import { markInvented, settled } from './invented-data';
import { OwnHouseModule } from './own-house';
import { type Foundation, layFoundation } from './parts';
import { PlatformModule } from './platform.module';
import { PostModule } from './post.module';
import { takeSeat } from './seat';
import { createApp, type Instruments, instruments, listen } from './serving';
import { behindGateway } from './service';
import { Services } from './services';
import { takeFolders } from './usable-folder';

/** A context as a composition root names it. */
export interface ContextModule extends Type {
  readonly schema: readonly SchemaPart[];
  /** What of its events crosses its border; absent where nothing does. */
  readonly publishes?: { readonly context: string; readonly toMessage: (event: RecordedEvent) => Message | undefined };
  /** Where it remembers, beside its consumers, how far it has read logs. */
  readonly places?: readonly PlaceColumn[];
  /** Holds its own durable record against an event store, e.g. after a move. */
  readonly agrees?: (databases: Databases, store: EventStore) => Promise<readonly Agreement[]>;
}
export interface Composition {
  /** For one of several processes: what it is called, e.g. `cases`. Absent: this process is the whole installation. */
  readonly service?: string;
  readonly contexts: readonly ContextModule[];
  /** Further modules of this process, e.g. the demo's. */
  readonly extra?: readonly (Type | DynamicModule)[];
  /** People the embedded issuer vouches for in demo mode; they sign in at the gateway, or here if this is the whole installation. */
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
interface Built extends Omit<Running, 'url'> {
  readonly services: Services;
  readonly log: Log;
  readonly listenUrl: { value: string };
  readonly operationsToken: string;
}
interface Front {
  readonly modules: readonly DynamicModule[];
  readonly http: Partial<HttpOptions>;
}

/** Builds the whole process without listening: for the API reference, the CLI, and as the first half of `startApplication`. */
export async function buildApplication(config: Config, composition: Composition): Promise<Built> {
  const tools = instruments(config);
  const { clock, log, metrics, readiness } = tools;
  const seat = composition.service === undefined ? undefined : takeSeat(config, composition.service);
  const schemas = composition.contexts.flatMap((context) => context.schema);
  const foundation = await layFoundation(config, clock, log, schemas, seat);
  try {
    const operationsToken = newOperationsToken();
    const listenUrl = { value: '' };
    const services = new Services(foundation, metrics, readiness, log, seat === undefined);
    const front = seat ? behindGateway(seat, foundation, services) : ownFront(tools, foundation, composition, listenUrl);
    const modules = [
      PlatformModule.of(foundation),
      ...front.modules,
      OperationsModule.of(operationsToken, foundation.recorder, () => config.PUBLIC_URL ?? listenUrl.value),
      ...composition.contexts,
      ...(composition.extra ?? []),
    ];
    const app = await createApp(tools, modules, { ...front.http, web: composition.web });
    app.connectMicroservice({ strategy: new ConsumerStrategy(services) });
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
  takeFolders(wanted);
  const config = settled(wanted);
  if (config.DEMO) markInvented(config);
  const { app, foundation, log, listenUrl, operationsToken, stop } = await buildApplication(config, composition);
  try {
    await app.startAllMicroservices();
    listenUrl.value = await listen(app, config);
    writeOperationsNote(folders(config.DATA_DIR).keys, { token: operationsToken, url: listenUrl.value, pid: process.pid });
    log.started();
    return { url: listenUrl.value, app, foundation, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** People sign in at this process itself. */
function ownFront({ config, tokens, log }: Instruments, foundation: Foundation, { personas }: Composition, at: { value: string }): Front {
  const signIn = new SignIn({
    sql: foundation.databases.pool(GATEWAY_ROLE),
    // A session lives in real time, also while invented data are written into the past.
    clock: new SystemClock(),
    tokens,
    baseUrl: () => config.PUBLIC_URL ?? at.value,
    limits: { idleMinutes: config.SESSION_IDLE_MINUTES, maxHours: config.SESSION_MAX_HOURS },
    contact: config.ACCESSIBILITY_CONTACT,
    issuer: issuerOf(config, personas),
    onFailure: recordFailedSignIn(foundation.vaults, foundation.recorder, log),
  });
  const modules = [SignInModule.of(signIn), OwnHouseModule.of(config), PostModule.of(foundation, () => signIn.origin)];
  return { modules, http: { middleware: signIn.middleware() } };
}

export function issuerOf(config: Config, personas: readonly Persona[]): ConstructorParameters<typeof SignIn>[0]['issuer'] {
  if (config.DEMO) return { personas };
  if (config.OIDC_ISSUER === undefined || config.OIDC_CLIENT_ID === undefined)
    return { accountsKey: derivedKey(sharedKeys(config), 'accounts'), house: config.SIGN_IN_NAME };
  const secret = config.OIDC_CLIENT_SECRET === undefined ? {} : { clientSecret: config.OIDC_CLIENT_SECRET };
  return { url: config.OIDC_ISSUER, clientId: config.OIDC_CLIENT_ID, ...secret };
}
