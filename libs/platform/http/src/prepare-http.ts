import type { NestExpressApplication } from '@nestjs/platform-express';
import type { NextFunction, Request, RequestHandler, Response } from 'express';
import helmet from 'helmet';
import { Clock, DomainError, Ids, INVENTED } from '@platform/kernel';
import { SheetAnswer } from '@platform/sheets';
import { ProblemFilter } from './problem.filter';
import { type Rate, RateLimit } from './rate-limit';
import { requestScope, scopeOf } from './request-scope';
import { RequestValidation } from './request-validation';
import { RouteGuard, routesOf } from './route.guard';
import { knowRoutes } from './route-template';
import { shallowBodies } from './shallow';
import { answerUnreadable } from './unreadable';
import { webApplication } from './web-application';

export interface HttpOptions {
  readonly bodyLimitKb: number;
  /** Served over TLS, here or by a proxy in front: turns HSTS on. */
  readonly https: boolean;
  /** Number of proxies in front whose forwarding headers are believed. */
  readonly trustProxy?: number;
  /** Runs after headers and rate limits, before bodies are read: sign-in puts the session into the request's scope here. */
  readonly middleware?: readonly RequestHandler[];
  /** Runs after all of these and before a body is read: hands requests on to where they are answered. */
  readonly onward?: readonly RequestHandler[];
  /** Paths that `onward` answers, so that logs and problems can name them. */
  readonly onwardPaths?: readonly string[];
  /** Runs first of all, e.g. request logging. */
  readonly outermost?: readonly RequestHandler[];
  readonly rates?: Partial<typeof RATES>;
  /** The data are invented: what is taken away says so. */
  readonly invented?: boolean;
  /** Folder of the built browser application; one that was not built is passed over. */
  readonly web?: string | undefined;
}

/** An office shares one address, so addresses get much more than one session. */
export const RATES: { readonly address: Rate; readonly session: Rate; readonly login: Rate } = {
  address: { burst: 1000, perSecond: 200 },
  session: { burst: 400, perSecond: 50 },
  login: { burst: 60, perSecond: 0.5 },
};

const UNSAFE = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);

/**
 * Makes an application safe to listen: headers, limits, validation, problem details, and nothing open that was not declared.
 * Create it with `{ bodyParser: false }` and call this before `init` or `listen`.
 */
export function prepareHttp(app: NestExpressApplication, options: HttpOptions): void {
  const clock = app.get(Clock, { strict: false });
  const rates = { ...RATES, ...options.rates };
  const perSession = new RateLimit(rates.session, clock);
  const perAddress = new RateLimit(rates.address, clock);
  const perLogin = new RateLimit(rates.login, clock);

  app.disable('etag'); // Express would tag bodies; our tags stand for revisions
  app.set('trust proxy', options.trustProxy ?? 0);
  app.use(requestScope(app.get(Ids, { strict: false })), ...(options.outermost ?? []), securityHeaders(options.https));
  if (options.invented) app.use(markInvented);
  app.use(limited((request) => (isLogin(request) ? perLogin.take(addressOf(request)) : perAddress.take(addressOf(request)))));
  const own = routesOf(app);
  const paths = ['/openapi.json', '/oidc', ...(options.onwardPaths ?? []), ...own.map(({ path }) => path)];
  const web =
    options.web === undefined
      ? undefined
      : webApplication(options.web, [...new Set(paths.map((path) => path.split('/')[1] ?? ''))], options.invented);
  // Before sessions: a page is the same for everybody and costs no look at the database.
  if (web) app.use(web);
  for (const handler of options.middleware ?? []) app.use(handler);
  app.use(limited((request) => sessionWait(request, perSession)));
  app.use(onlyJson);
  for (const handler of options.onward ?? []) app.use(handler);
  app.useBodyParser('json', { limit: options.bodyLimitKb * 1024, strict: true, inflate: false });
  app.use(shallowBodies);
  app.useGlobalGuards(new RouteGuard());
  app.useGlobalInterceptors(
    new SheetAnswer({ invented: options.invented ?? false, asked: (request) => ({ at: clock.now(), request: scopeOf(request).request }) }),
  );
  app.useGlobalPipes(new RequestValidation());
  app.useGlobalFilters(new ProblemFilter());
  const { locals } = app.getHttpAdapter().getInstance() as unknown as { locals: object };
  knowRoutes(locals, paths, own);
  answerUnreadable(app.getHttpServer());
}

const addressOf = (request: Request): string => request.ip ?? 'unknown';
const isLogin = ({ path }: Request): boolean => path === '/auth/login' || path === '/auth/callback' || path.startsWith('/auth/local/');
const sessionWait = (request: Request, limit: RateLimit): number => {
  const { session } = scopeOf(request);
  return session ? limit.take(session.id) : 0;
};

const limited =
  (wait: (request: Request) => number): RequestHandler =>
  (request: Request, _: Response, next: NextFunction) => {
    const seconds = wait(request);
    if (seconds === 0) return next();
    next(new DomainError('request.too-many', 'too-many', 'Too many requests. Wait a little.', [], seconds));
  };

/** Whatever is answered: whoever keeps it knows what it is. */
const markInvented: RequestHandler = (_, response, next) => {
  response.setHeader('Raccordo-Data', INVENTED);
  next();
};

/** A body that is no JSON in UTF-8 would be passed over by the parser and look like an empty one. */
const onlyJson: RequestHandler = (request, _, next) => {
  const hasBody =
    UNSAFE.has(request.method) &&
    (request.headers['transfer-encoding'] !== undefined || Number(request.headers['content-length'] ?? 0) > 0);
  const charset = /charset\s*=\s*"?([\w-]+)/i.exec(request.get('content-type') ?? '')?.[1] ?? 'utf-8';
  if (hasBody && (!request.is('application/json') || !/^utf-?8$/i.test(charset)))
    return next(Object.assign(new Error('media type'), { status: 415 }));
  next();
};

const securityHeaders = (https: boolean): RequestHandler => {
  const headers = helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", 'data:'],
        fontSrc: ["'self'"],
        connectSrc: ["'self'"],
        manifestSrc: ["'self'"],
        workerSrc: ["'self'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        baseUri: ["'none'"],
      },
    },
    strictTransportSecurity: https && { maxAge: 31_536_000, includeSubDomains: true },
    referrerPolicy: { policy: 'no-referrer' },
    xFrameOptions: { action: 'deny' },
  });
  return (request, response, next) => {
    response.setHeader('Permissions-Policy', 'camera=(), microphone=(), geolocation=(), payment=(), usb=()');
    // Answers about cases stay in no cache, not even the browser's.
    if (/^\/(api|auth|oidc)\//.test(request.path)) response.setHeader('Cache-Control', 'no-store');
    headers(request, response, next);
  };
};
