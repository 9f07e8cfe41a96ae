import { Body, Get, Header, HttpCode, Param, Post } from '@nestjs/common';
import { PostgresDirectory } from '@platform/directory';
import { Act, ContextController, type Exchange, Http, newStreamId } from '@platform/http';
import { type Actor, regionOf } from '@platform/kernel';
import { Handles } from '../handles';
import type { BasisRef } from './referral';
import {
  type ReferralBasisBody,
  DraftReferralBody,
  OfferReferralBody,
  QuestionBody,
  ClarificationAnswerBody,
  RedirectBody,
  ReferralWithdrawalBody,
} from './referral-bodies';
import { ReferralCommanding } from './referral-commanding';
import {
  AskClarification,
  CloseReferral,
  DraftReferral,
  GiveClarification,
  OfferReferral,
  RedirectReferral,
  WithdrawReferral,
} from './referral-commands';
import { type Clarification, ReferralReading, type ReferralView } from './referral-reading';

export interface DraftedAnswer {
  readonly handle: string;
  readonly codename: string;
}

/** A referral as its sides see it, and what the sending team does with it. */
@ContextController('referrals', 'Referrals')
export class ReferralController {
  constructor(
    private readonly commanding: ReferralCommanding,
    private readonly reading: ReferralReading,
    private readonly handles: Handles,
    private readonly directory: PostgresDirectory,
  ) {}

  /** Writes down the terms. Nobody else learns of a draft. */
  @Post()
  @Act('DraftReferral')
  async draft(@Http() http: Exchange, @Body() body: DraftReferralBody): Promise<DraftedAnswer> {
    const { actor, commandId } = http.by;
    const { receiver, receiverTeam, redirectedFrom, bases, case: of, ...terms } = body;
    const id = newStreamId('referral', commandId);
    const known = await this.directory.organisation(receiver);
    const proposal = {
      ...terms,
      case: await this.handles.stream(of, 'case', actor),
      receiver: {
        organisation: receiver,
        region: known?.region ?? actor.region,
        ...(receiverTeam === undefined ? {} : { team: receiverTeam }),
      },
    };
    const named = await this.#named(bases, redirectedFrom, actor).catch(async (error: unknown) => {
      // That one of them is unknown is told only to whoever may refer the case: to others it would tell that there is a case.
      await this.commanding.permitted(http, new DraftReferral(id, { ...proposal, bases: [] }));
      throw error;
    });
    const accepted = await this.commanding.create(http, new DraftReferral(id, { ...proposal, ...named }));
    const { handle, codename } = await this.handles.of(regionOf(accepted.log), id, actor.organisation);
    http.created(`/api/referrals/${handle}`);
    return { handle, codename };
  }

  /** One after the other: a handle that is not known here ends it, and nothing is left running. */
  async #named(
    given: readonly ReferralBasisBody[],
    redirectedFrom: string | undefined,
    actor: Actor,
  ): Promise<{ bases: BasisRef[]; redirectedFrom?: string }> {
    const bases: BasisRef[] = [];
    for (const { kind, ref } of given)
      bases.push({ kind, ref: await this.handles.stream(ref, kind === 'consent' ? 'consent' : 'legalBasis', actor) });
    if (redirectedFrom === undefined) return { bases };
    return { bases, redirectedFrom: await this.handles.stream(redirectedFrom, 'referral', actor) };
  }

  @Get(':handle')
  @Act('ReadReferral')
  async read(@Http() http: Exchange, @Param('handle') handle: string): Promise<ReferralView> {
    const { view, folded } = await this.reading.show(http.by, handle);
    http.tag(folded.at.stream, folded.at.revision);
    return view;
  }

  /** Stage 0: byte for byte what the sender was shown before offering. */
  @Get(':handle/offer')
  @Act('ReadReferral')
  @Header('content-type', 'application/json; charset=utf-8')
  offered(@Http() http: Exchange, @Param('handle') handle: string): Promise<string> {
    return this.reading.offer(http.by, handle);
  }

  @Post(':handle/offer')
  @HttpCode(204)
  @Act('OfferReferral')
  offer(@Http() http: Exchange, @Param('handle') handle: string, @Body() { preview }: OfferReferralBody): Promise<void> {
    return this.commanding.change(http, handle, (id) => new OfferReferral(id, { ...preview }));
  }

  @Get(':handle/clarifications')
  @Act('ReadClarifications')
  async clarifications(@Http() http: Exchange, @Param('handle') handle: string): Promise<{ items: Clarification[] }> {
    return { items: await this.reading.clarifications(http.by, handle) };
  }

  @Post(':handle/clarifications')
  @HttpCode(204)
  @Act('AskClarification')
  ask(@Http() http: Exchange, @Param('handle') handle: string, @Body() { question }: QuestionBody): Promise<void> {
    return this.commanding.changeWithNote(http, handle, question, (id, note) => new AskClarification(id, note));
  }

  /** Answers the oldest open question. */
  @Post(':handle/clarifications/answers')
  @HttpCode(204)
  @Act('GiveClarification')
  answer(@Http() http: Exchange, @Param('handle') handle: string, @Body() { answer }: ClarificationAnswerBody): Promise<void> {
    return this.commanding.changeWithNote(http, handle, answer, (id, note) => new GiveClarification(id, note));
  }

  /** Agrees to the third organisation the receiver pointed to: this referral ends, a new one may be drafted. */
  @Post(':handle/redirect')
  @HttpCode(204)
  @Act('RedirectReferral')
  redirect(@Http() http: Exchange, @Param('handle') handle: string, @Body() { to }: RedirectBody): Promise<void> {
    return this.commanding.change(http, handle, (id) => new RedirectReferral(id, to));
  }

  @Post(':handle/withdrawal')
  @HttpCode(204)
  @Act('WithdrawReferral')
  withdraw(@Http() http: Exchange, @Param('handle') handle: string, @Body() { reason }: ReferralWithdrawalBody): Promise<void> {
    return this.commanding.change(http, handle, (id) => new WithdrawReferral(id, reason));
  }

  @Post(':handle/closure')
  @HttpCode(204)
  @Act('CloseReferral')
  close(@Http() http: Exchange, @Param('handle') handle: string): Promise<void> {
    return this.commanding.change(http, handle, (id) => new CloseReferral(id));
  }
}
