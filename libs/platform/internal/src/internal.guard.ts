import {
  applyDecorators,
  type CanActivate,
  type DynamicModule,
  type ExecutionContext,
  Inject,
  Injectable,
  Module,
  SetMetadata,
  UseGuards,
} from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Request } from 'express';
import { Public } from '@platform/http';
import { DomainError, notFound } from '@platform/kernel';
import { Trust } from './identity';
import { ServiceTokens } from './service-tokens';

const CALLERS = 'raccordo:callers';
const ME = Symbol('name of this service');
const callers = new WeakMap<object, string>();

/** Which service asked. */
export const callerOf = (request: object): string => {
  const caller = callers.get(request);
  if (caller === undefined) throw new Error('a door between services was passed without its guard');
  return caller;
};

/** A handler that only these services may call, each by its own token. To everybody else the route does not exist. */
export const Internal = (...names: readonly string[]): MethodDecorator => applyDecorators(SetMetadata(CALLERS, names), Public());

/** For controllers whose handlers are `@Internal(…)`. */
export const InternalDoor = (): ClassDecorator => applyDecorators(ApiExcludeController(), UseGuards(InternalGuard));

@Injectable()
export class InternalGuard implements CanActivate {
  constructor(
    @Inject(Trust) private readonly trust: Trust,
    @Inject(ME) private readonly me: { readonly name: string },
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<Request>();
    const allowed = (Reflect.getMetadata(CALLERS, context.getHandler()) as readonly string[] | undefined) ?? [];
    const token = /^Bearer (\S+)$/.exec(request.get('authorization') ?? '')?.[1] ?? '';
    try {
      callers.set(request, await ServiceTokens.callerOf(this.trust, this.me.name, allowed, token));
      return true;
    } catch (error) {
      if (error instanceof DomainError && error.kind === 'unavailable') throw error;
      throw notFound('route');
    }
  }
}

/** Who this process is and whom it believes, for its doors to other services. */
@Module({})
export class InternalModule {
  static of(name: string, trust: Trust): DynamicModule {
    const providers = [
      { provide: Trust, useValue: trust },
      { provide: ME, useValue: { name } },
    ];
    return { module: InternalModule, global: true, providers, exports: providers };
  }
}
