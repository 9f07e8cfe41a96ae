import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor, Optional } from '@nestjs/common';
import { catchError, type Observable } from 'rxjs';
import { DomainError } from '@platform/kernel';
import { Doorkeeper } from './directory';
import { exchangeOf } from './exchange';
import { scopeOf } from './request-scope';

/**
 * Tells the doorkeeper of every 404 a known caller is given, whichever way it came about: who tries one handle after the other is on record,
 * also where a handle leads nowhere and nothing was there to be judged.
 */
@Injectable()
export class NothingFound implements NestInterceptor {
  constructor(@Optional() private readonly doorkeeper?: Doorkeeper) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    return next.handle().pipe(catchError((error: unknown) => this.#told(context.switchToHttp().getRequest<object>(), error)));
  }

  async #told(request: object, error: unknown): Promise<never> {
    const by = exchangeOf(request)?.by;
    if (by && error instanceof DomainError && error.kind === 'not-found')
      await this.doorkeeper?.foundNothing(by, scopeOf(request as Parameters<typeof scopeOf>[0]).act ?? '', error);
    throw error;
  }
}
