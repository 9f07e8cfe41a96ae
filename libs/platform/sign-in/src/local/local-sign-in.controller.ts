import { Body, Controller, HttpCode, Inject, Post, Req, Res } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { Public } from '@platform/http';
import { DomainError, notFound } from '@platform/kernel';
import { SignIn } from '../sign-in';
import {
  BeginningView,
  EnrolmentBody,
  EnrolWithPasskeyBody,
  EnrolWithPasswordBody,
  PasskeyAnswerBody,
  PasskeyRequestView,
  PasswordBody,
} from './account-bodies';
import type { Admitted, LocalAccounts } from './local-accounts';
import { demandOwnPage } from './own-page';

/** The doors of an installation that is its own issuer. Where people sign in elsewhere there are none. */
@ApiTags('sign-in')
@Controller('auth/local')
export class LocalSignInController {
  constructor(@Inject(SignIn) private readonly signIn: SignIn) {}

  @Post('password')
  @HttpCode(204)
  @Public()
  async password(
    @Body() { name, password, code }: PasswordBody,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<void> {
    const accounts = this.#accounts(request);
    await this.#admit(request, response, accounts.signInWithPassword(name, password, code.replace(/\s/g, '')));
  }

  @Post('passkey/options')
  @HttpCode(200)
  @Public()
  @ApiOkResponse({ type: PasskeyRequestView })
  passkeyOptions(@Req() request: Request): Promise<PasskeyRequestView> {
    return this.#accounts(request).beginPasskey(this.signIn.originFor(request));
  }

  @Post('passkey')
  @HttpCode(204)
  @Public()
  async passkey(
    @Body() { attempt, ...answer }: PasskeyAnswerBody,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<void> {
    const accounts = this.#accounts(request);
    await this.#admit(request, response, accounts.signInWithPasskey(this.signIn.originFor(request), attempt, answer));
  }

  /** Begins to make the account a link is for: offers one-time codes and, where there can be any, a passkey. */
  @Post('enrolment')
  @HttpCode(200)
  @Public()
  @ApiOkResponse({ type: BeginningView })
  begin(@Body() { token, name }: EnrolmentBody, @Req() request: Request): Promise<BeginningView> {
    return this.#accounts(request).begin(this.signIn.originFor(request), token, name);
  }

  /** Makes the account with a password and one-time codes, spends the link and signs in. */
  @Post('enrolment/password')
  @HttpCode(204)
  @Public()
  async enrolWithPassword(
    @Body() { token, attempt, password, code }: EnrolWithPasswordBody,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<void> {
    const admitted = await this.#accounts(request).enrolWithPassword(token, attempt, { password, code });
    await this.signIn.admit(request, response, admitted);
  }

  /** Makes the account with a passkey, spends the link and signs in. */
  @Post('enrolment/passkey')
  @HttpCode(204)
  @Public()
  async enrolWithPasskey(
    @Body() { token, attempt, ...answer }: EnrolWithPasskeyBody,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<void> {
    const admitted = await this.#accounts(request).enrolWithPasskey(this.signIn.originFor(request), token, attempt, answer);
    await this.signIn.admit(request, response, admitted);
  }

  #accounts(request: Request): LocalAccounts {
    const { accounts } = this.signIn;
    if (!accounts) throw notFound('route');
    demandOwnPage(request, this.signIn.originFor(request));
    return accounts;
  }

  /** What fails is on record before the person is answered; a flood from one address is folded there. */
  async #admit(request: Request, response: Response, admitting: Promise<Admitted>): Promise<void> {
    const admitted = await admitting.catch(async (error: unknown) => {
      const known = error instanceof DomainError ? REASONS[error.code] : undefined;
      if (known) await this.signIn.report(request, known);
      throw error;
    });
    await this.signIn.admit(request, response, admitted);
  }
}

const REASONS: Readonly<Record<string, 'credentials' | 'too-many'>> = {
  'sign-in.refused': 'credentials',
  'sign-in.too-many': 'too-many',
};
