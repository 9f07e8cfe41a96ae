import type { AddressInfo } from 'node:net';
import { Get, Module, Req, Res } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Request, Response as Answer } from 'express';
import { systemActor } from '@platform/kernel';
import { CountedIds, HeldClock } from '../test/things-app';
import * as http from './index';

/** Events the stream gives out, and what it was asked. */
class Source {
  readonly askedAfter: http.Positions[] = [];
  readonly ended: boolean[] = [];
  signedIn = true;
  member = true;
  teams: readonly string[] = ['team-1'];
  #queue: http.StreamedEvent[] = [];
  #wake = (): void => undefined;

  give(position: number, data: unknown): void {
    this.#queue.push({ type: 'ReferralSent', data, log: 'referrals@umbria', position: String(position).padStart(16, '0') });
    this.#wake();
  }

  async *read(after: http.Positions, signal: AbortSignal): AsyncIterable<http.StreamedEvent> {
    this.askedAfter.push(after);
    while (!signal.aborted) {
      const next = this.#queue.shift();
      if (next) yield next;
      else
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
          signal.addEventListener('abort', () => resolve());
        });
    }
    this.ended.push(true);
  }
}
const source = new Source();

@http.ContextController('news', 'news')
class NewsController {
  @Get()
  @http.Act('WatchNews')
  watch(@Req() request: Request, @Res() response: Answer): Promise<void> {
    return http.streamEvents(request, response, {
      source: (after, signal) => source.read(after, signal),
      heartbeat: 20,
    });
  }
}
const directory = { actor: () => Promise.resolve(source.member ? { ...systemActor('umbria'), teams: source.teams } : undefined) };
@Module({
  imports: [http.HttpModule.forRoot({ tokens: new http.OpaqueTokens(Buffer.alloc(32, 1)), clock: new HeldClock(), ids: new CountedIds() })],
  controllers: [NewsController],
  providers: [{ provide: http.Directory, useValue: directory }],
})
class NewsModule {}

describe('an event stream', () => {
  let app: NestExpressApplication;
  let url: string;
  beforeAll(async () => {
    app = await NestFactory.create<NestExpressApplication>(NewsModule, { bodyParser: false, logger: false });
    http.prepareHttp(app, {
      bodyLimitKb: 4,
      https: false,
      middleware: [
        (request, _, next) => {
          const scope = http.scopeOf(request);
          scope.session = { id: 's', login: 'giulia', acr: 2 };
          scope.stillSignedIn = () => Promise.resolve(source.signedIn);
          next();
        },
      ],
    });
    await app.listen(0, '127.0.0.1');
    url = `http://127.0.0.1:${((app.getHttpServer() as { address(): unknown }).address() as AddressInfo).port}/api/news`;
  });
  afterAll(() => app.close());
  beforeEach(() => void Object.assign(source, { signedIn: true, member: true, teams: ['team-1'] }));

  /** Reads until the text fits; the reader keeps what came. */
  const open = async (headers: Record<string, string> = {}) => {
    const stop = new AbortController();
    const response = await fetch(url, { headers, signal: stop.signal });
    const chunks = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    let text = '';
    const until = async (pattern: RegExp): Promise<string> => {
      while (!pattern.test(text)) {
        const chunk = await chunks?.read();
        if (!chunk || chunk.done) return text;
        text += chunk.value;
      }
      return text;
    };
    /** Until the source has heard of it: it would go on giving to whoever is gone. */
    const close = async (): Promise<void> => {
      const before = source.ended.length;
      stop.abort();
      while (source.ended.length === before) await new Promise((resolve) => setImmediate(resolve));
    };
    return { response, until, close };
  };

  it('carries events with ids that hold no readable position', async () => {
    const { response, until, close } = await open();
    source.give(7, { referral: 'umbria.x' });
    const text = await until(/data: .*umbria/);
    expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    expect(text).toMatch(/id: [\w-]{100,}\nevent: ReferralSent\ndata: {"referral":"umbria.x"}\n\n/);
    const id = /id: ([\w-]+)/.exec(text)?.[1] ?? '';
    expect(Buffer.from(id, 'base64url').toString('latin1')).not.toContain('0007');
    await close();
  });

  it('goes on after the last event its reader has seen', async () => {
    const first = await open();
    source.give(8, {});
    const id = /id: ([\w-]+)/.exec(await first.until(/id: .*\n/))?.[1] ?? '';
    await first.close();
    const second = await open({ 'Last-Event-ID': id });
    source.give(9, {});
    await second.until(/ReferralSent/);
    expect(source.askedAfter.at(-1)).toEqual({ 'referrals@umbria': '0000000000000008' });
    await second.close();
  });

  it('tells a reader whose id is not ours any more to begin again', async () => {
    const asked = source.askedAfter.length;
    const { until, close } = await open({ 'Last-Event-ID': 'x'.repeat(80) });
    expect(await until(/reset/)).toContain('event: reset\ndata: {}\n\n');
    while (source.askedAfter.length === asked) await new Promise((resolve) => setImmediate(resolve));
    expect(source.askedAfter.at(-1)).toEqual({});
    await close();
  });

  it('beats while nothing happens', async () => {
    const { until, close } = await open();
    expect(await until(/: beat\n\n: beat/)).toContain(': beat\n\n');
    await close();
  });

  it.each(['signedIn', 'member'] as const)('ends for whoever is no longer %s, before the next event', async (lost) => {
    const { until } = await open();
    await until(/retry/);
    source[lost] = false;
    source.give(10, { secret: true });
    expect(await until(/secret/)).not.toContain('secret');
    expect((await fetch(url)).ok).toBe(false);
  });

  it('ends for whoever left a team, before the next event: they come back as who they are now', async () => {
    const { until } = await open();
    await until(/retry/);
    source.teams = [];
    source.give(11, { secret: true });
    expect(await until(/secret/)).not.toContain('secret');
    expect((await fetch(url)).ok).toBe(true);
  });

  it('ends its source when the reader goes away', async () => {
    const before = source.ended.length;
    const { until, close } = await open();
    await until(/retry/);
    await close();
    expect(source.ended.length).toBe(before + 1);
  });

  it('ends with the service, which would wait for it otherwise', async () => {
    const { until } = await open();
    await until(/retry/);
    await app.close();
    expect(await until(/never/)).not.toContain('never');
  });
});
