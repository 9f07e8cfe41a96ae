import type { AddressInfo } from 'node:net';
import { Get, type INestApplication, Logger, Module, Param, Post } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import fc from 'fast-check';
import * as http from '@platform/http';
import { Clock, Ids, systemActor } from '@platform/kernel';
import { Log, Metrics, ObservabilityModule, Readiness, requestLog } from './index';

class HeldClock extends Clock {
  now = (): string => '2026-03-01T10:00:00.000Z';
}
class OneId extends Ids {
  next = (): string => '00000000-0000-7000-8000-000000000001';
}
const MEMBER = 'member-0193aaaa-0000-7000-8000-00000000000a';

@http.ContextController('cases', 'cases')
class CasesController {
  readonly #logger = new Logger('CasesController');

  @Get(':id')
  @http.Act('ReadCase')
  read(@Param('id') id: string): object {
    this.#logger.warn(`somebody read ${id}`);
    return { id };
  }
  @Post(':id/fault')
  @http.Act('BreakCase')
  fault(@Param('id') id: string): void {
    throw new Error(`duplicate key (fiscal_code)=(${id})\n    at Mario Rossi (secret)`);
  }
}
const directory = { actor: () => Promise.resolve({ ...systemActor('umbria'), member: MEMBER }) };

const started = async (metricsToken?: string) => {
  const lines: Record<string, unknown>[] = [];
  const [log, metrics, readiness] = [
    new Log('trace', { write: (line) => void lines.push(JSON.parse(line) as Record<string, unknown>) }),
    new Metrics(),
    new Readiness(30),
  ];
  @Module({
    imports: [
      http.HttpModule.forRoot({ tokens: new http.OpaqueTokens(Buffer.alloc(32, 1)), clock: new HeldClock(), ids: new OneId() }),
      ObservabilityModule.of({ log, metrics, readiness, metricsToken }),
    ],
    controllers: [CasesController],
    providers: [{ provide: http.Directory, useValue: directory }],
  })
  class Root {}
  const app = await NestFactory.create<NestExpressApplication>(Root, { bodyParser: false, logger: log });
  http.prepareHttp(app, {
    bodyLimitKb: 4,
    https: false,
    outermost: [requestLog(log, metrics)],
    middleware: [
      (request, _, next) => {
        http.scopeOf(request).session = { id: 's', login: 'giulia', acr: 2 };
        next();
      },
    ],
  });
  await app.listen(0, '127.0.0.1');
  const startup = lines.splice(0);
  log.started();
  const { port } = (app.getHttpServer() as { address(): unknown }).address() as AddressInfo;
  return { app: app as INestApplication, log, metrics, readiness, lines, startup, base: `http://127.0.0.1:${port}` };
};

describe('the log of a service', () => {
  let service: Awaited<ReturnType<typeof started>>;
  beforeAll(async () => {
    service = await started();
  });
  afterAll(() => service.app.close());
  beforeEach(() => void service.lines.splice(0));
  const lineOf = async (event: string): Promise<Record<string, unknown>> => {
    for (;;) {
      const line = service.lines.find((one) => one.event === event);
      if (line) return line;
      await new Promise((resolve) => setImmediate(resolve));
    }
  };

  it('has one line for a request: its route, its act and a token, but no id, query or person', async () => {
    await (await fetch(`${service.base}/api/cases/umbria.abcdefghijklmnopqrstuvwxyz?name=mario`)).text();
    const line = await lineOf('request');
    expect(line).toMatchObject({ level: 'info', method: 'GET', route: '/api/cases/{id}', status: 200, act: 'ReadCase' });
    expect(line.actor).toMatch(/^[\w-]{12}$/);
    expect(line.traceId).toMatch(/^[0-9a-f]{32}$/);
    for (const hidden of ['abcdefghijklm', 'mario', 'giulia', MEMBER]) expect(JSON.stringify(service.lines)).not.toContain(hidden);
  });

  it('says where an error came from and never what it said', async () => {
    const answer = (await (await fetch(`${service.base}/api/cases/RSSMRA80A01D612X/fault`, { method: 'POST' })).json()) as {
      traceId: string;
    };
    const line = await lineOf('line');
    expect(line).toMatchObject({ level: 'error', code: 'internal.error', traceId: answer.traceId, route: '/api/cases/{id}/fault' });
    expect(line.at).toMatch(/^Error \| at CasesController.fault/);
    await lineOf('request');
    for (const hidden of ['RSSMRA', 'Mario', 'fiscal_code']) expect(JSON.stringify(service.lines)).not.toContain(hidden);
  });

  it('speaks in words only while the service starts', async () => {
    expect(service.startup.find((line) => String(line.text).includes('/api/cases/:id'))).toMatchObject({
      level: 'debug',
      context: 'RouterExplorer',
    });
    await (await fetch(`${service.base}/api/cases/mario`)).text();
    await lineOf('request');
    expect(service.lines.filter((line) => line.level === 'warn')).toEqual([
      { level: 'warn', time: expect.any(String) as unknown, event: 'framework', context: 'CasesController' },
    ]);
    service.log.error('Cannot read Mario', 'stack', 'ExceptionsHandler');
    expect(JSON.stringify(service.lines)).not.toContain('Mario');
  });

  it('drops every field nobody allowed, and withholds what is in the wrong place', () => {
    service.log.write('info', 'consumer.parked', { consumer: 'case-list', region: 'Mario Rossi', ms: Number.NaN, count: 3 });
    service.log.log({
      event: 'x',
      name: 'Mario Rossi',
      text: 'Mario Rossi',
      body: { fiscalCode: 'RSSMRA80A01D612X' },
      __proto__: { code: 'y' },
    });
    expect(service.lines.map((line) => ({ ...line, time: 'now' }))).toEqual([
      { level: 'info', time: 'now', event: 'consumer.parked', consumer: 'case-list', region: 'withheld', ms: 'withheld', count: 3 },
      { level: 'info', time: 'now', event: 'x' },
    ]);
  });

  it('writes nothing but allowed fields, whatever it is given', () => {
    const names =
      'level time event traceId actor act noun revision code ms status method route consumer context region count lag attempt port at'.split(
        ' ',
      );
    fc.assert(
      fc.property(fc.anything(), fc.anything(), (message, rest) => {
        service.lines.splice(0);
        service.log.warn(message, rest);
        expect(service.lines).toHaveLength(1);
        expect(Object.keys(service.lines[0] ?? {}).filter((name) => !names.includes(name))).toEqual([]);
      }),
      { seed: 11, numRuns: 300 },
    );
  });
});

