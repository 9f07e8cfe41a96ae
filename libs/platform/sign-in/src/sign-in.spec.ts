import { createHash } from 'node:crypto';
import { request as plainRequest } from 'node:http';
import { PERSONAS, SignInApp } from '../test/sign-in-app';
import { Session, signInAs } from './index';

describe('signing in', () => {
  let app: SignInApp;
  beforeAll(async () => {
    app = await SignInApp.start();
  });
  afterAll(() => app.stop());

  it('walks the whole code flow and ends in a session of the chosen person and strength', async () => {
    for (const acr of [1, 2, 3] as const) {
      const session = await signInAs(app.base, 'giulia', acr);
      expect((await session.get('/api/whoami')).body).toMatchObject({ member: 'member-giulia', acr });
    }
  });

  it('is told apart from membership: who is no member gets a session and nothing else', async () => {
    const session = await signInAs(app.base, 'karim', 2);
    const { status, body } = await session.get<{ title: string }>('/api/whoami');
    expect([status, body.title]).toEqual([403, 'caller.not-a-member']);
  });

  it('is asked for on an Italian form that says the data are invented, with what was hinted at already chosen', async () => {
    const page = await pageOf(await begin('/auth/login?persona=karim&acr=3'));
    expect(page).toContain('DATI INVENTATI');
    // What stays in the browser's history does not name the platform.
    expect(page).toMatch(/<title>[^<]+ – Rete Casi<\/title>/);
    expect(page).toContain('value="karim" required checked');
    expect(page).toContain('value="3" required checked');
    expect(page).toContain('operatrice &#60;Umbria&#62;');
    expect(page).not.toContain('<script');
  });

  it('is asked again when nobody was chosen', async () => {
    const { session, url } = await begin('/auth/login');
    const answer = await session.raw(url, { method: 'POST', body: new URLSearchParams({ persona: 'mallory', acr: '9' }) });
    expect([answer.status, (await answer.text()).includes('Scegli una persona')]).toEqual([400, true]);
    await expect(signInAs(app.base, 'mallory', 2)).rejects.toThrow('nobody is called mallory');
  });

  it('sets a cookie that scripts cannot read and that no other site can use', async () => {
    const { session, url } = await begin('/auth/login');
    const answer = await finish(session, url);
    const [cookie] = answer.headers.getSetCookie().filter((line) => line.startsWith('raccordo-session='));
    expect(cookie).toMatch(/^raccordo-session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/);
  });

  it('keeps the cookie as a hash only, and no name of anybody', async () => {
    const { session, url } = await begin('/auth/login');
    const answer = await finish(session, url);
    const cookie = cookieIn(answer);
    const rows = await app.database.asAdmin(async (client) => JSON.stringify((await client.query('select * from sign_in.session')).rows));
    expect(cookie).toHaveLength(43);
    expect(rows).toContain('"acr":2');
    for (const hidden of [cookie, 'giulia', 'Giulia']) expect(rows).not.toContain(hidden);
  });

  it('lets one browser play another person after the first', async () => {
    const session = await signInAs(app.base, 'karim', 2);
    await session.signIn('giulia', 2);
    expect((await session.get('/api/whoami')).body).toMatchObject({ member: 'member-giulia', acr: 2 });
  });

  it('ends the session that was there before', async () => {
    const { session, url } = await begin('/auth/login');
    const former = cookieIn(await finish(session, url));
    await session.signIn('giulia', 3);
    expect((await session.get('/api/whoami')).body).toMatchObject({ acr: 3 });
    expect((await fetch(`${app.base}/api/whoami`, { headers: { cookie: `raccordo-session=${former}` } })).status).toBe(401);
  });

  it('is refused and reported when the answer belongs to no attempt of this browser', async () => {
    app.failures.length = 0;
    const { session, url } = await begin('/auth/login');
    const callback = await walk(session, url);
    const stranger = await fetch(callback, { redirect: 'manual' });
    expect([stranger.status, (await stranger.text()).includes('Accesso non riuscito')]).toEqual([401, true]);
    const forged = new URL(callback);
    forged.searchParams.set('state', 'x'.repeat(43));
    expect((await session.raw(forged)).status).toBe(401);
    expect(app.failures.map(({ reason }) => reason)).toEqual(['attempt-unknown', 'answer-invalid']);
    expect(JSON.stringify(app.failures)).not.toContain('127.0.0.1');
  });

  it('is refused when the same answer comes twice, or too late', async () => {
    const { session, url } = await begin('/auth/login');
    const callback = await walk(session, url);
    expect((await session.raw(callback)).status).toBe(200);
    expect((await session.raw(callback)).status).toBe(401);
    const late = await begin('/auth/login');
    const answer = await walk(late.session, late.url);
    app.clock.pass(11);
    expect((await late.session.raw(answer)).status).toBe(401);
    const attempt = { state: 's', nonce: 'n', verifier: 'v', goto: '/' };
    const sealed = app.signIn.sealAttempt(attempt);
    app.clock.pass(9);
    expect(app.signIn.openAttempt(sealed)).toEqual(attempt);
    app.clock.pass(2);
    expect(app.signIn.openAttempt(sealed)).toBeUndefined();
  });

  it('that leads nowhere inside the issuer is said on a page: in Italian first, with two ways back, and nothing of what was asked for', async () => {
    const asked = 'Zafferano';
    const callback = encodeURIComponent('https://evil.example/');
    const wrong = [
      [`/oidc/${asked}`, 404],
      [`/oidc/auth?client_id=${asked}`, 400],
      [`/oidc/auth?client_id=raccordo&redirect_uri=${callback}&response_type=code&scope=openid`, 400],
      [`/oidc/auth/${asked}`, 400],
      [`/oidc/interaction/${asked}Zafferano`, 401],
    ] as const;
    for (const [path, status] of wrong) {
      const answer = await fetch(app.base + path, { headers: { accept: 'text/html,*/*;q=0.8' } });
      const text = await answer.text();
      expect([path, answer.status, answer.headers.get('content-type')]).toEqual([path, status, 'text/html; charset=utf-8']);
      expect(text).toMatch(/^<!doctype html><html lang="it">.*<h1>Accesso (interrotto|non riuscito)<\/h1>/s);
      for (const way of ['href="/auth/login"', 'href="/"', 'lang="en"', 'Codice / code: ']) expect(text).toContain(way);
      for (const hidden of [asked, 'evil', 'client', 'redirect', '<script']) expect([path, text.includes(hidden)]).toEqual([path, false]);
      // The style is allowed by what it is, and nothing else is loaded from anywhere.
      const style = /<style>(.*)<\/style>/s.exec(text)?.[1] ?? '';
      const policy = answer.headers.get('content-security-policy') ?? '';
      expect(policy).toContain(`style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`);
      expect([policy.startsWith("default-src 'none';"), policy.includes('unsafe'), policy.includes('script-src')]).toEqual([
        true,
        false,
        false,
      ]);
      expect(answer.headers.get('cache-control')).toBe('no-store');
    }
  });

  it('leads back to a path of ours only', async () => {
    for (const [goto, target] of [
      ['/cases?open=1', '/cases?open=1'],
      ['//evil.example', '/'],
      ['/\\evil.example', '/'],
      ['https://evil.example', '/'],
    ] as const) {
      const { session, url } = await begin(`/auth/login?goto=${encodeURIComponent(goto)}`);
      expect(await (await finish(session, url)).text()).toContain(`content="0;url=${target.replaceAll('&', '&#38;')}"`);
    }
  });

  it('happens under one host name, whatever name it was asked for under', async () => {
    const { port } = new URL(app.base);
    const location = await new Promise((resolve, reject) => {
      plainRequest({ host: '127.0.0.1', port, path: '/auth/login?acr=2', headers: { host: `localhost:${port}` } }, (answer) => {
        answer.resume();
        resolve(answer.headers.location);
      })
        .on('error', reject)
        .end();
    });
    expect(location).toBe(`${app.base}/auth/login?acr=2`);
  });

  const begin = async (path: string): Promise<{ session: Session; url: URL }> => {
    const session = new Session(app.base);
    let url = new URL(path, app.base);
    for (let response = await session.raw(url); response.headers.has('location'); response = await session.raw(url)) {
      url = new URL(response.headers.get('location') ?? '', url);
    }
    return { session, url };
  };
  const pageOf = async ({ session, url }: { session: Session; url: URL }): Promise<string> => (await session.raw(url)).text();
  /** Fills in the form and follows until the callback, which is not called. */
  const walk = async (session: Session, form: URL): Promise<URL> => {
    let response = await session.raw(form, { method: 'POST', body: new URLSearchParams({ persona: PERSONAS[0]?.sub ?? '', acr: '2' }) });
    let url = form;
    while (url.pathname !== '/auth/callback') {
      url = new URL(response.headers.get('location') ?? '', url);
      if (url.pathname !== '/auth/callback') response = await session.raw(url);
    }
    return url;
  };
  const finish = async (session: Session, form: URL): Promise<Response> => session.raw(await walk(session, form));
  const cookieIn = (answer: Response): string => /raccordo-session=([\w-]{43})/.exec(answer.headers.getSetCookie().join())?.[1] ?? '';
});

