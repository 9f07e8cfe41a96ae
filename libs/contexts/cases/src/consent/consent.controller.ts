import { Body, HttpCode, Param, Post } from '@nestjs/common';
import { Pipeline } from '@platform/commanding';
import { Act, Code, code, ContextController, type Exchange, Flag, Http, Instant, ListOf, newStreamId, Slug, Text } from '@platform/http';
import { type Authority, FIELD_GROUPS, type FieldGroup, notFound, type Purpose, PURPOSES } from '@platform/kernel';
import { Vaults } from '@platform/pseudonymity';
import { CaseLog } from '../case-log';
import { Handles } from '../handles';
import { Running } from '../running';
import { ConsentAccess } from './consent.access';
import { ASKED_HOW, CONSENT_WITHDRAWALS } from './consent';
import { consentSlice } from './consent-slice';
import { AskConsent, consentDecider, GiveConsent, RefuseConsent, WithdrawConsent } from './consent.decider';

export class AskConsentBody {
  @Slug({ pattern: '^(organisation|team)-[0-9a-f-]{36}$', description: 'Organisation or interregional team that would see the data' })
  recipient!: string;
  @Code(PURPOSES) purpose!: Purpose;
  @ListOf(code(FIELD_GROUPS), { min: 1, max: 13 }) groups!: FieldGroup[];
  @Slug({ pattern: '^[a-z]{2,3}$', description: 'Language the person was asked in' }) language!: string;
  @Flag() interpreter!: boolean;
  @Code(ASKED_HOW) how!: (typeof ASKED_HOW)[number];
  @Instant({ description: 'Without an answer by then the request lapses' }) answerDue!: string;
  @Instant({ description: 'Until when the consent lasts, if given' }) expires!: string;
}
export class GiveConsentBody {
  @Text({ max: 2000, lines: true, optional: true, description: 'How the person said yes; kept in the vault' }) evidence?: string;
}
export class WithdrawConsentBody {
  @Code(CONSENT_WITHDRAWALS) reason!: (typeof CONSENT_WITHDRAWALS)[number];
}

@ContextController('', 'Consents')
export class ConsentController {
  constructor(
    private readonly running: Running,
    private readonly pipeline: Pipeline,
    private readonly access: ConsentAccess,
    private readonly handles: Handles,
    private readonly log: CaseLog,
    private readonly vaults: Vaults,
  ) {}

  /** One purpose, one recipient, the field groups: each is asked and can be withdrawn on its own. */
  @Post('cases/:handle/consents')
  @Act('AskConsent')
  async ask(@Http() http: Exchange, @Param('handle') handle: string, @Body() body: AskConsentBody): Promise<{ handle: string }> {
    const caseId = await this.handles.stream(handle, 'case', http.by.actor);
    const id = newStreamId('consent', http.by.commandId);
    const accepted = await this.running.run(http, http.by, new AskConsent(id, { case: caseId, ...body }));
    const { handle: consent } = await this.handles.of(accepted.log.split('@')[1] ?? '', id, http.by.actor.organisation);
    http.created(`/api/consents/${consent}`);
    return { handle: consent };
  }

  @Post('consents/:handle/giving')
  @HttpCode(204)
  @Act('GiveConsent')
  async give(@Http() http: Exchange, @Param('handle') handle: string, @Body() body: GiveConsentBody): Promise<void> {
    const { id, region, caseId, by } = await this.#addressed(http, handle);
    const done = await this.pipeline.before(consentSlice, this.access, new GiveConsent(id, {}).by(by));
    const evidenceRef = body.evidence === undefined || done ? undefined : await this.vaults.of(region).note(caseId, body.evidence);
    await this.running.run(http, by, new GiveConsent(id, evidenceRef === undefined ? {} : { evidenceRef }));
  }

  @Post('consents/:handle/refusal')
  @HttpCode(204)
  @Act('RefuseConsent')
  async refuse(@Http() http: Exchange, @Param('handle') handle: string): Promise<void> {
    const { id, by } = await this.#addressed(http, handle);
    await this.running.run(http, by, new RefuseConsent(id));
  }

  /** From the answer on nobody reads through anything that rested on it. */
  @Post('consents/:handle/withdrawal')
  @HttpCode(204)
  @Act('WithdrawConsent')
  async withdraw(@Http() http: Exchange, @Param('handle') handle: string, @Body() body: WithdrawConsentBody): Promise<void> {
    const { id, by } = await this.#addressed(http, handle);
    await this.running.run(http, by, new WithdrawConsent(id, { reason: body.reason }));
  }

  async #addressed(http: Exchange, handle: string): Promise<{ id: string; region: string; caseId: string; by: Authority }> {
    const id = await this.handles.stream(handle, 'consent', http.by.actor);
    const folded = await this.log.fold(consentDecider, id);
    if (!folded?.state) throw notFound('consent');
    return { id, region: folded.region, caseId: folded.state.scope.case, by: http.matching(id, folded.at.revision) };
  }
}
