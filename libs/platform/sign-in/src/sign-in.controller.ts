import { Controller, Get, HttpCode, Inject, Post, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeEndpoint, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { Code, Count, Flag, Instant, Public, scopeOf, Slug, Text } from '@platform/http';
import { DomainError } from '@platform/kernel';
import { isAcr } from './acr';
import { cookieOf, setCookie } from './cookies';
import { sendRefusal, sendWelcome } from './pages';
import { SignInFailed } from './relying-party';
import { storedSessionOf } from './session-middleware';
import { relyingPartyOf } from './local/passkeys';
import { CALLBACK_PATH, SignIn, WAYS } from './sign-in';

const ATTEMPT = 'raccordo-sign-in';
/** Where the browser application asks for passkey, password and code. */
const OWN_PAGE = '/accesso';

class LoginQuery {
  @Slug({ optional: true, query: true, description: 'Demo only: persona to preselect.' }) persona?: string;
  @Count({ min: 1, max: 3, optional: true, query: true, description: 'Strength of sign-in to ask for.' }) acr?: number;
  @Text({ max: 300, optional: true, query: true, description: 'Path to show after sign-in.' }) goto?: string;
}

export class SessionView {
  @Flag({ description: 'Whether the request came in a live session.' }) signedIn!: boolean;
  @Code(WAYS, { description: 'How one can sign in here.' }) way!: string;
  @Flag({ optional: true, description: 'Local accounts only: whether this address can have passkeys.' }) passkeys?: boolean;
  @Text({ max: 260, optional: true, description: 'Whom to write to about obstacles to accessibility.' }) contact?: string;
  @Count({ min: 1, max: 3, optional: true }) acr?: number;
  @Text({ max: 64, optional: true, description: 'Send it as x-csrf-token with every change.' }) csrf?: string;
  @Instant({ optional: true, description: 'The session ends then unless it is used before.' }) idleEnds?: string;
  @Instant({ optional: true, description: 'The session ends then in any case.' }) ends?: string;
}

/** Only a path of our own: `//host` and `/\host` would lead elsewhere. */
const ownPath = (path: string | undefined): string => (path !== undefined && /^\/(?![/\\])[\w\-./?=&%#]*$/.test(path) ? path : '/');

/** The browser's side of signing in: the session stays here, tokens never reach the browser. */
@ApiTags('sign-in')
@Controller('auth')
export class SignInController {
  constructor(@Inject(SignIn) private readonly signIn: SignIn) {}

  @Get('login')
  @Public()
  @ApiExcludeEndpoint()
  async login(@Query() query: LoginQuery, @Req() request: Request, @Res() response: Response): Promise<void> {
    const base = this.signIn.originFor(request);
    // Cookies belong to one host name: 127.0.0.1 and localhost are two.
    if (request.get('Host') !== new URL(base).host) return response.redirect(302, base + request.originalUrl);
    if (this.signIn.accounts) return response.redirect(302, `${OWN_PAGE}?goto=${encodeURIComponent(ownPath(query.goto))}`);
    const party = this.signIn.party();
    if (!party) throw new DomainError('sign-in.not-configured', 'unavailable', 'No way to sign in is configured.', [], 60);
    const { url, attempt } = await party.begin(ownPath(query.goto), {
      acr: isAcr(query.acr) ? query.acr : undefined,
      login: this.signIn.demo ? query.persona : undefined,
    });
    // Lax: the issuer's redirect comes from another site. It is of use to nobody without the issuer's answer.
    setCookie(response, ATTEMPT, this.signIn.sealAttempt(attempt), { ...this.#attemptRules, maxAge: 600 });
    response.redirect(302, url.href);
  }

  @Get('callback')
  @Public()
  @ApiExcludeEndpoint()
  async callback(@Req() request: Request, @Res() response: Response): Promise<void> {
    setCookie(response, ATTEMPT, '', { ...this.#attemptRules, maxAge: 0 });
    const attempt = this.signIn.openAttempt(cookieOf(request, ATTEMPT));
    const party = this.signIn.party();
    try {
      if (!attempt || !party) throw new SignInFailed('attempt-unknown');
      const { login, acr } = await party.finish(request.originalUrl.slice(request.path.length), attempt);
      await this.signIn.admit(request, response, { login, acr });
      sendWelcome(response, attempt.goto);
    } catch (error) {
      if (!(error instanceof SignInFailed)) throw error;
      await this.signIn.report(request, error.reason);
      sendRefusal(response, scopeOf(request).trace);
    }
  }

  @Get('session')
  @Public()
  @ApiOkResponse({ type: SessionView })
  session(@Req() request: Request): SessionView {
    const stored = storedSessionOf(request);
    const { way } = this.signIn;
    const { contact } = this.signIn.options;
    const here = {
      way,
      ...(contact === undefined ? {} : { contact }),
      ...(way === 'local' ? { passkeys: relyingPartyOf(this.signIn.originFor(request)) !== undefined } : {}),
    };
    if (!stored) return { signedIn: false, ...here };
    const { acr, csrf, idleEnds, ends } = stored;
    return { signedIn: true, ...here, acr, csrf, idleEnds, ends };
  }

  /** Ends the session of the cookie; without one there is nothing to end. */
  @Post('logout')
  @Public()
  @HttpCode(204)
  async logout(@Req() request: Request, @Res({ passthrough: true }) response: Response): Promise<void> {
    const name = this.signIn.cookieName;
    const cookie = cookieOf(request, name);
    if (cookie !== undefined && storedSessionOf(request)) await this.signIn.sessions.close(cookie);
    setCookie(response, name, '', { path: '/', sameSite: 'Strict', secure: this.signIn.secure, maxAge: 0 });
  }

  get #attemptRules(): { path: string; sameSite: 'Lax'; secure: boolean } {
    return { path: CALLBACK_PATH, sameSite: 'Lax', secure: this.signIn.secure };
  }
}
