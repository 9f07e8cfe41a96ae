import { generateKeyPairSync, randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Request, Response } from 'express';
import type Provider from 'oidc-provider';
import { scopeOf } from '@platform/http';
import type { Clock } from '@platform/kernel';
import { DemoMemory } from './demo-adapter';
import { demoPage } from './demo-page';
import { lostPage, sendPage, sendRefusal } from './pages';
import { DEMO_ISSUER, type Issuer } from './relying-party';

/** An invented person anybody may sign in as. */
export interface Persona {
  /** Subject at the embedded issuer: a lower-case word. */
  readonly sub: string;
  readonly name: string;
  /** What the person does, for the list. */
  readonly label: string;
}

type KoaContext = Parameters<Parameters<Provider['use']>[0]>[0];

const FORM_LIMIT = 4096;
const INTERACTION = /^\/oidc\/interaction\/[\w-]{10,64}$/;

/**
 * An OpenID Connect issuer inside the process, for demo mode on a loopback address: there are no passwords,
 * one chooses who to be and how strongly to sign in. Keys and memory go with the process.
 */
export class DemoIssuer {
  readonly client: Issuer;
  #provider: Promise<Provider> | undefined;

  constructor(
    url: string,
    private readonly redirectUri: string,
    private readonly personas: readonly Persona[],
    private readonly clock: Clock,
  ) {
    this.client = { url, clientId: 'raccordo', clientSecret: randomBytes(32).toString('base64url'), name: DEMO_ISSUER };
  }

  async handle(request: Request, response: Response): Promise<void> {
    this.#provider ??= this.#start();
    const provider = await this.#provider;
    if (INTERACTION.test(request.path)) return this.#interaction(provider, request, response);
    // The issuer is written for the root of a server; Express tells it where it is mounted by these two.
    const mounted = request as IncomingMessage & { baseUrl?: string };
    mounted.baseUrl = '/oidc';
    mounted.url = request.originalUrl.slice('/oidc'.length) || '/';
    await provider.callback()(request, response);
  }

  async #interaction(provider: Provider, request: Request, response: Response): Promise<void> {
    const interaction = await provider.interactionDetails(request, response).catch(() => undefined);
    // The page was left open too long, or its cookie is another browser's.
    if (!interaction) return sendRefusal(response, scopeOf(request).trace);
    const form = request.method === 'POST' ? await readForm(request) : undefined;
    if (form) {
      const persona = this.personas.find(({ sub }) => sub === form.get('persona'));
      const acr = form.get('acr') ?? '';
      if (persona && ['1', '2', '3'].includes(acr)) {
        return provider.interactionFinished(request, response, { login: { accountId: persona.sub, acr, remember: false } });
      }
    }
    const { login_hint: persona, acr_values: acrValues } = interaction.params as Record<string, string | undefined>;
    const page = demoPage(
      this.personas,
      { persona: form?.get('persona') ?? persona, acr: form?.get('acr') ?? acrValues?.split(' ')[0] },
      form !== undefined,
    );
    sendPage(response, form ? 400 : 200, page.title, page.body);
  }

  async #start(): Promise<Provider> {
    const { Provider: Issuing, interactionPolicy } = await import('oidc-provider');
    const memory = new DemoMemory(this.clock);
    const policy = interactionPolicy.base();
    // The only client is this service: there is nobody to give consent to.
    policy.remove('consent');
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const known = new Set(this.personas.map(({ sub }) => sub));
    const provider = new Issuing(this.client.url, {
      adapter: (kind: string) => memory.adapterFor(kind),
      clients: [
        {
          client_id: this.client.clientId,
          client_secret: this.client.clientSecret ?? '',
          redirect_uris: [this.redirectUri],
          grant_types: ['authorization_code'],
          response_types: ['code'],
          token_endpoint_auth_method: 'client_secret_basic',
          id_token_signed_response_alg: 'ES256',
        },
      ],
      jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), use: 'sig', alg: 'ES256', kid: 'demo' }] },
      cookies: { keys: [randomBytes(32).toString('base64url')] },
      acrValues: ['1', '2', '3'],
      scopes: ['openid'],
      claims: { openid: ['sub', 'acr'] },
      pkce: { required: () => true },
      interactions: { policy, url: (_, interaction) => `/oidc/interaction/${interaction.uid}` },
      features: { devInteractions: { enabled: false }, rpInitiatedLogout: { enabled: false }, userinfo: { enabled: false } },
      findAccount: (_, sub) => (known.has(sub) ? { accountId: sub, claims: () => ({ sub }) } : undefined),
      loadExistingGrant: async (context) => {
        const grant = new context.oidc.provider.Grant({ accountId: context.oidc.session?.accountId ?? '', clientId: this.client.clientId });
        grant.addOIDCScope('openid');
        await grant.save();
        return grant;
      },
      // Everybody is asked each time, and one browser plays several people: whoever signed in before is not remembered.
      expiresWithSession: () => false,
      ttl: { AccessToken: 60, AuthorizationCode: 60, Grant: 600, IdToken: 300, Interaction: 600, Session: 600 },
      renderError: (context) => showLost(context, context.status),
    });
    // An address that is none ends before all error handling of the issuer.
    provider.use(async (context, next) => {
      await next();
      if (context.status === 404 && context.body === undefined) showLost(context, 404);
    });
    provider.on('authorization.success', ({ oidc }) => {
      if (oidc.session) Object.assign(oidc.session, { destroyed: true });
    });
    return provider;
  }
}

function showLost(context: Pick<KoaContext, 'req' | 'set' | 'status' | 'type' | 'body'>, status: number): void {
  const { html, headers } = lostPage(status, scopeOf(context.req as Request).trace);
  context.set(headers);
  context.status = status;
  context.type = 'html';
  context.body = html;
}

/** @throws nothing: too much or unreadable is an empty form */
async function readForm(request: Request): Promise<URLSearchParams> {
  let text = '';
  for await (const chunk of request as AsyncIterable<Buffer>) {
    text += chunk.toString('utf8');
    if (text.length > FORM_LIMIT) return new URLSearchParams();
  }
  return new URLSearchParams(text);
}
