import { Counter, Gauge, Histogram, Registry } from 'prom-client';

export interface Reading {
  /** Values are words of ours: consumer names, contexts, kinds. Never ids. */
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** What the process counts. Labels come from closed sets, so that nobody's activity can be read from them. */
export class Metrics {
  readonly #registry = new Registry();
  readonly #requests = new Histogram({
    name: 'raccordo_http_request_seconds',
    help: 'Time to answer, by route template, method and status.',
    labelNames: ['route', 'method', 'status'] as const,
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers: [this.#registry],
  });
  readonly #commands = new Counter({
    name: 'raccordo_commands_total',
    help: 'Commands by kind and effect: permitted, denied, refused.',
    labelNames: ['kind', 'effect'] as const,
    registers: [this.#registry],
  });
  readonly #failures = new Counter({
    name: 'raccordo_collector_failures_total',
    help: 'Gauges that could not be read.',
    labelNames: ['gauge'] as const,
    registers: [this.#registry],
  });

  request(route: string, method: string, status: number, seconds: number): void {
    this.#requests.observe({ route, method, status: String(status) }, seconds);
  }

  command(kind: string, effect: 'permitted' | 'denied' | 'refused'): void {
    this.#commands.inc({ kind, effect });
  }

  /**
   * A gauge that is read when somebody asks: lag of consumers, parked events, age of heartbeats, length of the audit spool.
   * A collector that fails leaves its gauge empty and is counted; the others are served.
   */
  gauge(name: string, help: string, labelNames: readonly string[], collect: () => Promise<readonly Reading[]> | readonly Reading[]): void {
    const failures = this.#failures;
    new Gauge({
      name: `raccordo_${name}`,
      help,
      labelNames: [...labelNames],
      registers: [this.#registry],
      async collect() {
        this.reset();
        try {
          for (const { labels, value } of await collect()) this.set(labels, value);
        } catch {
          failures.inc({ gauge: name });
        }
      },
    });
  }

  /** Prometheus text format. */
  text(): Promise<string> {
    return this.#registry.metrics();
  }
  get contentType(): string {
    return this.#registry.contentType;
  }
}
