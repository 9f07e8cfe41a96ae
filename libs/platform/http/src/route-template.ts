import type { Request } from 'express';

const LOCAL = 'raccordoSegments';
interface Locals {
  [LOCAL]?: ReadonlySet<string>;
}

/** Remembers, once per application, which path segments are written in a route: everything else in a path is somebody's data. */
export function knowRoutes(locals: object, paths: readonly string[]): void {
  const segments = paths.flatMap((path) => path.split('/')).filter((segment) => !segment.startsWith(':') && !/[*{}]/.test(segment));
  (locals as Locals)[LOCAL] = new Set(['', ...segments]);
}

/** Path of a request with `{id}` in the place of everything that is not written in a route: no query, no ids, no names. */
export function routeOf(request: Request): string {
  const known = (request.app.locals as Locals)[LOCAL] ?? new Set(['']);
  const [path = '/'] = request.originalUrl.split('?');
  const segments = path.split('/').slice(0, 12);
  return segments.map((segment) => (known.has(segment) ? segment : '{id}')).join('/');
}
