import { Body, Controller, Get, Headers, HttpCode, Post, Req } from '@nestjs/common';
import { ApiHeader, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Request } from 'express';
import { Public, scopeOf } from '@platform/http';
import { GuidedSetup } from './guided-setup';
import {
  AdministratorBody,
  ConfirmedWordsBody,
  GroundBody,
  KeySheetView,
  MailTestBody,
  MailTriedView,
  NewcomersBody,
  ProgressView,
  WelcomedListView,
  WelcomedView,
  WordsBody,
} from './guided-setup-bodies';

const TOKEN = 'raccordo-setup-token';

/** *Inizia davvero*: five steps from an empty folder to a real installation, open to whoever can read the token on its machine. */
@ApiTags('Set-up')
@ApiHeader({ name: 'Raccordo-Setup-Token', required: true })
@Controller('api/setup')
export class GuidedSetupController {
  constructor(private readonly guided: GuidedSetup) {}

  /** Whether there is anything to set up, to anybody; how far it is, to whoever has the token. */
  @Get()
  @Public()
  @ApiOkResponse({ type: ProgressView })
  async progress(@Headers(TOKEN) token: string | undefined): Promise<ProgressView> {
    if (token === undefined) return { open: this.guided.open };
    this.guided.demand(token);
    return { open: true, ...(await this.guided.progress()) };
  }

  @Post('ground')
  @HttpCode(204)
  @Public()
  async ground(@Headers(TOKEN) token: string | undefined, @Body() body: GroundBody): Promise<void> {
    this.guided.demand(token);
    await this.guided.layGround(body);
  }

  /** Answers the link by which the administrator makes their account; nothing where they sign in elsewhere. */
  @Post('administrator')
  @HttpCode(200)
  @Public()
  @ApiOkResponse({ type: WelcomedView })
  administrator(
    @Headers(TOKEN) token: string | undefined,
    @Body() { name }: AdministratorBody,
    @Req() request: Request,
  ): Promise<WelcomedView> {
    this.guided.demand(token);
    return this.guided.nameAdministrator(name, scopeOf(request).session?.login);
  }

  /** First colleagues, each with the link that goes to them by a safe way. */
  @Post('people')
  @HttpCode(200)
  @Public()
  @ApiOkResponse({ type: WelcomedListView })
  async people(@Headers(TOKEN) token: string | undefined, @Body() { people }: NewcomersBody): Promise<WelcomedListView> {
    this.guided.demand(token);
    return { people: await this.guided.welcome(people) };
  }

  /** Exports the region keys under new words. They are in this answer and nowhere else. */
  @Post('keys')
  @HttpCode(200)
  @Public()
  @ApiOkResponse({ type: KeySheetView })
  async keys(@Headers(TOKEN) token: string | undefined, @Body() { language = 'it' }: WordsBody): Promise<KeySheetView> {
    this.guided.demand(token);
    const { words, regions, ask, ...sheet } = await this.guided.beginKeys(language);
    return { ...sheet, words: [...words], regions: [...regions], ask: [...ask] };
  }

  @Post('keys/confirmation')
  @HttpCode(204)
  @Public()
  confirmKeys(@Headers(TOKEN) token: string | undefined, @Body() { attempt, words }: ConfirmedWordsBody): void {
    this.guided.demand(token);
    this.guided.confirmKeys(attempt, words);
  }

  /** Sends a test letter, or leaves mail for later. */
  @Post('mail')
  @HttpCode(200)
  @Public()
  @ApiOkResponse({ type: MailTriedView })
  async mail(@Headers(TOKEN) token: string | undefined, @Body() { to }: MailTestBody): Promise<MailTriedView> {
    this.guided.demand(token);
    if (to !== undefined) return { outcome: await this.guided.tryMail(to) };
    this.guided.postponeMail();
    return { outcome: 'later' };
  }

  /** Spends the token. */
  @Post('completion')
  @HttpCode(204)
  @Public()
  async finish(@Headers(TOKEN) token: string | undefined): Promise<void> {
    this.guided.demand(token);
    await this.guided.finish();
  }
}
