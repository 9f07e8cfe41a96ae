import { Body, HttpCode, Param, Post } from '@nestjs/common';
import { PostgresDirectory } from '@platform/directory';
import { Act, ContextController, type Exchange, Http, newStreamId } from '@platform/http';
import { invalid } from '@platform/kernel';
import { AcceptReferralBody, DeclineBody, OutcomeBody, RedirectBody, ReturnBody } from './referral-bodies';
import { ReferralCommanding } from './referral-commanding';
import {
  AcceptReferral,
  DeclineReferral,
  OpenReferralSummary,
  ProposeRedirect,
  ReportServiceOutcome,
  ReturnReferral,
  StartService,
} from './referral-commands';

/** What the receiving side does with a referral. Each answers 204; the new version stands in the ETag. */
@ContextController('referrals', 'Referrals')
export class ReferralAnswerController {
  constructor(
    private readonly commanding: ReferralCommanding,
    private readonly directory: PostgresDirectory,
  ) {}

  /** Stage 1: opens the pseudonymous summary to the member who asks, until the answer is due. The case itself is read under `/api/cases`. */
  @Post(':handle/summary')
  @HttpCode(204)
  @Act('OpenReferralSummary')
  summary(@Http() http: Exchange, @Param('handle') handle: string): Promise<void> {
    return this.commanding.change(http, handle, (id) => new OpenReferralSummary(id));
  }

  @Post(':handle/acceptance')
  @HttpCode(204)
  @Act('AcceptReferral')
  accept(@Http() http: Exchange, @Param('handle') handle: string, @Body() body: AcceptReferralBody): Promise<void> {
    const { responsible, mode, team } = body;
    if ((mode === 'joint') !== (team !== undefined))
      throw invalid('referral.link-misplaced', '/team', 'A joint acceptance, and only that, names the team.');
    const linkId = newStreamId('link', http.by.commandId).slice('link-'.length);
    const joint = team === undefined ? undefined : { team, linkId };
    return this.commanding.change(http, handle, (id) => new AcceptReferral(id, responsible, mode, joint));
  }

  @Post(':handle/decline')
  @HttpCode(204)
  @Act('DeclineReferral')
  decline(@Http() http: Exchange, @Param('handle') handle: string, @Body() { reason }: DeclineBody): Promise<void> {
    return this.commanding.change(http, handle, (id) => new DeclineReferral(id, reason));
  }

  /** Points to a third organisation. Nothing moves until the sender agrees. */
  @Post(':handle/redirect-proposal')
  @HttpCode(204)
  @Act('ProposeRedirect')
  async proposeRedirect(@Http() http: Exchange, @Param('handle') handle: string, @Body() { to }: RedirectBody): Promise<void> {
    const third = await this.directory.organisation(to);
    if (!third?.active) throw invalid('referral.unknown-organisation', '/to', 'There is no such organisation in the network.');
    await this.commanding.change(http, handle, (id) => new ProposeRedirect(id, to, third.region));
  }

  @Post(':handle/service')
  @HttpCode(204)
  @Act('StartService')
  start(@Http() http: Exchange, @Param('handle') handle: string): Promise<void> {
    return this.commanding.change(http, handle, (id) => new StartService(id));
  }

  @Post(':handle/outcome')
  @HttpCode(204)
  @Act('ReportServiceOutcome')
  report(@Http() http: Exchange, @Param('handle') handle: string, @Body() { outcome }: OutcomeBody): Promise<void> {
    return this.commanding.change(http, handle, (id) => new ReportServiceOutcome(id, outcome));
  }

  /** Gives the referral back; what was granted ends. */
  @Post(':handle/return')
  @HttpCode(204)
  @Act('ReturnReferral')
  giveBack(@Http() http: Exchange, @Param('handle') handle: string, @Body() { reason }: ReturnBody): Promise<void> {
    return this.commanding.change(http, handle, (id) => new ReturnReferral(id, reason));
  }
}
