import type { Request } from 'express';

const LOCAL = 'raccordoRoutes';
interface Known {
  readonly segments: ReadonlySet<string>;
  readonly methods: readonly { readonly method: string; readonly path: RegExp }[];
}
interface Locals {
  [LOCAL]?: Known;
}
const NONE: Known = { segments: new Set(['']), methods: [] };
const knownTo = (request: Request): Known => (request.app.locals as Locals)[LOCAL] ?? NONE;

/**
 * Remembers, once per application, which path segments are written in a route: everything else in a path is somebody's data; and by which methods
 * the routes of its interface are asked. Those for whoever runs the installation exist for nobody else.
 */
export function knowRoutes(locals: object, paths: readonly string[], own: readonly { method: string; path: string }[]): void {
  const segments = paths.flatMap((path) => path.split('/')).filter((segment) => !segment.startsWith(':') && !/[*{}]/.test(segment));
  const methods = own
    .filter(({ path }) => /^\/(api|auth)\//.test(path))
    .map(({ method, path }) => ({ method, path: new RegExp(`^${path.replace(/:[^/]+/g, '[^/]+')}/?$`) }));
  (locals as Locals)[LOCAL] = { segments: new Set(['', ...segments]), methods };
}

/** Path of a request with `{id}` in the place of everything that is not written in a route: no query, no ids, no names. */
export function routeOf(request: Request): string {
  const { segments: known } = knownTo(request);
  const [path = '/'] = request.originalUrl.split('?');
  const segments = path.split('/').slice(0, 12);
  return segments.map((segment) => (known.has(segment) ? segment : '{id}')).join('/');
}

/** The methods by which there is a route at the path of a request. */
export function methodsAt(request: Request): string[] {
  const found = knownTo(request)
    .methods.filter(({ path }) => path.test(request.path))
    .map(({ method }) => method);
  return [...new Set(found.includes('GET') ? [...found, 'HEAD'] : found)].sort();
}
