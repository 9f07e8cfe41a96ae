import { Command, type OrganisationKind } from '@platform/kernel';
import type { AlertContent, Area, HoldReason, ReleaseReason } from './alert';

/** What the issuer fills in. `subject.ref`: the company's dossier; nothing for a territory, which is its comune. */
export interface AlertDraft extends Omit<AlertContent, 'issuer' | 'subject' | 'area'> {
  readonly subject: { readonly kind: string; readonly ref?: string };
  readonly area?: Area;
}

export class DraftAlert extends Command {
  readonly kind = 'DraftAlert';
  constructor(
    readonly id: string,
    readonly draft: AlertDraft,
  ) {
    super();
  }
}
/** Whoever screens answers whether somebody risks retaliation. */
export class ScreenAlert extends Command {
  readonly kind = 'ScreenAlert';
  constructor(
    readonly id: string,
    readonly retaliationRisk: boolean,
  ) {
    super();
  }
}
export class HoldAlert extends Command {
  readonly kind = 'HoldAlert';
  constructor(
    readonly id: string,
    readonly reason: HoldReason,
  ) {
    super();
  }
}
export class ReleaseAlert extends Command {
  readonly kind = 'ReleaseAlert';
  constructor(
    readonly id: string,
    readonly reason: ReleaseReason,
  ) {
    super();
  }
}
export class RejectAlert extends Command {
  readonly kind = 'RejectAlert';
  constructor(readonly id: string) {
    super();
  }
}
export class IssueAlert extends Command {
  readonly kind = 'IssueAlert';
  constructor(
    readonly id: string,
    readonly audience: readonly OrganisationKind[],
  ) {
    super();
  }
}
export class CloseAlert extends Command {
  readonly kind = 'CloseAlert';
  constructor(readonly id: string) {
    super();
  }
}
export class WithdrawAlert extends Command {
  readonly kind = 'WithdrawAlert';
  constructor(
    readonly id: string,
    readonly reason: string,
  ) {
    super();
  }
}
export class ExpireAlert extends Command {
  readonly kind = 'ExpireAlert';
  constructor(readonly id: string) {
    super();
  }
}

export const alertCommands = [
  DraftAlert,
  ScreenAlert,
  HoldAlert,
  ReleaseAlert,
  RejectAlert,
  IssueAlert,
  CloseAlert,
  WithdrawAlert,
  ExpireAlert,
] as const;
export type AlertCommand = InstanceType<(typeof alertCommands)[number]>;
