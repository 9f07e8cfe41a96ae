import { type CanActivate, type ExecutionContext, Injectable, Optional } from '@nestjs/common';
import type { Request } from 'express';
import { type Actor, type Authority, Clock, DomainError, Ids, invalid, PURPOSES } from '@platform/kernel';
import { formAsked } from '@platform/sheets';
import { commandIdFor } from './command-ids';
import { Directory, Doorkeeper } from './directory';
import { exchangeOf, startExchange } from './exchange';
import { OpaqueTokens } from './opaque-tokens';
import { ACT, PUBLIC } from './route-metadata';
import { type RequestScope, scopeOf } from './request-scope';

const CORRELATION = /^[0-9a-f-]{16,40}$/;

/** Turns a session into an `Authority` of this context, or refuses. Which records the caller may touch is decided later, by policy. */
@Injectable()
export class CallerGuard implements CanActivate {
  constructor(
    private readonly directory: Directory,
    private readonly tokens: OpaqueTokens,
    private readonly clock: Clock,
    private readonly ids: Ids,
    @Optional() private readonly doorkeeper?: Doorkeeper,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (Reflect.getMetadata(PUBLIC, context.getHandler()) === true) return true;
    const http = context.switchToHttp();
    const request = http.getRequest<Request>();
    const scope = scopeOf(request);
    scope.act = Reflect.getMetadata(ACT, context.getHandler()) as string;
    if (!scope.session) throw new DomainError('session.missing', 'unauthenticated', 'Sign in first.');
    const { session } = scope;
    scope.authority = await this.#authority(request, scope);
    const { actor } = scope.authority;
    scope.stillMember = async () => standsAs(actor, await this.directory.actor(session.login, session));
    scope.actorToken = this.tokens.actorToken(scope.authority.actor.member);
    startExchange(request, http.getResponse(), this.tokens, scope.authority);
    return exchangeOf(request) !== undefined;
  }

  async #authority(request: Request, scope: RequestScope): Promise<Authority> {
    const { session, request: id, act = '' } = scope;
    if (!session) throw new Error('an authority needs a session');
    const purpose = request.get('Raccordo-Purpose') ?? 'direct_assistance';
    if (!(PURPOSES as readonly string[]).includes(purpose))
      throw invalid('purpose.unknown', '', 'Raccordo-Purpose is none of the known purposes.');
    const actor = await this.directory.actor(session.login, { id: session.id, acr: session.acr });
    if (!actor) {
      await this.doorkeeper?.turnedAway({ at: this.clock.now(), request: id, act, session: session.id, acr: session.acr });
      throw new DomainError('caller.not-a-member', 'forbidden', 'You are signed in, but no active member here.');
    }
    const place = `${request.method} ${request.originalUrl.split('?')[0]}`;
    const commandId = commandIdFor(request.get('Idempotency-Key'), actor.member, place, this.ids);
    const correlation = request.get('Raccordo-Correlation');
    const takenAs = formAsked(request);
    return {
      actor,
      purpose,
      at: this.clock.now(),
      request: id,
      commandId,
      causation: null,
      correlation: correlation !== undefined && CORRELATION.test(correlation) ? correlation : id,
      ...(request.body === undefined ? {} : { body: JSON.stringify(request.body) }),
      ...(takenAs === undefined ? {} : { takenAs }),
    };
  }
}

/** A member of the same organisation with the same roles, disciplines and teams. */
const standsAs = (before: Actor, now: Actor | undefined): boolean => {
  const standing = ({ member, organisation, kind, region, roles, disciplines, teams }: Actor): string =>
    JSON.stringify([member, organisation, kind, region, roles, disciplines, teams]);
  return now !== undefined && standing(before) === standing(now);
};