describe('the health of a service', () => {
  let service: Awaited<ReturnType<typeof started>>;
  beforeEach(async () => {
    service = await started();
  });
  afterEach(() => service.app.close());
  const ready = async (): Promise<unknown> => {
    const response = await fetch(`${service.base}/health/ready`);
    return [response.status, await response.json()];
  };

  it('is alive as long as it answers', async () => {
    for (const path of ['/health', '/health/live']) expect(await (await fetch(service.base + path)).text()).toBe('ok');
  });

  it('is ready when every part works; a part that fails, throws or keeps silent is named without a reason', async () => {
    expect(await ready()).toEqual([200, { ready: true, parts: {} }]);
    service.readiness.add('event-store', () => true);
    expect(await ready()).toEqual([200, { ready: true, parts: { 'event-store': true } }]);
    service.readiness.add('bus', () => Promise.reject(new Error('password of 10.0.0.1 wrong')));
    service.readiness.add('audit-spool', () => new Promise(() => undefined));
    expect(await ready()).toEqual([503, { ready: false, parts: { 'event-store': true, bus: false, 'audit-spool': false } }]);
  });
});

describe('the metrics of a service', () => {
  it('count requests by route template, commands by effect, and read gauges when asked', async () => {
    const service = await started();
    await (await fetch(`${service.base}/api/cases/mario`)).text();
    await (await fetch(`${service.base}/nowhere/mario`)).text();
    service.metrics.command('OpenCase', 'permitted');
    let lag = 4;
    service.metrics.gauge('consumer_lag_events', 'Events a consumer is behind.', ['consumer'], () => [
      { labels: { consumer: 'case-list' }, value: lag },
    ]);
    service.metrics.gauge('audit_spool_bytes', 'Length of the audit spool.', [], () => Promise.reject(new Error('gone')));
    const read = async (): Promise<string> => (await fetch(`${service.base}/metrics`)).text();
    expect(await read()).toContain('raccordo_consumer_lag_events{consumer="case-list"} 4');
    lag = 0;
    const text = await read();
    expect(text).toContain('raccordo_consumer_lag_events{consumer="case-list"} 0');
    expect(text).toContain('raccordo_http_request_seconds_count{route="/api/cases/{id}",method="GET",status="200"} 1');
    expect(text).toContain('raccordo_commands_total{kind="OpenCase",effect="permitted"} 1');
    expect(text).toContain('raccordo_collector_failures_total{gauge="audit_spool_bytes"}');
    expect(text).not.toContain('mario');
    await service.app.close();
  });

  it('are not for everybody: this machine without a proxy, or whoever holds the token', async () => {
    const [open, guarded] = [await started(), await started('a-token-of-some-length-1')];
    const status = async (base: string, headers: Record<string, string> = {}): Promise<number> =>
      (await fetch(`${base}/metrics`, { headers })).status;
    expect([await status(open.base), await status(open.base, { 'x-forwarded-for': '198.51.100.7' })]).toEqual([200, 404]);
    expect([await status(guarded.base), await status(guarded.base, { authorization: 'Bearer a-token-of-some-length-2' })]).toEqual([
      404, 404,
    ]);
    expect(await status(guarded.base, { authorization: 'Bearer a-token-of-some-length-1' })).toBe(200);
    await Promise.all([open.app.close(), guarded.app.close()]);
  });
});
