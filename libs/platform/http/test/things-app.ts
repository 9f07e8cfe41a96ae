import 'reflect-metadata';
import type { AddressInfo } from 'node:net';
import { Body, Controller, Get, HttpCode, Module, Param, Post, Query } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { RequestHandler } from 'express';
import { type Actor, type Authority, Clock, DomainError, Ids, notFound, refused, systemActor } from '@platform/kernel';
import * as http from '../src/index';

export class HeldClock extends Clock {
  now = (): string => '2026-03-01T10:00:00.000Z';
}
export class CountedIds extends Ids {
  #n = 0;
  next = (): string => `00000000-0000-7000-8000-${String(++this.#n).padStart(12, '0')}`;
}

class Recipient {
  @http.Handle() organisation!: string;
  @http.ListOf(http.code(['HEA', 'LEG']), { max: 2, optional: true }) groups?: string[];
}
class OpenBody {
  @http.Text({ max: 20 }) label!: string;
  @http.Code(['legal', 'health']) service!: string;
  @http.Count({ min: 1, max: 5, optional: true }) people?: number;
  @http.DateOnly({ optional: true }) on?: string;
  @http.Instant({ optional: true }) at?: string;
  @http.Text({ max: 500, lines: true, optional: true }) note?: string;
  @http.Nested(() => Recipient, { optional: true }) recipient?: Recipient;
  @http.ListOf(() => Recipient, { max: 2, optional: true }) others?: Recipient[];
}
class PageQuery {
  @http.Count({ min: 1, max: 9, optional: true, query: true }) page?: number;
  @http.Flag({ optional: true, query: true }) open?: boolean;
  @http.ListOf(http.code(['a', 'b']), { max: 2, optional: true, query: true }) kinds?: string[];
}

const giulia: Actor = { ...systemActor('umbria'), member: 'member-giulia', organisation: 'organisation-1', session: 's1', acr: 2 };

@http.ContextController('things', 'things')
class ThingsController {
  @Post()
  @http.Act('OpenThing')
  open(@Body() body: OpenBody, @http.By() by: Authority): object {
    return { body, member: by.actor.member, purpose: by.purpose, commandId: by.commandId, made: http.newStreamId('thing', by.commandId) };
  }

  @Get()
  @http.Act('ListThings')
  list(@Query() query: PageQuery): object {
    return query;
  }

  @Get(':id')
  @http.Act('ReadThing')
  one(@Param('id') id: string, @http.Http() exchange: http.Exchange): object {
    exchange.tag('thing-1', 3);
    return { seen: exchange.atLeast(), id };
  }

  @Post(':id/acceptance')
  @HttpCode(204)
  @http.Act('AcceptThing')
  accept(@http.Http() exchange: http.Exchange): void {
    const by = exchange.matching('thing-1', 3);
    // As the pipeline does.
    if (by.expectedRevision === 'unstated')
      throw new DomainError('thing.precondition-missing', 'precondition-missing', 'State which version you decided on.');
    if (by.expectedRevision !== 3) throw new DomainError('thing.stale', 'stale', 'The record has changed.');
    exchange.wrote({ log: 'things@umbria', position: '0000000000000007' });
  }

  @Post(':id/refusal')
  @http.Act('RefuseThing')
  refuse(): void {
    throw refused('thing.not-addressee', 'Only the addressee may do this.');
  }

  @Get(':id/fault')
  @http.Act('BreakThing')
  fault(@Param('id') id: string): void {
    throw new Error(`Mario Rossi is ${id}`);
  }

  @Get(':id/pause')
  @http.Act('PauseThing')
  pause(): void {
    throw new DomainError('store.down', 'unavailable', 'The store is down.', [], 7);
  }

  @Post(':id/search')
  @http.Act('SearchThing')
  search(): void {
    throw notFound('thing');
  }

  @Get(':id/forgotten')
  forgotten(): string {
    return 'secret';
  }
}

@Controller('loose')
class LooseController {
  @Get('act')
  @http.Act('LooseAct')
  act(): string {
    return 'secret';
  }

  @Get('open')
  @http.Public()
  open(): string {
    return 'hello';
  }
}

/** Everybody who was turned away in this process. */
export const turnedAway: http.TurnedAway[] = [];
/** Everybody who asked for what is not there: who, act, code. */
export const foundNothing: [string, string, string][] = [];

class KnownMembers extends http.Directory {
  actor = (login: string): Promise<Actor | undefined> => Promise.resolve(login === 'giulia' ? giulia : undefined);
}
@Module({
  imports: [http.HttpModule.forRoot({ tokens: new http.OpaqueTokens(Buffer.alloc(32, 1)), clock: new HeldClock(), ids: new CountedIds() })],
  controllers: [ThingsController, LooseController],
  providers: [
    { provide: http.Directory, useClass: KnownMembers },
    {
      provide: http.Doorkeeper,
      useValue: {
        turnedAway: (who: http.TurnedAway) => Promise.resolve(void turnedAway.push(who)),
        foundNothing: (by: Authority, act: string, { code }: DomainError) =>
          Promise.resolve(void foundNothing.push([by.actor.member, act, code])),
      },
    },
  ],
})
class ThingsModule {}

export interface Answered {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly body: Record<string, unknown>;
}

/** A small application with everything a context's controller uses, on a free port. */
export class ThingsApp {
  /** What reached the log at warning or above. */
  readonly logged: unknown[] = [];
  #calls = 0;

  private constructor(
    readonly app: NestExpressApplication,
    readonly base: string,
  ) {}

  static async start(): Promise<ThingsApp> {
    const app = await NestFactory.create<NestExpressApplication>(ThingsModule, { bodyParser: false, logger: false });
    http.prepareHttp(app, { bodyLimitKb: 4, https: false, rates: { session: { burst: 50, perSecond: 1 } }, middleware: [signedIn] });
    http.serveOpenApi(app, '0.0.1');
    await app.listen(0, '127.0.0.1');
    const { port } = (app.getHttpServer() as { address(): unknown }).address() as AddressInfo;
    const things = new ThingsApp(app, `http://127.0.0.1:${port}`);
    const log = (line: unknown): void => void things.logged.push(line);
    app.useLogger({ log: () => undefined, warn: log, error: log });
    return things;
  }

  stop = (): Promise<void> => this.app.close();

  /** As Giulia, each call in a session of its own, unless the headers say otherwise. */
  async call(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answered> {
    const session = `s${++this.#calls}`;
    const response = await fetch(this.base + path, {
      method,
      headers: {
        'x-test-login': 'giulia',
        'x-test-session': session,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      text,
      body: (text === '' ? {} : JSON.parse(text)) as Record<string, unknown>,
    };
  }
}

/** Stands for sign-in. */
const signedIn: RequestHandler = (request, _, next) => {
  const login = request.get('x-test-login');
  if (login) http.scopeOf(request).session = { id: request.get('x-test-session') ?? login, login, acr: 2 };
  next();
};
