import { type DynamicModule, Module, type Type } from '@nestjs/common';
import { SpoolModule, SpoolRecorder, SpoolSource } from '@platform/auditing';
import { Config } from '@platform/config';
import { Databases } from '@platform/database';
import { InternalModule, Peers, PersonAssertions } from '@platform/internal';
import {
  createApp,
  derivedKey,
  folders,
  instruments,
  issuerOf,
  listen,
  recordFailedSignIn,
  remoteVaults,
  sharedKeys,
  SystemClock,
  takeSeat,
} from '@platform/runtime';
import { GATEWAY_ROLE, type Persona, SignIn, SignInModule, signInSchema } from '@platform/sign-in';
import { Forwarder } from './forwarding';
import { serveMergedOpenApi } from './merged-openapi';
import type { Routes } from './routing';

export interface GatewayComposition {
  /** Which paths belong to which service, in the order their descriptions are put together. */
  readonly routes: Routes;
  /** People the embedded issuer vouches for in demo mode. */
  readonly personas: readonly Persona[];
  /** Further modules of this process, e.g. the demo's doors. `Config` and `Peers` are there for them. */
  readonly extra?: readonly Type[];
  readonly version: string;
  /** Folder of the built browser application; one that was not built is passed over. */
  readonly web?: string;
}

/** The installation's one door: signs people in, keeps their sessions, and asks the services in their name. Knows no rule of any context. */
export async function startGateway(config: Config, composition: GatewayComposition): Promise<{ url: string; stop(): Promise<void> }> {
  if (config.DATABASE_URL === undefined) throw new Error('the gateway needs DATABASE_URL: it keeps sessions there');
  const tools = instruments(config);
  const { log, readiness, tokens } = tools;
  const seat = takeSeat(config, 'gateway');
  const databases = new Databases({ url: config.DATABASE_URL }, derivedKey(sharedKeys(config), 'database'));
  if (config.DATABASE_PREPARE) await databases.prepare([signInSchema]);
  const recorder = await SpoolRecorder.open(folders(config.DATA_DIR).spool, seat.instance, {
    freshRun: () => Math.floor(Date.now() / 1000),
  });
  const vaults = await remoteVaults(seat);
  const listenUrl = { value: '' };
  const signIn = new SignIn({
    sql: databases.pool(GATEWAY_ROLE),
    clock: new SystemClock(),
    tokens,
    baseUrl: () => config.PUBLIC_URL ?? listenUrl.value,
    limits: { idleMinutes: config.SESSION_IDLE_MINUTES, maxHours: config.SESSION_MAX_HOURS },
    contact: config.ACCESSIBILITY_CONTACT,
    issuer: issuerOf(config, composition.personas),
    onFailure: recordFailedSignIn(vaults, recorder, log),
  });
  const forwarder = new Forwarder({
    routes: composition.routes,
    peers: seat.peers,
    assertions: new PersonAssertions(seat.tokens.identity),
    patience: config.GATEWAY_PATIENCE_SECONDS * 1000,
  });
  readiness.add('sessions', async () => (await databases.pool(GATEWAY_ROLE).query('select 1'), true));
  readiness.add('audit-spool', () => recorder.health.state === 'open');
  const modules = [
    InternalModule.of(seat.name, seat.trust),
    SpoolModule.of(new SpoolSource(folders(config.DATA_DIR).spool)),
    SignInModule.of(signIn),
    CommonModule.of(config, seat.peers),
    ...(composition.extra ?? []),
  ];
  const app = await createApp(tools, modules, {
    middleware: signIn.middleware(),
    onward: [forwarder.handler],
    onwardPaths: Object.values(composition.routes).flat(),
    web: composition.web,
  });
  serveMergedOpenApi(app, composition.version, () =>
    Object.keys(composition.routes).map((service) => seat.peers.all(service)[0]?.url ?? 'http://absent.invalid'),
  );
  listenUrl.value = await listen(app, config);
  log.started();
  const settling = setInterval(() => void recorder.settle(new SystemClock().now()), 5_000).unref();
  const stop = async (): Promise<void> => {
    clearInterval(settling);
    forwarder.close();
    vaults.close();
    await app.close();
    await recorder.close();
    await databases.close();
  };
  return { url: listenUrl.value, stop };
}

@Module({})
class CommonModule {
  static of(config: Config, peers: Peers): DynamicModule {
    const providers = [
      { provide: Config, useValue: config },
      { provide: Peers, useValue: peers },
    ];
    return { module: CommonModule, global: true, providers, exports: providers };
  }
}
