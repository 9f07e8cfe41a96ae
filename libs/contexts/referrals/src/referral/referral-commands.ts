import type { ReferralMode } from '@contracts';
import { Command, type FieldGroup } from '@platform/kernel';
import type { PreviewDigests, ReferralTerms } from './referral';

/** What the sender fills in; the sender itself is whoever issues the command. */
export type ReferralProposal = Omit<ReferralTerms, 'sender'>;

export class DraftReferral extends Command {
  readonly kind = 'DraftReferral';
  constructor(
    readonly id: string,
    readonly proposal: ReferralProposal,
  ) {
    super();
  }
}
export class OfferReferral extends Command {
  readonly kind = 'OfferReferral';
  constructor(
    readonly id: string,
    readonly preview: PreviewDigests,
  ) {
    super();
  }
}
export class OpenReferralSummary extends Command {
  readonly kind = 'OpenReferralSummary';
  constructor(readonly id: string) {
    super();
  }
}
/** `note` is a vault reference: what was asked stays sealed. */
export class AskClarification extends Command {
  readonly kind = 'AskClarification';
  constructor(
    readonly id: string,
    readonly note: string,
  ) {
    super();
  }
}
export class GiveClarification extends Command {
  readonly kind = 'GiveClarification';
  constructor(
    readonly id: string,
    readonly note: string,
  ) {
    super();
  }
}
/** `joint`: the receiver's team that opens its own case, and a random link made by the caller. */
export class AcceptReferral extends Command {
  readonly kind = 'AcceptReferral';
  constructor(
    readonly id: string,
    readonly responsible: string,
    readonly mode: ReferralMode,
    readonly joint?: { readonly team: string; readonly linkId: string },
  ) {
    super();
  }
}
export class DiscloseIdentity extends Command {
  readonly kind = 'DiscloseIdentity';
  constructor(
    readonly id: string,
    readonly grant: string,
    readonly groups: readonly FieldGroup[],
  ) {
    super();
  }
}
export class StartService extends Command {
  readonly kind = 'StartService';
  constructor(readonly id: string) {
    super();
  }
}
export class ReportServiceOutcome extends Command {
  readonly kind = 'ReportServiceOutcome';
  constructor(
    readonly id: string,
    readonly outcome: string,
  ) {
    super();
  }
}
export class CloseReferral extends Command {
  readonly kind = 'CloseReferral';
  constructor(readonly id: string) {
    super();
  }
}
export class CloseReferralUnanswered extends Command {
  readonly kind = 'CloseReferralUnanswered';
  constructor(readonly id: string) {
    super();
  }
}
export class DeclineReferral extends Command {
  readonly kind = 'DeclineReferral';
  constructor(
    readonly id: string,
    readonly reason: string,
  ) {
    super();
  }
}
/** The receiver points to a third organisation; nothing moves until the sender agrees. */
export class ProposeRedirect extends Command {
  readonly kind = 'ProposeRedirect';
  constructor(
    readonly id: string,
    readonly to: string,
    readonly toRegion: string,
  ) {
    super();
  }
}
/** The sender's agreement to what the receiver proposed. */
export class RedirectReferral extends Command {
  readonly kind = 'RedirectReferral';
  constructor(
    readonly id: string,
    readonly to: string,
  ) {
    super();
  }
}
export class WithdrawReferral extends Command {
  readonly kind = 'WithdrawReferral';
  constructor(
    readonly id: string,
    readonly reason: string,
  ) {
    super();
  }
}
export class ExpireReferral extends Command {
  readonly kind = 'ExpireReferral';
  constructor(readonly id: string) {
    super();
  }
}
export class ReturnReferral extends Command {
  readonly kind = 'ReturnReferral';
  constructor(
    readonly id: string,
    readonly reason: string,
  ) {
    super();
  }
}

export const referralCommands = [
  DraftReferral,
  OfferReferral,
  OpenReferralSummary,
  AskClarification,
  GiveClarification,
  AcceptReferral,
  DiscloseIdentity,
  StartService,
  ReportServiceOutcome,
  CloseReferral,
  CloseReferralUnanswered,
  DeclineReferral,
  ProposeRedirect,
  RedirectReferral,
  WithdrawReferral,
  ExpireReferral,
  ReturnReferral,
] as const;
export type ReferralCommand = InstanceType<(typeof referralCommands)[number]>;
