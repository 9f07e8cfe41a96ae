import { type CanActivate, type ExecutionContext, Injectable, type INestApplication, RequestMethod } from '@nestjs/common';
import { MetadataScanner, ModulesContainer } from '@nestjs/core';
import { DomainError } from '@platform/kernel';
import { ACT, CALLER, PUBLIC } from './route-metadata';

type Handler = (...parameters: unknown[]) => unknown;
type Class = abstract new (...parameters: never[]) => object;

/** How a handler says that it may be reached at all. */
const declared = (handler: Handler, controller: Class): 'public' | 'caller' | undefined => {
  if (Reflect.getMetadata(PUBLIC, handler) === true) return 'public';
  // An act without a guard that knows the caller would be open: both are needed.
  return Reflect.getMetadata(ACT, handler) !== undefined && Reflect.getMetadata(CALLER, controller) === true ? 'caller' : undefined;
};

/** Closed by default: a handler that declares neither `@Public()` nor `@Act(…)` in a `ContextController` is never run. */
@Injectable()
export class RouteGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    if (declared(context.getHandler() as Handler, context.getClass())) return true;
    throw new DomainError('route.closed', 'forbidden', 'This route declares nobody who may use it.');
  }
}

export interface Route {
  /** e.g. `GET` */
  readonly method: string;
  /** e.g. `/api/referrals/:id` */
  readonly path: string;
  readonly controller: string;
  readonly handler: string;
  /** Undefined: closed, and a mistake. */
  readonly open: 'public' | 'caller' | undefined;
  readonly act: string | undefined;
}

const paths = (target: object): string[] => {
  const path = (Reflect.getMetadata('path', target) as string | string[] | undefined) ?? '';
  return (Array.isArray(path) ? path : [path]).map((one) => one.replace(/^\/|\/$/g, ''));
};

/** Every route of every controller in the application: a spec asks that none is undeclared. */
export function routesOf(app: INestApplication): Route[] {
  const modules = [...app.get(ModulesContainer).values()];
  const controllers = new Set(modules.flatMap((module) => [...module.controllers.values()].map(({ metatype }) => metatype as Class)));
  return [...controllers].flatMap((controller) => {
    const prototype = controller.prototype as Record<string, Handler>;
    return new MetadataScanner().getAllMethodNames(prototype).flatMap((name) => {
      const handler = prototype[name];
      const method = handler && (Reflect.getMetadata('method', handler) as number | undefined);
      if (!handler || method === undefined) return [];
      return paths(controller).flatMap((base) =>
        paths(handler).map((path) => ({
          method: RequestMethod[method] ?? 'ALL',
          path: `/${[base, path].filter(Boolean).join('/')}`,
          controller: controller.name,
          handler: name,
          open: declared(handler, controller),
          act: Reflect.getMetadata(ACT, handler) as string | undefined,
        })),
      );
    });
  });
}
