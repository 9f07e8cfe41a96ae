import type { Span, SpanStatusCode } from '@opentelemetry/api';
import type { SpanExporter, TracerProvider } from '@opentelemetry/sdk-trace';
import { allowed, type LogLine } from './log-line';

/** One answered request, as a span tells it: what the log line tells, without the person's token. */
export interface AnsweredRequest {
  readonly traceId: string;
  /** Span of the caller, from `traceparent`. */
  readonly parent: string | undefined;
  readonly route: string;
  readonly method: string;
  readonly status: number;
  readonly act: string | undefined;
  /** Milliseconds since 1970. */
  readonly from: number;
  readonly to: number;
}

/** Where traces go; nothing at all unless a collector is set. */
export abstract class Tracing {
  abstract answered(request: AnsweredRequest): void;
  /** Sends what waits, for two seconds at most. */
  abstract stop(): Promise<void>;
  /** Called by Nest when the application ends. */
  onApplicationShutdown(): Promise<void> {
    return this.stop();
  }
}

export class NoTracing extends Tracing {
  answered(): void {}
  stop(): Promise<void> {
    return Promise.resolve();
  }
}

export interface Collector {
  /** Base address of an OpenTelemetry collector: `/v1/traces` is added. */
  readonly url: string;
  readonly token: string | undefined;
  /** How many of a hundred traces are sent; a trace is sent as a whole or not at all. */
  readonly percent: number;
  readonly version: string;
}

const PATIENCE = 2000;
const SENT = 1;
const SERVER = 1; // SpanKind.SERVER
const FAILED: SpanStatusCode.ERROR = 2;

/**
 * Loads OpenTelemetry and sends spans to a collector over OTLP/HTTP. The packages are loaded here and nowhere else: without a collector they
 * never are. No instrumentation is installed that reads what passes: a span holds exactly what is put into it below.
 * @param exporter instead of the collector's, for specs
 */
export async function startTracing(collector: Collector, exporter?: SpanExporter): Promise<Tracing> {
  const [api, sdk, otlp, resources] = await Promise.all([
    import('@opentelemetry/api'),
    import('@opentelemetry/sdk-trace'),
    import('@opentelemetry/exporter-trace-otlp-http'),
    import('@opentelemetry/resources'),
  ]);
  // A trace keeps the id that stands in the log and in the answer's `traceId`.
  const ids = new (class extends sdk.RandomIdGenerator {
    next = '';
    override generateTraceId = (): string => this.next;
  })();
  const headers: Record<string, string> = collector.token === undefined ? {} : { authorization: `Bearer ${collector.token}` };
  const url = `${collector.url.replace(/\/$/, '')}/v1/traces`;
  const provider = new sdk.TracerProvider({
    idGenerator: ids,
    sampler: new sdk.TraceIdRatioBasedSampler(collector.percent / 100),
    resource: resources.resourceFromAttributes({ 'service.name': 'raccordo', 'service.version': collector.version }),
    spanProcessors: [
      new sdk.BatchSpanProcessor({ exporter: exporter ?? new otlp.OTLPTraceExporter({ url, headers, timeoutMillis: PATIENCE }) }),
    ],
  });
  const tracer = provider.getTracer('raccordo');
  const under = (traceId: string, parent: string | undefined): ReturnType<typeof api.trace.setSpanContext> => {
    const root = api.ROOT_CONTEXT;
    return parent === undefined ? root : api.trace.setSpanContext(root, { traceId, spanId: parent, traceFlags: SENT, isRemote: true });
  };
  const begin = ({ traceId, parent, from, ...said }: AnsweredRequest): Span => {
    ids.next = traceId;
    return tracer.startSpan(nameOf(said), { kind: SERVER, startTime: from, attributes: attributesOf(said) }, under(traceId, parent));
  };
  return new (class extends Tracing {
    answered(request: AnsweredRequest): void {
      const span = begin(request);
      if (request.status >= 500) span.setStatus({ code: FAILED });
      span.end(request.to);
    }
    stop = (): Promise<void> => ending(provider);
  })();
}

type Said = Pick<LogLine, 'method' | 'route' | 'status' | 'act'>;

/** The same form as a field of a log line, or it is withheld. */
function attributesOf(given: Said): Record<string, string | number> {
  const { method, route, status, act } = allowed({ method: given.method, route: given.route, status: given.status, act: given.act });
  const named = { 'http.request.method': method, 'http.route': route, 'http.response.status_code': status, 'raccordo.act': act };
  return Object.fromEntries(Object.entries(named).filter((entry): entry is [string, string | number] => entry[1] !== undefined));
}

const nameOf = (said: Said): string => {
  const { 'http.request.method': method, 'http.route': route } = attributesOf(said);
  return `${method} ${route}`;
};

async function ending(provider: TracerProvider): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, PATIENCE);
  });
  // A collector that is away keeps nobody from stopping.
  await Promise.race([provider.shutdown().catch(() => undefined), late]);
  clearTimeout(timer);
}
