import 'reflect-metadata';
import type { AddressInfo } from 'node:net';
import { type DynamicModule, Get, Module, Post } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import * as http from '@platform/http';
import { type Actor, type Authority, Clock, Ids, systemActor } from '@platform/kernel';
import { demoLogin, GATEWAY_ROLE, type FailedSignIn, SignIn, SignInModule, type SignInOptions, signInSchema } from '../src/index';
import { type SpecDatabase, specDatabase } from '../../event-store/test/spec-database';

export class HeldClock extends Clock {
  #now = Date.UTC(2026, 2, 1, 9);
  now = (): string => new Date(this.#now).toISOString();
  pass(minutes: number): void {
    this.#now += minutes * 60_000;
  }
}
class CountedIds extends Ids {
  #n = 0;
  next = (): string => `00000000-0000-7000-8000-${String(++this.#n).padStart(12, '0')}`;
}

@http.ContextController('whoami', 'whoami')
class WhoAmIController {
  @Get()
  @http.Act('AskWho')
  who(@http.By() by: Authority): object {
    return { member: by.actor.member, acr: by.actor.acr, session: by.actor.session };
  }

  @Post()
  @http.Act('ChangeWho')
  change(@http.By() by: Authority): object {
    return { member: by.actor.member };
  }
}

export const PERSONAS = [
  { sub: 'giulia', name: 'Giulia Esempio', label: 'operatrice <Umbria>' },
  { sub: 'karim', name: 'Karim Esempio', label: 'mediatore, Umbria' },
];

/** A service with sign-in, on a free port and a database of its own. */
export class SignInApp {
  readonly failures: FailedSignIn[] = [];
  readonly clock = new HeldClock();
  /** Members by login. */
  readonly members = new Map([[demoLogin('giulia'), 'member-giulia']]);
  base = '';
  signIn!: SignIn;
  #app!: NestExpressApplication;

  private constructor(readonly database: SpecDatabase) {}

  static async start(change: Partial<SignInOptions> = {}): Promise<SignInApp> {
    const started = new SignInApp(await specDatabase([signInSchema]));
    await started.#listen(change);
    return started;
  }

  async #listen(change: Partial<SignInOptions>): Promise<void> {
    const tokens = new http.OpaqueTokens(Buffer.alloc(32, 5));
    this.signIn = new SignIn({
      sql: this.database.databases.pool(GATEWAY_ROLE),
      clock: this.clock,
      tokens,
      baseUrl: () => this.base,
      limits: { idleMinutes: 20, maxHours: 10 },
      issuer: { personas: PERSONAS },
      onFailure: (failure) => void this.failures.push(failure),
      ...change,
    });
    const { members } = this;
    const directory = new (class extends http.Directory {
      actor = (login: string, session: { id: string; acr: number }): Promise<Actor | undefined> =>
        Promise.resolve(
          members.has(login)
            ? { ...systemActor('umbria'), member: members.get(login) ?? '', session: session.id, acr: session.acr }
            : undefined,
        );
    })();
    const module: DynamicModule = {
      module: Root,
      imports: [http.HttpModule.forRoot({ tokens, clock: this.clock, ids: new CountedIds() }), SignInModule.of(this.signIn)],
      controllers: [WhoAmIController],
      providers: [{ provide: http.Directory, useValue: directory }],
    };
    this.#app = await NestFactory.create<NestExpressApplication>(module, { bodyParser: false, logger: ['error'] });
    http.prepareHttp(this.#app, { bodyLimitKb: 4, https: false, middleware: this.signIn.middleware() });
    await this.#app.listen(0, '127.0.0.1');
    this.base = `http://127.0.0.1:${((this.#app.getHttpServer() as { address(): unknown }).address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    await this.#app.close();
    await this.database.drop();
  }
}

@Module({})
class Root {}
