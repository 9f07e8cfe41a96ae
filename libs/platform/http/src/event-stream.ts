import type { Request, Response } from 'express';
import { DomainError } from '@platform/kernel';
import { exchangeOf } from './exchange';
import { scopeOf } from './request-scope';
import { furthest, type Positions } from './opaque-tokens';

/** One event for the browser. `data` becomes JSON; the position is sealed into the event's id. */
export interface StreamedEvent {
  readonly type: string;
  readonly data: unknown;
  readonly log: string;
  readonly position: string;
}

export interface EventStreamOptions {
  /** Events after these positions, for ever, until the signal ends them. Empty positions: from now on. */
  readonly source: (after: Positions, signal: AbortSignal) => AsyncIterable<StreamedEvent>;
  /** What must hold beside session and membership; asked at every heartbeat and before every event. */
  readonly stillAllowed?: () => Promise<boolean>;
  /** Milliseconds; 15 s unless told. */
  readonly heartbeat?: number;
  /** Milliseconds after which the stream ends, so that who asks is looked at anew; 10 min unless told. Browsers come back by themselves. */
  readonly lasting?: number;
}

const OPEN = 'raccordoStreams';
/** The streams an application has open. */
const openIn = (app: { locals: object }): Set<AbortController> => ((app.locals as { [OPEN]?: Set<AbortController> })[OPEN] ??= new Set());

/** Ends every open stream of an Express application. */
export const endStreams = (app: { locals: object }): void => openIn(app).forEach((stream) => stream.abort());

const TYPE = /^[A-Za-z][A-Za-z0-9.-]{0,60}$/;

/**
 * Server-sent events from a `ContextController` handler that takes `@Res()`. Resolves when the stream has ended.
 * Whoever loses session or membership meanwhile, or has other roles or teams by now, hears nothing more: the browser comes back, and is looked at anew. A `Last-Event-ID` that is not ours any more is answered with the event `reset`: the page reads everything again.
 */
export async function streamEvents(request: Request, response: Response, options: EventStreamOptions): Promise<void> {
  const exchange = exchangeOf(request);
  if (!exchange) throw new Error('an event stream needs the caller of a ContextController');
  const scope = scopeOf(request);
  const allowed = async (): Promise<boolean> =>
    (await (scope.stillSignedIn?.() ?? true)) && (await (scope.stillMember?.() ?? true)) && (await (options.stillAllowed?.() ?? true));
  if (!(await allowed())) throw new DomainError('session.missing', 'unauthenticated', 'Sign in first.');
  const seen = exchange.lastSeen();
  const ending = new AbortController();
  const end = (): void => ending.abort();
  openIn(request.app).add(ending);
  response.once('close', end);
  response.status(200).setHeader('Content-Type', 'text/event-stream; charset=utf-8');
  // Proxies must neither keep nor gather what belongs to one person and is worth something now.
  response.setHeader('Cache-Control', 'no-store, no-transform').setHeader('X-Accel-Buffering', 'no');
  response.flushHeaders();

  const beat = setInterval(() => {
    allowed().then(
      (still) => (still ? void response.write(': beat\n\n') : end()),
      () => end(),
    );
  }, options.heartbeat ?? 15_000);
  const over = setTimeout(end, options.lasting ?? 600_000);
  try {
    await write(response, `retry: 3000\n${seen === 'lost' ? 'event: reset\ndata: {}\n' : ''}\n`, ending.signal);
    let positions: Positions = seen === 'lost' || seen === undefined ? {} : seen;
    for await (const event of options.source(positions, ending.signal)) {
      if (ending.signal.aborted || !(await allowed())) break;
      if (!TYPE.test(event.type)) throw new Error('the type of a streamed event is a plain word');
      positions = furthest(positions, { [event.log]: event.position });
      await write(
        response,
        `id: ${exchange.streamId(positions)}\nevent: ${event.type}\ndata: ${JSON.stringify(event.data)}\n\n`,
        ending.signal,
      );
    }
  } finally {
    clearInterval(beat);
    clearTimeout(over);
    openIn(request.app).delete(ending);
    end();
    response.end();
  }
}

/** Waits when the reader is slow, so that nothing piles up here. */
async function write(response: Response, text: string, signal: AbortSignal): Promise<void> {
  if (signal.aborted || response.write(text)) return;
  await new Promise<void>((resolve) => {
    const go = (): void => {
      response.off('drain', go);
      signal.removeEventListener('abort', go);
      resolve();
    };
    response.once('drain', go);
    signal.addEventListener('abort', go);
  });
}
