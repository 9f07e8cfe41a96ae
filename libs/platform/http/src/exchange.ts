import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Request, Response } from 'express';
import { type Authority, invalid } from '@platform/kernel';
import { furthest, type OpaqueTokens, type Positions } from './opaque-tokens';

/** Response header: sealed positions after a write. Send it back as `Raccordo-At-Least` to read your own writes. */
export const POSITION = 'Raccordo-Position';
export const AT_LEAST = 'Raccordo-At-Least';

/** One request and its answer, as a controller needs them: preconditions in, entity tags and positions out. */
export class Exchange {
  readonly #seen: Positions;

  /** @throws DomainError 400 where the caller states positions with a token that is not ours, whether or not the route reads by them */
  constructor(
    private readonly request: Request,
    private readonly response: Response,
    private readonly tokens: OpaqueTokens,
    /** On whose behalf. */
    readonly by: Authority,
  ) {
    const token = request.get(AT_LEAST);
    const seen = token === undefined ? {} : tokens.openPositions('at-least', token);
    if (!seen) throw invalid('request.at-least', '', 'Raccordo-At-Least is no token of this service.');
    this.#seen = seen;
  }

  /**
   * The authority for a state change of an existing record: holds the revision the caller decided on.
   * A missing or an old tag does not end here but in the pipeline (428, 412): a resend must find its first result, and outsiders their 404,
   * before that.
   * @param stream never shown; audience of the tag is the caller's organisation unless told
   */
  matching(stream: string, currentRevision: number, audience = this.by.actor.organisation): Authority {
    const ifMatch = this.request.get('If-Match');
    return { ...this.by, expectedRevision: this.tokens.expectedRevision(ifMatch, audience, stream, currentRevision) };
  }

  /** Sets the ETag of the record in the answer. */
  tag(stream: string, revision: number, audience = this.by.actor.organisation): void {
    this.response.setHeader('ETag', this.tokens.etagFor(audience, stream, revision));
  }

  /** ETag of a record inside a list, where a header cannot stand. */
  etagOf(stream: string, revision: number, audience = this.by.actor.organisation): string {
    return this.tokens.etagFor(audience, stream, revision);
  }

  /** Tells the caller how far to read in order to see what was written: on top of what it had seen before. */
  wrote(accepted: { readonly log: string; readonly position?: string | undefined }): void {
    const seen = this.atLeast();
    const all = accepted.position === undefined ? seen : furthest(seen, { [accepted.log]: accepted.position });
    this.response.setHeader(POSITION, this.tokens.sealPositions('at-least', all));
  }

  /** Positions the caller has seen and wants the answer to include; empty when it states none. */
  atLeast(): Positions {
    return this.#seen;
  }

  /** Answers `201 Created` with the place of the new record. */
  created(location: string): void {
    this.response.status(201).setHeader('Location', location);
  }

  /** Where an event stream was interrupted: undefined at its beginning, `lost` when the id is not ours any more. */
  lastSeen(): Positions | 'lost' | undefined {
    const token = this.request.get('Last-Event-ID');
    return token === undefined ? undefined : (this.tokens.openPositions('stream', token) ?? 'lost');
  }

  streamId(positions: Positions): string {
    return this.tokens.sealPositions('stream', positions);
  }
}

const exchanges = new WeakMap<object, Exchange>();

export const startExchange = (request: Request, response: Response, tokens: OpaqueTokens, by: Authority): void => {
  exchanges.set(request, new Exchange(request, response, tokens, by));
};
export const exchangeOf = (request: object): Exchange | undefined => exchanges.get(request);

const required = (context: ExecutionContext): Exchange => {
  const exchange = exchangeOf(context.switchToHttp().getRequest<object>());
  // Only a handler outside of a ContextController can come here: a mistake of ours.
  if (!exchange) throw new Error('a handler asked for its caller outside of a ContextController');
  return exchange;
};

/** The caller's `Authority`. */
export const By = createParamDecorator((_: unknown, context: ExecutionContext): Authority => required(context).by);
/** The whole `Exchange`. */
export const Http = createParamDecorator((_: unknown, context: ExecutionContext): Exchange => required(context));
