import { Body, Controller, Get, HttpCode, Inject, Param, Post, Req } from '@nestjs/common';
import { ApiCookieAuth, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Request } from 'express';
import { Public } from '@platform/http';
import { DomainError, notFound } from '@platform/kernel';
import { storedSessionOf } from '../session-middleware';
import type { StoredSession } from '../session-store';
import { SignIn } from '../sign-in';
import { BeginningView, NameBody, NewPasskeyBody, NewPasswordBody, WaysView } from './account-bodies';
import type { LocalAccounts } from './local-accounts';

const FRESH = 10 * 60_000;

/**
 * What a person may do about their own account. A new way in is as good as the account: whoever makes one has signed in within the last ten
 * minutes, and as strongly as the account can – an unattended desk or a weaker way in is not enough.
 */
@ApiTags('sign-in')
@ApiCookieAuth('session')
@Controller('auth/local/account')
export class AccountController {
  constructor(@Inject(SignIn) private readonly signIn: SignIn) {}

  @Get()
  @Public()
  @ApiOkResponse({ type: WaysView })
  async ways(@Req() request: Request): Promise<WaysView> {
    const { accounts, session } = this.#signedIn(request);
    const { password, passkeys } = await accounts.waysOf(session.login);
    return { password, passkeys };
  }

  @Post('beginning')
  @HttpCode(200)
  @Public()
  @ApiOkResponse({ type: BeginningView })
  async begin(@Body() { name }: NameBody, @Req() request: Request): Promise<BeginningView> {
    const { accounts, session } = await this.#entitled(request);
    return accounts.beginAnother(this.signIn.originFor(request), session.login, name);
  }

  @Post('passkeys')
  @HttpCode(204)
  @Public()
  async addPasskey(@Body() { attempt, ...answer }: NewPasskeyBody, @Req() request: Request): Promise<void> {
    const { accounts, session } = await this.#entitled(request);
    await accounts.addPasskey(this.signIn.originFor(request), session.login, attempt, answer);
  }

  /** A lost or stolen key: to take a way in away, having signed in is enough. */
  @Post('passkeys/:id/removal')
  @HttpCode(204)
  @Public()
  async removePasskey(@Param('id') id: string, @Req() request: Request): Promise<void> {
    const { accounts, session } = this.#signedIn(request);
    await accounts.removePasskey(session.login, id);
  }

  @Post('password')
  @HttpCode(204)
  @Public()
  async replacePassword(@Body() { attempt, password, code }: NewPasswordBody, @Req() request: Request): Promise<void> {
    const { accounts, session } = await this.#entitled(request);
    await accounts.replacePassword(session.login, attempt, { password, code });
  }

  #signedIn(request: Request): { accounts: LocalAccounts; session: StoredSession } {
    const { accounts } = this.signIn;
    if (!accounts) throw notFound('route');
    const session = storedSessionOf(request);
    if (!session) throw new DomainError('session.missing', 'unauthenticated', 'Sign in first.');
    return { accounts, session };
  }

  async #entitled(request: Request): Promise<{ accounts: LocalAccounts; session: StoredSession }> {
    const signedIn = this.#signedIn(request);
    const { accounts, session } = signedIn;
    const age = Date.parse(this.signIn.options.clock.now()) - Date.parse(session.opened);
    if (age > FRESH)
      throw new DomainError('account.sign-in-again', 'forbidden', 'Sign in again: this needs a sign-in of the last ten minutes.');
    if (session.acr < (await accounts.waysOf(session.login)).strongest)
      throw new DomainError('account.sign-in-stronger', 'forbidden', 'Sign in with the strongest key of this account to add another.');
    return signedIn;
  }
}
