import { type ArgumentsHost, Catch, type ExceptionFilter, Logger, MethodNotAllowedException, NotFoundException } from '@nestjs/common';
import type { Request, Response } from 'express';
import { DomainError } from '@platform/kernel';
import { originOf } from './error-origin';
import { answerTo, type Problem } from './problem';
import { scopeOf } from './request-scope';
import { methodsAt, routeOf } from './route-template';

export const ERRORS_PAGE = 'docs/reference/errors.md';

/** The one place where errors become answers. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  readonly #logger = new Logger('http');

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    this.answer(error, http.getRequest<Request>(), http.getResponse<Response>());
  }

  /** For middleware that answers by itself. */
  answer(error: unknown, request: Request, response: Response): void {
    // A path that is asked by another method is none that does not exist.
    const allowed = error instanceof NotFoundException ? methodsAt(request) : [];
    const { status, code, detail, errors, retryAfter } = answerTo(allowed.length > 0 ? new MethodNotAllowedException() : error);
    const { trace } = scopeOf(request);
    const instance = routeOf(request);
    // The error itself may quote data: only its kind and where it came from go to the log.
    if (status === 500 || (status === 503 && !(error instanceof DomainError)))
      this.#logger.error({ code, traceId: trace, route: instance, at: originOf(error) });
    if (response.headersSent) {
      response.destroy();
      return;
    }
    const problem: Problem = { type: `${ERRORS_PAGE}#${code}`, title: code, status, detail, instance, traceId: trace };
    if (allowed.length > 0) response.setHeader('Allow', allowed.join(', '));
    if (retryAfter !== undefined) response.setHeader('Retry-After', String(retryAfter));
    response
      .status(status)
      .setHeader('Cache-Control', 'no-store')
      .type('application/problem+json')
      .send(JSON.stringify(errors.length > 0 ? { ...problem, errors } : problem));
  }
}
