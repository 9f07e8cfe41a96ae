import 'reflect-metadata';
import type { AddressInfo } from 'node:net';
import { Body, Controller, Get, HttpCode, Module, Param, Post, Query } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { type Actor, type Authority, Clock, DomainError, Ids, refused, systemActor } from '@platform/kernel';
import * as http from './index';

class HeldClock extends Clock {
  now = (): string => '2026-03-01T10:00:00.000Z';
}
class CountedIds extends Ids {
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
    if (by.expectedRevision !== 3) throw new Error('the revision was lost');
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

class KnownMembers extends http.Directory {
  actor = (login: string): Promise<Actor | undefined> => Promise.resolve(login === 'giulia' ? giulia : undefined);
}
@Module({
  imports: [http.HttpModule.forRoot({ tokens: new http.OpaqueTokens(Buffer.alloc(32, 1)), clock: new HeldClock(), ids: new CountedIds() })],
  controllers: [ThingsController, LooseController],
  providers: [{ provide: http.Directory, useClass: KnownMembers }],
})
class ThingsModule {}

describe('a request', () => {
  let app: NestExpressApplication;
  let base: string;
  const logged: unknown[] = [];

  beforeAll(async () => {
    app = await NestFactory.create<NestExpressApplication>(ThingsModule, { bodyParser: false, logger: false });
    const log = (line: unknown): void => void logged.push(line);
    app.useLogger({ log: () => undefined, warn: log, error: log });
    http.prepareHttp(app, {
      bodyLimitKb: 4,
      https: false,
      rates: { session: { burst: 50, perSecond: 1 } },
      middleware: [
        (request, _, next) => {
          const login = request.get('x-test-login');
          if (login) http.scopeOf(request).session = { id: request.get('x-test-session') ?? login, login, acr: 2 };
          next();
        },
      ],
    });
    await app.listen(0, '127.0.0.1');
    base = `http://127.0.0.1:${((app.getHttpServer() as { address(): unknown }).address() as AddressInfo).port}`;
  });
  afterAll(() => app.close());

  const call = async (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) => {
    const response = await fetch(base + path, {
      method,
      headers: { 'x-test-login': 'giulia', ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      text,
      body: (text === '' ? {} : JSON.parse(text)) as Record<string, unknown>,
    };
  };
  const valid = { label: 'Primo contatto', service: 'legal' };
  const faults = async (body: unknown): Promise<unknown> => {
    const { status, body: problem } = await call('POST', '/api/things', body);
    return [
      status,
      problem.title,
      ...((problem.errors ?? []) as { pointer: string; message: string }[]).map((e) => `${e.pointer} ${e.message.split(':')[0]}`),
    ];
  };

  it('reaches its handler with the authority of the caller', async () => {
    const { status, body } = await call('POST', '/api/things', { ...valid, people: 3, on: '2026-02-28', at: '2026-02-28T10:00:00Z' });
    expect([status, body.member, body.purpose]).toEqual([201, 'member-giulia', 'direct_assistance']);
    expect(body.body).toEqual({ ...valid, people: 3, on: '2026-02-28', at: '2026-02-28T10:00:00.000Z' });
  });

  it('is refused with a pointer at each faulty field', async () => {
    expect(await faults({ label: '', people: 9, on: '2026-02-30', at: '2026-02-28', recipient: { organisation: 'x' } })).toEqual([
      400,
      'request.invalid',
      '/label text.length',
      '/service field.required',
      '/people count.range',
      '/on date.form',
      '/at instant.form',
      '/recipient/organisation handle.form',
    ]);
  });

  it('is refused when it names a field nobody asked for, without repeating its name', async () => {
    const { status, text } = await call('POST', '/api/things', { ...valid, marioRossi: 1 });
    expect([status, text.includes('field.unknown'), text.includes('marioRossi')]).toEqual([400, true, false]);
    expect(await faults({ ...valid, recipient: { organisation: 'umbria.abcdefghijklmnopqrstuvwxyz', more: 1 } })).toContain(
      '/recipient field.unknown',
    );
  });

  it.each(['=1+1', '+39', '-2', '@sum', '\tx', '\rx', '＝1'])('is refused for the spreadsheet formula %j', async (label) => {
    expect(await faults({ ...valid, label })).toEqual([400, 'request.invalid', '/label text.formula']);
  });

  it.each(['a\u0000b', 'a\u202eb', 'a\u200bb', 'a\ud800b', 'a\nb', 'a\u{e0041}b'])(
    'is refused for the hidden character in %j',
    async (label) => {
      expect(await faults({ ...valid, label })).toEqual([400, 'request.invalid', '/label text.characters']);
    },
  );

  it.each(['lеgal', 'legal ', 'LEGAL', 'ｌegal', ['legal'], { $ne: 1 }, null])('takes %j for no code', async (service) => {
    expect(await faults({ ...valid, service })).toEqual([400, 'request.invalid', '/service code.unknown']);
  });

  it('has its text brought into one normal form', async () => {
    const { body } = await call('POST', '/api/things', { ...valid, label: 'Nicolo\u0300' });
    expect((body.body as { label: string }).label).toBe('Nicol\u00f2');
  });

  it('is refused inside lists with the place of the entry', async () => {
    const organisation = 'umbria.abcdefghijklmnopqrstuvwxyz';
    expect(await faults({ ...valid, others: [{ organisation }, { organisation, groups: ['HEA', 'XXX'] }] })).toEqual([
      400,
      'request.invalid',
      '/others/1/groups/1 code.unknown',
    ]);
    expect(await faults({ ...valid, others: [{ organisation }, { organisation }, { organisation }] })).toContain('/others list.length');
    expect(await faults({ ...valid, others: { organisation } })).toContain('/others list.type');
    expect(await faults({ ...valid, recipient: [{ organisation }] })).toContain('/recipient object.type');
  });

  it.each([
    ['{"label": "Mario Rossi"', 400, 'request.malformed'],
    ['"Mario Rossi"', 400, 'request.malformed'],
    ['[{"label":"Mario Rossi"}]', 400, 'request.invalid'],
    [`{"label":"${'Mario Rossi '.repeat(500)}"}`, 413, 'request.too-large'],
    [`{"label":${'['.repeat(1500)}${']'.repeat(1500)}}`, 400, 'request.invalid'],
    ['{"__proto__":{"admin":true},"label":"Mario Rossi","service":"legal"}', 400, 'request.invalid'],
    ['', 400, 'request.invalid'],
  ])('with the body %.40j is answered by a problem that quotes nothing', async (body, status, title) => {
    const answer = await call('POST', '/api/things', body);
    expect([answer.status, answer.body.title, answer.text.includes('Mario')]).toEqual([status, title, false]);
    expect(answer.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
  });

  it('is refused when its body is no JSON', async () => {
    const answer = await call('POST', '/api/things', 'label=x', { 'content-type': 'application/x-www-form-urlencoded' });
    expect([answer.status, answer.body.title]).toEqual([415, 'request.media-type']);
  });

  it('reads numbers, flags and single entries from a query, and nothing else', async () => {
    expect((await call('GET', '/api/things?page=2&open=true&kinds=a')).body).toEqual({ page: 2, open: true, kinds: ['a'] });
    expect((await call('GET', '/api/things?page=2&page=3')).status).toBe(400);
    expect((await call('GET', '/api/things?pages=2')).status).toBe(400);
  });

  it('shows in its problem the route and a trace id, but no id of a record', async () => {
    const { status, headers, body } = await call('POST', '/api/things/umbria.abcdefghijklmnopqrstuvwxyz/refusal?name=mario', {});
    expect([status, headers.get('content-type')]).toEqual([409, 'application/problem+json; charset=utf-8']);
    expect(body).toEqual({
      type: 'docs/reference/errors.md#thing.not-addressee',
      title: 'thing.not-addressee',
      status: 409,
      detail: 'Only the addressee may do this.',
      instance: '/api/things/{id}/refusal',
      traceId: expect.stringMatching(/^[0-9a-f]{32}$/) as unknown,
    });
    const lost = await call('GET', '/api/mario/rossi?x=1');
    expect([lost.status, lost.body.title, lost.body.instance]).toEqual([404, 'route.not-found', '/api/{id}/{id}']);
    expect((await call('GET', '/api/things/%FF/fault')).body.title).toBe('request.malformed');
  });

  it('continues the trace of its caller', async () => {
    const trace = '0af7651916cd43dd8448eb211c80319c';
    const { body } = await call('POST', '/api/things/x/refusal', {}, { traceparent: `00-${trace}-b7ad6b7169203331-01` });
    expect(body.traceId).toBe(trace);
  });

  it('that fails inside tells neither the caller nor the log what the error said', async () => {
    logged.length = 0;
    const { status, text, body } = await call('GET', '/api/things/42/fault');
    expect([status, body.title, text.includes('Mario')]).toEqual([500, 'internal.error', false]);
    expect(logged).toHaveLength(1);
    expect(JSON.stringify(logged)).toContain(body.traceId);
    expect(JSON.stringify(logged)).not.toContain('Mario');
  });

  it('is told when to try again', async () => {
    const { status, headers } = await call('GET', '/api/things/1/pause');
    expect([status, headers.get('retry-after')]).toEqual([503, '7']);
  });

  it('needs a session, and a session of an active member', async () => {
    const nobody = await call('GET', '/api/things', undefined, { 'x-test-login': '' });
    const stranger = await call('GET', '/api/things', undefined, { 'x-test-login': 'karim' });
    expect([nobody.status, nobody.body.title, stranger.status, stranger.body.title]).toEqual([
      401,
      'session.missing',
      403,
      'caller.not-a-member',
    ]);
  });

  it('may name a known purpose only', async () => {
    expect((await call('POST', '/api/things', valid, { 'Raccordo-Purpose': 'health_care' })).body.purpose).toBe('health_care');
    expect((await call('POST', '/api/things', valid, { 'Raccordo-Purpose': 'curiosity' })).body.title).toBe('purpose.unknown');
  });

  it('reaches no handler that declares nobody, or an act without knowing the caller', async () => {
    const [forgotten, loose, open] = await Promise.all([
      call('GET', '/api/things/1/forgotten'),
      call('GET', '/loose/act'),
      fetch(`${base}/loose/open`),
    ]);
    expect([forgotten.body.title, loose.body.title, open.status]).toEqual(['route.closed', 'route.closed', 200]);
    expect(
      http
        .routesOf(app)
        .filter((route) => !route.open)
        .map(({ path }) => path),
    ).toEqual(['/api/things/:id/forgotten', '/loose/act']);
    expect(http.routesOf(app).find((route) => route.act === 'AcceptThing')).toMatchObject({
      method: 'POST',
      path: '/api/things/:id/acceptance',
    });
  });

  it('that changes a record must state the version it decided on', async () => {
    const { headers } = await call('GET', '/api/things/1');
    const etag = headers.get('etag') ?? '';
    const accept = async (match?: string) =>
      (await call('POST', '/api/things/1/acceptance', {}, match ? { 'If-Match': match } : {})).status;
    expect(await Promise.all([accept(), accept('*'), accept('"old"'), accept(etag), accept(`"old", ${etag}`)])).toEqual([
      428, 428, 412, 204, 204,
    ]);
  });

  it('can carry on what the caller has written, and nobody can read or make that token', async () => {
    const { headers } = await call('GET', '/api/things/1');
    const written = await call('POST', '/api/things/1/acceptance', {}, { 'If-Match': headers.get('etag') ?? '' });
    const token = written.headers.get('Raccordo-Position') ?? '';
    expect(Buffer.from(token, 'base64url').includes('umbria')).toBe(false);
    const seen = await call('GET', '/api/things/1', undefined, { 'Raccordo-At-Least': token });
    expect(seen.body.seen).toEqual({ 'things@umbria': '0000000000000007' });
    expect((await call('GET', '/api/things/1', undefined, { 'Raccordo-At-Least': `${token.slice(0, -2)}AA` })).body.title).toBe(
      'request.at-least',
    );
  });

  it('sent twice under one key is one command', async () => {
    const send = async (key?: string) => (await call('POST', '/api/things', valid, key ? { 'Idempotency-Key': key } : {})).body;
    const [first, again, other, none, none2] = [
      await send('abcdefgh-1'),
      await send('abcdefgh-1'),
      await send('abcdefgh-2'),
      await send(),
      await send(),
    ];
    expect([first.commandId, first.made]).toEqual([again.commandId, again.made]);
    expect(new Set([first, other, none, none2].map((body) => body.commandId)).size).toBe(4);
    expect((await call('POST', '/api/things', valid, { 'Idempotency-Key': 'short' })).body.title).toBe('request.idempotency-key');
  });

  it('carries strict headers back', async () => {
    const { headers } = await call('GET', '/api/things');
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    expect([headers.get('x-powered-by'), headers.get('access-control-allow-origin'), headers.get('cache-control')]).toEqual([
      null,
      null,
      'no-store',
    ]);
    expect(headers.get('strict-transport-security')).toBeNull();
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  });

  it('beyond its rate is told to wait, and others are not', async () => {
    const hurry = (session: string) => call('GET', '/api/things', undefined, { 'x-test-session': session });
    const statuses: number[] = [];
    for (let n = 0; n < 52; n++) statuses.push((await hurry('fast')).status);
    expect([statuses.filter((status) => status === 200).length, statuses.at(-1)]).toEqual([50, 429]);
    expect((await hurry('fast')).headers.get('retry-after')).toBe('1');
    expect((await hurry('slow')).status).toBe(200);
  });
});
