import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import { HeldClock, SignInApp } from '../test/sign-in-app';
import { DemoMemory } from './demo-adapter';
import { acrOf, loginOf, Session } from './index';
import { acrValuesFor } from './acr';

const SPID = [1, 2, 3].map((level) => `https://www.spid.gov.it/SpidL${level}`);

/** An issuer elsewhere that speaks of levels as SPID does, and lets everybody in as `sub-1` at the level it was told to. */
class ForeignIssuer {
  level: string | undefined;
  refuses = false;
  readonly asked: (string | undefined)[] = [];
  #server!: Server;
  url = '';

  async start(redirectUri: string): Promise<void> {
    this.#server = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => this.#server.once('listening', resolve));
    this.url = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
    const { Provider, interactionPolicy } = await import('oidc-provider');
    const memory = new DemoMemory({ now: () => new Date().toISOString() });
    const policy = interactionPolicy.base();
    policy.remove('consent');
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const provider = new Provider(this.url, {
      adapter: (kind: string) => memory.adapterFor(kind),
      clients: [
        { client_id: 'raccordo', client_secret: 'x'.repeat(32), redirect_uris: [redirectUri], id_token_signed_response_alg: 'ES256' },
      ],
      jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), use: 'sig', alg: 'ES256' }] },
      cookies: { keys: [randomBytes(8).toString('hex')] },
      acrValues: SPID,
      claims: { openid: ['sub', 'acr'] },
      scopes: ['openid'],
      interactions: { policy, url: (_, interaction) => `/door/${interaction.uid}` },
      features: { devInteractions: { enabled: false } },
      findAccount: (_, sub) => ({ accountId: sub, claims: () => ({ sub }) }),
      loadExistingGrant: async (context) => {
        const grant = new context.oidc.provider.Grant({ accountId: 'sub-1', clientId: 'raccordo' });
        grant.addOIDCScope('openid');
        await grant.save();
        return grant;
      },
      ttl: { AccessToken: 60, AuthorizationCode: 60, Grant: 600, IdToken: 300, Interaction: 600, Session: 600 },
    });
    const serve = provider.callback();
    this.#server.on('request', (request, response) => {
      if (!request.url?.startsWith('/door/')) return void serve(request, response);
      void provider.interactionDetails(request, response).then(({ params }) => {
        this.asked.push(params.acr_values as string | undefined);
        const login = { accountId: 'sub-1', ...(this.level === undefined ? {} : { acr: this.level }) };
        return provider.interactionFinished(request, response, this.refuses ? { error: 'access_denied' } : { login });
      });
    });
  }

  stop = (): Promise<void> => new Promise((resolve) => void this.#server.close(() => resolve()).closeAllConnections());
}

describe('signing in at another issuer', () => {
  const issuer = new ForeignIssuer();
  let app: SignInApp;
  beforeAll(async () => {
    const known = { url: '', clientId: 'raccordo', clientSecret: 'x'.repeat(32) };
    app = await SignInApp.start({ issuer: known });
    await issuer.start(`${app.base}/auth/callback`);
    known.url = issuer.url;
  });
  afterAll(async () => {
    await app.stop();
    await issuer.stop();
  });

  const come = async (query = ''): Promise<{ session: Session; response: Response }> => {
    const session = new Session(app.base);
    let url = new URL(`/auth/login${query}`, app.base);
    let response = await session.raw(url);
    for (let hop = 0; response.headers.has('location') && hop < 10; hop++) {
      url = new URL(response.headers.get('location') ?? '', url);
      response = await session.raw(url);
    }
    return { session, response };
  };
  const levelOf = async (session: Session): Promise<unknown> => (await session.get<{ acr: number }>('/auth/session')).body.acr;

  it.each([
    [SPID[0], 1],
    [SPID[1], 2],
    [SPID[2], 3],
    ['urn:unknown', 1],
    [undefined, 1],
  ])('takes the level the issuer vouches for: %s is %i', async (level, acr) => {
    issuer.level = level;
    const { session, response } = await come('?acr=3');
    expect([response.status, await levelOf(session)]).toEqual([200, acr]);
  });

  it('asks for the level in the words of the issuer', async () => {
    issuer.asked.length = 0;
    await come('?acr=2');
    await come();
    expect(issuer.asked).toEqual([`${SPID[1]} ${SPID[2]}`, undefined]);
  });

  it('knows people by a hash of issuer and subject', async () => {
    await come();
    const logins = await app.database.asAdmin(
      async (client) => (await client.query<{ login: string }>('select distinct login from sign_in.session')).rows,
    );
    expect(logins).toEqual([{ login: loginOf(issuer.url, 'sub-1') }]);
  });

  it('gives no session when the issuer refuses, and says nothing of the reason', async () => {
    issuer.refuses = true;
    app.failures.length = 0;
    const { session, response } = await come();
    issuer.refuses = false;
    expect([response.status, app.failures.map(({ reason }) => reason)]).toEqual([401, ['denied']]);
    expect(await response.text()).not.toContain('access_denied');
    expect((await session.get('/auth/session')).body).toEqual({ signedIn: false, way: 'issuer' });
  });

  it('has no embedded issuer beside it', async () => {
    expect((await fetch(`${app.base}/oidc/.well-known/openid-configuration`)).status).toBe(404);
  });
});

describe('the strength of a sign-in', () => {
  it('is the lowest for whatever nobody told us', () => {
    fc.assert(
      fc.property(fc.anything(), (claim) => {
        const known = claim === '2' || claim === '3' || claim === SPID[1] || claim === SPID[2];
        expect(acrOf(claim) === 1).toBe(!known);
      }),
      { seed: 5 },
    );
    expect(['https://www.spid.gov.it/SpidL3x', 'https://evil.example/SpidL3', 3, ' 3', '03'].map(acrOf)).toEqual([1, 1, 1, 1, 1]);
  });

  it('is asked for in words the issuer supports, or not at all', () => {
    expect(acrValuesFor(2, ['1', '2', '3'])).toBe('2 3');
    expect(acrValuesFor(3, [...SPID, '3'])).toBe(SPID[2]);
    expect(acrValuesFor(2, ['gold'])).toBeUndefined();
  });
});

describe('the memory of the embedded issuer', () => {
  it('forgets what has expired, and the oldest when it is full', async () => {
    const clock = new HeldClock();
    const memory = new DemoMemory(clock);
    const codes = memory.adapterFor('AuthorizationCode');
    await codes.upsert('a', { uid: 'u', grantId: 'g' }, 60);
    expect(await codes.find('a')).toMatchObject({ uid: 'u' });
    expect(await memory.adapterFor('Session').find('a')).toBeUndefined();
    expect(await codes.findByUid('u')).toBeDefined();
    clock.pass(1);
    expect([await codes.find('a'), await codes.findByUid('u')]).toEqual([undefined, undefined]);
    for (let n = 0; n < 2100; n++) await codes.upsert(`n${n}`, {}, 60);
    expect([memory.size, await codes.find('n0'), await codes.find('n2099')]).toEqual([2000, undefined, {}]);
    await codes.upsert('b', { grantId: 'g' }, 60);
    await codes.revokeByGrantId('g');
    expect(await codes.find('b')).toBeUndefined();
  });
});
