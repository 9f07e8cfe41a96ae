/** Answer of the service, its body read: JSON as a value, anything else as text. */
export interface Reply<T = unknown> {
  readonly status: number;
  readonly headers: Headers;
  readonly body: T;
  /** The body as it came. */
  readonly text: string;
}

export interface Ask {
  /** Entity tag of the version decided on, for `If-Match`. */
  readonly match?: string | undefined;
  readonly idempotencyKey?: string | undefined;
  readonly purpose?: string | undefined;
  readonly headers?: Readonly<Record<string, string>>;
}

const SAFE = new Set(['GET', 'HEAD']);
const HOPS = 15;

interface Cookie {
  readonly name: string;
  readonly value: string;
  readonly path: string;
}

/** As much of a browser's cookie jar as one host needs. */
class CookieJar {
  readonly #cookies = new Map<string, Cookie>();

  take(response: Response): void {
    for (const line of response.headers.getSetCookie()) {
      const [pair = '', ...attributes] = line.split(';').map((part) => part.trim());
      const at = pair.indexOf('=');
      const rules = new Map(
        attributes.map((attribute) => attribute.split('=', 2)).map(([name = '', value = '']) => [name.toLowerCase(), value]),
      );
      const cookie: Cookie = { name: pair.slice(0, at), value: pair.slice(at + 1), path: rules.get('path') ?? '/' };
      const key = `${cookie.name}|${cookie.path}`;
      const gone =
        rules.get('max-age') === '0' || (rules.has('expires') && Date.parse(rules.get('expires') ?? '') <= 0) || cookie.value === '';
      if (gone) this.#cookies.delete(key);
      else this.#cookies.set(key, cookie);
    }
  }

  headerFor(path: string): string {
    const fits = (cookie: Cookie): boolean =>
      path === cookie.path || path.startsWith(cookie.path.endsWith('/') ? cookie.path : `${cookie.path}/`);
    return [...this.#cookies.values()]
      .filter(fits)
      .map(({ name, value }) => `${name}=${value}`)
      .join('; ');
  }
}

/**
 * A signed-in person talking to the service over HTTP, as a browser would: cookie, CSRF token, and reads that include its own writes.
 * For stories, the command line and end-to-end specs.
 */
export class Session {
  #csrf = '';
  #seen: string | undefined;

  constructor(
    readonly baseUrl: string,
    private readonly jar: CookieJar = new CookieJar(),
  ) {}

  /** What a change has to bring along; read at sign-in. */
  get csrf(): string {
    return this.#csrf;
  }

  get = <T = unknown>(path: string, ask: Ask = {}): Promise<Reply<T>> => this.send('GET', path, undefined, ask);
  post = <T = unknown>(path: string, body: unknown = {}, ask: Ask = {}): Promise<Reply<T>> => this.send('POST', path, body, ask);
  put = <T = unknown>(path: string, body: unknown = {}, ask: Ask = {}): Promise<Reply<T>> => this.send('PUT', path, body, ask);
  patch = <T = unknown>(path: string, body: unknown = {}, ask: Ask = {}): Promise<Reply<T>> => this.send('PATCH', path, body, ask);
  delete = <T = unknown>(path: string, ask: Ask = {}): Promise<Reply<T>> => this.send('DELETE', path, undefined, ask);

  async send<T>(method: string, path: string, body: unknown, { match, idempotencyKey, purpose, headers = {} }: Ask): Promise<Reply<T>> {
    const given: Record<string, string | undefined> = {
      'If-Match': match,
      'Idempotency-Key': idempotencyKey,
      'Raccordo-Purpose': purpose,
      'Raccordo-At-Least': this.#seen,
      'x-csrf-token': SAFE.has(method) ? undefined : this.#csrf,
      'content-type': body === undefined ? undefined : 'application/json',
      ...headers,
    };
    const present = Object.entries(given).filter((entry): entry is [string, string] => entry[1] !== undefined);
    const response = await this.raw(new URL(path, this.baseUrl), {
      method,
      headers: Object.fromEntries(present),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    this.#seen = response.headers.get('Raccordo-Position') ?? this.#seen;
    const text = await response.text();
    const isJson = /^application\/(problem\+)?json(;|$)/.test(response.headers.get('content-type') ?? '') && text !== '';
    return { status: response.status, headers: response.headers, body: (isJson ? JSON.parse(text) : text) as T, text };
  }

  /** One exchange with the cookies of this session; redirects are not followed. */
  async raw(url: URL, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers(init.headers);
    const cookie = this.jar.headerFor(url.pathname);
    if (cookie !== '') headers.set('cookie', cookie);
    const response = await fetch(url, { ...init, headers, redirect: 'manual' });
    this.jar.take(response);
    return response;
  }

  /** Walks every redirect of the sign-in, fills in the demo form, and reads the CSRF token. */
  async signIn(persona: string, acr: 1 | 2 | 3): Promise<this> {
    let url = new URL(`/auth/login?${new URLSearchParams({ persona, acr: String(acr) }).toString()}`, this.baseUrl);
    let response = await this.raw(url);
    for (let hop = 0; url.pathname !== '/auth/callback'; hop++) {
      if (hop === HOPS) throw new Error('the sign-in goes round in circles');
      const location = response.headers.get('location');
      if (location !== null) {
        await response.body?.cancel();
        url = new URL(location, url);
        response = await this.raw(url);
      } else if (response.status === 200 && url.pathname.includes('/interaction/')) {
        await response.body?.cancel();
        response = await this.raw(url, { method: 'POST', body: new URLSearchParams({ persona, acr: String(acr) }) });
        if (response.status !== 303) throw new Error(`nobody is called ${persona} here`);
      } else {
        throw new Error(`the sign-in stopped with status ${response.status} at ${url.pathname}`);
      }
    }
    await response.body?.cancel();
    if (response.status !== 200) throw new Error(`the sign-in was refused with status ${response.status}`);
    return this.refresh();
  }

  /** Reads the session's state again, e.g. after a step-up. */
  async refresh(): Promise<this> {
    const { body } = await this.get<{ signedIn: boolean; csrf?: string }>('/auth/session');
    if (!body.signedIn) throw new Error('the service does not know this session');
    this.#csrf = body.csrf ?? '';
    return this;
  }

  async signOut(): Promise<void> {
    await this.post('/auth/logout');
  }
}

/**
 * Signs in as an invented person at a service in demo mode.
 * @param baseUrl e.g. `http://127.0.0.1:3000`
 */
export const signInAs = (baseUrl: string, persona: string, acr: 1 | 2 | 3 = 2): Promise<Session> =>
  new Session(baseUrl).signIn(persona, acr);
