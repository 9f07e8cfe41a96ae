import type { RequestHandler } from 'express';
import { routeOf, scopeOf } from '@platform/http';
import type { Log } from './log';
import type { Metrics } from './metrics';
import { NoTracing, type Tracing } from './tracing';

const QUIET = /^\/(health|metrics)(\/|$)/;

/** One line, one measurement and one span for each answered request: the route's template, never its ids or query. For `outermost` of `prepareHttp`. */
export const requestLog =
  (log: Log, metrics: Metrics, tracing: Tracing = new NoTracing()): RequestHandler =>
  (request, response, next) => {
    const [began, from] = [process.hrtime.bigint(), Date.now()];
    response.once('close', () => {
      const seconds = Number(process.hrtime.bigint() - began) / 1e9;
      const { trace, parent, actorToken, act } = scopeOf(request);
      const route = routeOf(request);
      // A reader who went away before the answer was complete: the status would say the opposite.
      const status = response.writableFinished ? response.statusCode : 499;
      // Methods are a closed set for everybody but an attacker.
      const method = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'].includes(request.method) ? request.method : 'OTHER';
      // A stream of events lasts as long as somebody listens: that is no time to answer.
      const isStream = String(response.getHeader('content-type') ?? '').startsWith('text/event-stream');
      if (!isStream) metrics.request(route, method, status, seconds);
      if (!isStream && !QUIET.test(route))
        tracing.answered({ traceId: trace, parent, route, method, status, act, from, to: from + seconds * 1000 });
      const level = status >= 500 ? 'error' : QUIET.test(route) ? 'debug' : 'info';
      log.write(level, 'request', {
        traceId: trace,
        method,
        route,
        status,
        ms: Math.round(seconds * 10_000) / 10,
        ...(actorToken === undefined ? {} : { actor: actorToken }),
        ...(act === undefined ? {} : { act }),
      });
    });
    next();
  };
