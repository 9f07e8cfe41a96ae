import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import { type AnsweredRequest, startTracing, type Tracing } from './tracing';

interface Value {
  readonly stringValue?: string;
  readonly intValue?: number;
}
interface Sent {
  readonly traceId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly kind: number;
  readonly attributes: readonly { key: string; value: Value }[];
  readonly events: readonly unknown[];
  readonly status: { code?: number };
  readonly startTimeUnixNano: string;
  readonly endTimeUnixNano: string;
}
interface Body {
  readonly resourceSpans: readonly {
    resource: { attributes: readonly { key: string; value: Value }[] };
    scopeSpans: readonly { spans: readonly Sent[] }[];
  }[];
}

const request = (more: Partial<AnsweredRequest> = {}): AnsweredRequest => ({
  ...{ traceId: 'a'.repeat(32), parent: undefined, route: '/api/cases/{id}', method: 'GET', status: 200, act: 'ReadCase' },
  ...{ from: 1_900_000_000_000, to: 1_900_000_000_012, ...more },
});

/** A collector that keeps what it is sent. */
class Collecting {
  readonly bodies: string[] = [];
  readonly asked: { url: string | undefined; authorization: string | undefined }[] = [];
  readonly url: string;
  constructor(private readonly server: Server) {
    this.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  static async start(): Promise<Collecting> {
    const server = createServer((incoming, outgoing) => {
      const parts: Buffer[] = [];
      incoming.on('data', (part: Buffer) => void parts.push(part));
      incoming.on('end', () => {
        collecting.bodies.push(Buffer.concat(parts).toString('utf8'));
        collecting.asked.push({ url: incoming.url, authorization: incoming.headers.authorization });
        outgoing.writeHead(200, { 'content-type': 'application/json' }).end('{}');
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const collecting = new Collecting(server);
    return collecting;
  }
  get spans(): readonly Sent[] {
    return this.bodies
      .flatMap((body) => (JSON.parse(body) as Body).resourceSpans)
      .flatMap(({ scopeSpans }) => scopeSpans)
      .flatMap(({ spans }) => spans);
  }
  stop(): Promise<void> {
    return new Promise((resolve) => this.server.close(() => resolve()));
  }
}

describe('the traces of a service', () => {
  let collector: Collecting;
  let tracing: Tracing | undefined;
  const start = async (more: Partial<Parameters<typeof startTracing>[0]> = {}): Promise<Tracing> =>
    (tracing = await startTracing({ url: collector.url, token: undefined, percent: 100, version: '1.2.3', ...more }));
  beforeEach(async () => {
    collector = await Collecting.start();
  });
  afterEach(async () => {
    await tracing?.stop();
    await collector.stop();
  });

  it('are one span for a request, under the trace id the log and the answer name, told when the service stops', async () => {
    const traces = await start({ token: 'of-the-collector' });
    traces.answered(request());
    traces.answered(request({ traceId: 'b'.repeat(32), parent: '00f067aa0ba902b7', status: 503, method: 'POST', act: undefined }));
    await traces.stop();
    expect(collector.asked).toEqual([{ url: '/v1/traces', authorization: 'Bearer of-the-collector' }]);
    const [first, second] = collector.spans;
    expect(first).toMatchObject({ traceId: 'a'.repeat(32), name: 'GET /api/cases/{id}', kind: 2, status: { code: 0 } });
    expect(first?.parentSpanId ?? '').toBe('');
    expect(Number(BigInt(first?.endTimeUnixNano ?? 0) - BigInt(first?.startTimeUnixNano ?? 0)) / 1e6).toBe(12);
    expect(first?.attributes).toEqual([
      { key: 'http.request.method', value: { stringValue: 'GET' } },
      { key: 'http.route', value: { stringValue: '/api/cases/{id}' } },
      { key: 'http.response.status_code', value: { intValue: 200 } },
      { key: 'raccordo.act', value: { stringValue: 'ReadCase' } },
    ]);
    expect(second).toMatchObject({ traceId: 'b'.repeat(32), parentSpanId: '00f067aa0ba902b7', status: { code: 2 } });
  });

  it('say of the machine and of the process nothing but the product’s name and version', async () => {
    const traces = await start();
    traces.answered(request());
    await traces.stop();
    const [sent] = (JSON.parse(collector.bodies[0] ?? '{}') as Body).resourceSpans;
    expect(sent?.resource.attributes).toEqual([
      { key: 'service.name', value: { stringValue: 'raccordo' } },
      { key: 'service.version', value: { stringValue: '1.2.3' } },
    ]);
  });

  it('hold nothing but allowed words in allowed places, whatever is put into them', async () => {
    const traces = await start();
    const anything = fc.record({
      route: fc.oneof(fc.string(), fc.constant('/api/cases/Mario Rossi')),
      method: fc.oneof(fc.string(), fc.constant('get me')),
      act: fc.oneof(fc.string(), fc.constant('Mario Rossi')),
      status: fc.oneof(fc.integer({ min: 100, max: 599 }), fc.constant(Number.NaN)),
    });
    fc.assert(
      fc.property(anything, (said) => traces.answered(request(said))),
      { seed: 5, numRuns: 300 },
    );
    await traces.stop();
    expect(collector.spans).toHaveLength(300);
    const texts = collector.spans.flatMap(({ name, attributes }) => [
      ...name.split(' '),
      ...attributes.map(({ value }) => value.stringValue ?? ''),
    ]);
    expect(texts.filter((text) => !/^[\w./{}-]{0,200}$/.test(text))).toEqual([]);
    expect(collector.bodies.join()).not.toContain('Mario');
    const keys = new Set(collector.spans.flatMap(({ attributes }) => attributes.map(({ key }) => key)));
    expect([...keys].sort()).toEqual(['http.request.method', 'http.response.status_code', 'http.route', 'raccordo.act']);
    expect(collector.spans.flatMap(({ events }) => events)).toEqual([]);
  });

  it('are sent for the share that was asked for, each as a whole or not at all', async () => {
    const traces = await start({ percent: 10 });
    for (let n = 0; n < 500; n++)
      traces.answered(
        request({ traceId: ((BigInt(n + 1) * 0x9e3779b97f4a7c15f39cc0605cedc835n) & ((1n << 128n) - 1n)).toString(16).padStart(32, '0') }),
      );
    await traces.stop();
    expect(collector.spans.length).toBeGreaterThan(20);
    expect(collector.spans.length).toBeLessThan(90);
  });

  it('keep nobody from stopping while the collector is away', async () => {
    await collector.stop();
    const traces = await start();
    traces.answered(request());
    const began = process.hrtime.bigint();
    await traces.stop();
    expect(Number(process.hrtime.bigint() - began) / 1e6).toBeLessThan(4000);
    collector = await Collecting.start();
  });
});