describe('a session', () => {
  let app: SignInApp;
  beforeAll(async () => {
    app = await SignInApp.start();
  });
  afterAll(() => app.stop());
  const status = async (session: Session): Promise<number> => (await session.get('/api/whoami')).status;

  it('ends when nobody used it for the idle time, and lives on while it is used', async () => {
    const session = await signInAs(app.base, 'giulia');
    for (let n = 0; n < 3; n++) {
      app.clock.pass(19);
      expect(await status(session)).toBe(200);
    }
    app.clock.pass(20);
    expect(await status(session)).toBe(401);
    app.clock.pass(-19);
    expect(await status(session)).toBe(401);
  });

  it('is not kept alive by asking about it, nor by polling', async () => {
    const session = await signInAs(app.base, 'giulia');
    app.clock.pass(10);
    expect((await session.get('/auth/session')).body).toMatchObject({ signedIn: true, acr: 2, way: 'demo' });
    expect((await session.get('/api/whoami', { headers: { 'Raccordo-Passive': 'true' } })).status).toBe(200);
    app.clock.pass(10);
    expect(await status(session)).toBe(401);
    expect((await session.get('/auth/session')).body).toEqual({ signedIn: false, way: 'demo' });
  });

  it('ends at its last hour however much it is used', async () => {
    const session = await signInAs(app.base, 'giulia');
    for (let minutes = 0; minutes < 600; minutes += 15) {
      expect(await status(session)).toBe(200);
      app.clock.pass(15);
    }
    expect(await status(session)).toBe(401);
  });

  it('ends at sign-out', async () => {
    const session = await signInAs(app.base, 'giulia');
    await session.signOut();
    expect(await status(session)).toBe(401);
  });

  it('changes nothing for another site: it needs the token, the origin and the same site', async () => {
    const session = await signInAs(app.base, 'giulia');
    const change = async (headers: Record<string, string>): Promise<unknown> => {
      const { status, body } = await session.post<{ title?: string }>('/api/whoami', {}, { headers });
      return body.title ?? status;
    };
    expect(await change({})).toBe(201);
    expect(await change({ Origin: app.base, 'Sec-Fetch-Site': 'same-origin' })).toBe(201);
    const faults: Record<string, string>[] = [
      { 'x-csrf-token': '' },
      { 'x-csrf-token': 'x'.repeat(43) },
      { Origin: 'http://evil.example' },
      { Origin: 'null' },
      { 'Sec-Fetch-Site': 'cross-site' },
      { 'Sec-Fetch-Site': 'same-site' },
    ];
    for (const headers of faults) expect(await change(headers)).toBe('session.cross-site');
    const other = await signInAs(app.base, 'giulia');
    const theirs = (await other.get<{ csrf: string }>('/auth/session')).body.csrf;
    expect(await change({ 'x-csrf-token': theirs })).toBe('session.cross-site');
  });

  it('is swept away once it has ended', async () => {
    await signInAs(app.base, 'giulia');
    app.clock.pass(601);
    expect(await app.signIn.sessions.sweep()).toBeGreaterThan(0);
    expect(await app.signIn.sessions.sweep()).toBe(0);
  });

  it('is open to the gateway role only', async () => {
    const stranger = app.database.databases.pool('raccordo_owner');
    expect((await stranger.query('select 1 from sign_in.session')).rowCount).toBe(0);
    await app.database.asAdmin(async (client) => {
      const { rows } = await client.query<{ grantee: string; privilege_type: string }>(
        `select distinct grantee, privilege_type from information_schema.role_table_grants where table_schema = 'sign_in' and grantee <> 'raccordo_owner'`,
      );
      expect(rows.map(({ grantee, privilege_type }) => `${grantee} ${privilege_type}`).sort()).toEqual([
        'raccordo_gateway DELETE',
        'raccordo_gateway INSERT',
        'raccordo_gateway SELECT',
      ]);
    });
  });
});

describe('sign-in without an issuer', () => {
  it('says so, and a service that cannot reach its issuer asks to come back', async () => {
    const closed = await SignInApp.start({ issuer: undefined });
    expect((await fetch(`${closed.base}/auth/login`)).status).toBe(503);
    expect(await (await fetch(`${closed.base}/auth/session`)).json()).toEqual({ signedIn: false, way: 'none' });
    await closed.stop();
    const lost = await SignInApp.start({ issuer: { url: 'http://127.0.0.1:1', clientId: 'x' } });
    const answer = await fetch(`${lost.base}/auth/login`, { redirect: 'manual' });
    expect([answer.status, ((await answer.json()) as { title: string }).title]).toEqual([503, 'sign-in.issuer-unavailable']);
    expect((await fetch(`${lost.base}/oidc/.well-known/openid-configuration`)).status).toBe(404);
    await lost.stop();
  });

  it('never embeds one beyond the loopback address', async () => {
    const exposed = await SignInApp.start({ baseUrl: () => 'http://10.0.0.7:3000' });
    expect(() => exposed.signIn.party()).toThrow('loopback');
    await exposed.stop();
  });
});
