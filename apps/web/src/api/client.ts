import { ApiProblem, problemOf } from './problem';
import type { paths } from './schema.gen';

type Method = 'get' | 'post';
/** Paths that the API's own description offers for a method: one that does not exist does not compile. */
type PathFor<M extends Method> = { [P in keyof paths]: paths[P][M] extends { responses: unknown } ? P : never }[keyof paths];
export type GetPath = PathFor<'get'>;
export type PostPath = PathFor<'post'>;
type Operation<P extends keyof paths, M extends Method> = NonNullable<paths[P][M]>;

export type BodyOf<P extends PostPath> =
  Operation<P, 'post'> extends { requestBody: { content: { 'application/json': infer B } } } ? B : Record<string, never>;
export type QueryOf<P extends GetPath> = Operation<P, 'get'> extends { parameters: { query?: infer Q } } ? Q : never;
/** Purposes of processing the API knows. */
export type Purpose = BodyOf<'/api/cases/{handle}/consents'>['purpose'];

export interface Asking {
  /** What stands in the place of `{handle}` and the like. */
  readonly params?: Readonly<Record<string, string>>;
  /** `direct_assistance` unless told. */
  readonly purpose?: Purpose | undefined;
  readonly signal?: AbortSignal;
}
export interface Reading<P extends GetPath> extends Asking {
  readonly query?: QueryOf<P>;
  /** Polling: does not keep the session alive. */
  readonly passive?: boolean;
}
export interface Changing<P extends PostPath> extends Asking {
  readonly body?: BodyOf<P>;
  /** Version decided on: needed for every change of an existing record. */
  readonly etag?: string | undefined;
  /** The same key is the same command, however often it is sent. */
  readonly key?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** The page is about to go: the request outlives it. */
  readonly leaving?: boolean;
}
export interface Answer<T> {
  readonly data: T;
  /** As it came, for answers whose bytes count. */
  readonly text: string;
  readonly etag: string | undefined;
}

/** How far this browser has written: what it reads afterwards includes that. Opaque, and gone with the page. */
let position: string | undefined;
let csrf: string | undefined;
export const rememberCsrf = (token: string | undefined): void => void (csrf = token);

const listeners = new Set<() => void>();
/** Told when the server says that nobody is signed in any more. */
export const onSignedOut = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => void listeners.delete(listener);
};

/** Where a reading is asked for. */
export const addressOf = <P extends GetPath>(path: P, { params, query }: Pick<Reading<P>, 'params' | 'query'> = {}): string =>
  fill(path, params) + queryOf(query as object | undefined);

const fill = (path: string, params: Readonly<Record<string, string>> = {}): string =>
  path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? ''));

function queryOf(query: object | undefined): string {
  const given = Object.entries(query ?? {}).filter(([, value]) => value !== undefined && value !== '');
  return given.length === 0 ? '' : `?${new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString()}`;
}

export async function get<T, P extends GetPath = GetPath>(path: P, asking: Reading<P> = {}): Promise<Answer<T>> {
  const { passive, purpose, signal } = asking;
  const headers = new Headers(passive ? { 'Raccordo-Passive': 'true' } : {});
  return send<T>('GET', addressOf(path, asking), headers, { purpose, signal });
}

const ATTEMPTS = 4;
/** Seconds; whoever waits longer is told. */
const LONGEST_WAIT = 3;

export async function post<T = void, P extends PostPath = PostPath>(path: P, changing: Changing<P> = {}): Promise<Answer<T>> {
  const { params, body, etag, key = crypto.randomUUID(), purpose, signal, leaving } = changing;
  const headers = new Headers({ 'Idempotency-Key': key, ...changing.headers });
  if (csrf !== undefined && !headers.has('x-csrf-token')) headers.set('x-csrf-token', csrf);
  if (etag !== undefined) headers.set('If-Match', etag);
  if (body !== undefined) headers.set('Content-Type', 'application/json');
  const sending = { purpose, signal, leaving, body: body === undefined ? undefined : JSON.stringify(body) };
  for (let attempt = 1; ; attempt++) {
    try {
      return await send<T>('POST', fill(path, params), headers, sending);
    } catch (error) {
      // Nothing was done, and the same key does nothing twice: what passes by waiting need not trouble anybody at once.
      if (attempt === ATTEMPTS || leaving || !(error instanceof ApiProblem) || error.status !== 503) throw error;
      await new Promise((done) => setTimeout(done, Math.min(error.retryAfter ?? 1, LONGEST_WAIT) * 1000));
    }
  }
}

interface Sending {
  readonly purpose: Purpose | undefined;
  readonly signal: AbortSignal | undefined;
  readonly body?: string | undefined;
  readonly leaving?: boolean | undefined;
}

async function send<T>(
  method: string,
  url: string,
  headers: Headers,
  { purpose, signal, body, leaving = false }: Sending,
): Promise<Answer<T>> {
  headers.set('Accept', 'application/json');
  if (purpose !== undefined) headers.set('Raccordo-Purpose', purpose);
  if (position !== undefined && url.startsWith('/api/')) headers.set('Raccordo-At-Least', position);
  const options: RequestInit = {
    method,
    headers,
    credentials: 'same-origin',
    cache: 'no-store',
    signal: signal ?? null,
    keepalive: leaving,
  };
  const response = await fetch(url, body === undefined ? options : { ...options, body }).catch((error: unknown) => {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new ApiProblem(0, 'network.unreachable', 'The server was not reached.');
  });
  position = response.headers.get('Raccordo-Position') ?? position;
  if (response.status === 401) for (const listener of listeners) listener();
  if (!response.ok) {
    const problem = await problemOf(response);
    if (problem.code !== 'request.at-least' || position === undefined) throw problem;
    // The service has other keys than when this page wrote: nothing was done, and it is asked for what it holds as it stands.
    position = undefined;
    headers.delete('Raccordo-At-Least');
    return send<T>(method, url, headers, { purpose, signal, body, leaving });
  }
  const text = await response.text();
  return { data: (text === '' ? undefined : JSON.parse(text)) as T, text, etag: response.headers.get('ETag') ?? undefined };
}
