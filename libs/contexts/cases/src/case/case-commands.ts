import type { BasisRef } from '../basis';
import { Addressed, Bare } from '../addressed';
import type { AgeBand, CaseData, Custodian, INDICATOR_LISTS, SafetyStatus } from './case';
import type { DocumentAt } from './document-reference';
import type { SealedCodes, VaultedField } from './particulars';

/** Values about the person arrive as references to what the caller put into the vault before. */
export class OpenCase extends Addressed<{
  custodian: Custodian;
  responsible: string;
  ageBand: AgeBand;
  /** ISO 639 code of a language the person speaks. */
  language: string;
  urgent: boolean;
  refs: readonly VaultedField[];
  contact?: string;
  /** Set only by the service, when a referral was accepted jointly. */
  origin?: string;
  linkId?: string;
}> {
  readonly kind = 'OpenCase';
}
export class RecordParticulars extends Addressed<{ refs: readonly VaultedField[]; sealed: SealedCodes }> {
  readonly kind = 'RecordParticulars';
}
export class RecordIndicators extends Addressed<{
  list: (typeof INDICATOR_LISTS)[number];
  indicators: readonly string[];
  /** Exploitation types; without any, exploitation at work is meant. */
  exploitation: readonly string[];
}> {
  readonly kind = 'RecordIndicators';
}
export class CompletePreliminaryIdentification extends Addressed<{ accountRef?: string }> {
  readonly kind = 'CompletePreliminaryIdentification';
}
export class RecordFormalIdentification extends Addressed<{ on: string; decidedBy: string; outcome: string }> {
  readonly kind = 'RecordFormalIdentification';
}
export class RecordIntakeStrategy extends Addressed<CaseData<'IntakeStrategyRecorded'>> {
  readonly kind = 'RecordIntakeStrategy';
}
export class OpenProximityProgramme extends Bare {
  readonly kind = 'OpenProximityProgramme';
}
export class AdmitToFirstAssistance extends Addressed<{ ageBand: AgeBand }> {
  readonly kind = 'AdmitToFirstAssistance';
}
export class TakeChargeForInclusion extends Bare {
  readonly kind = 'TakeChargeForInclusion';
}
export class MoveToFollowUp extends Bare {
  readonly kind = 'MoveToFollowUp';
}
export class ReturnToInclusion extends Bare {
  readonly kind = 'ReturnToInclusion';
}
export class LinkCompany extends Addressed<{ company: string }> {
  readonly kind = 'LinkCompany';
}
export class SetWorkZone extends Addressed<CaseData<'WorkZoneSet'>> {
  readonly kind = 'SetWorkZone';
}
export class RecordNeeds extends Addressed<{ needs: readonly string[]; urgent: boolean }> {
  readonly kind = 'RecordNeeds';
}
export class SetSafetyStatus extends Addressed<{ status: SafetyStatus; refs: readonly VaultedField[] }> {
  readonly kind = 'SetSafetyStatus';
}
/** A document that is kept elsewhere. Its register code and fingerprint arrive as references to what the caller put into the vault before. */
export class RecordDocumentReference extends Addressed<{
  kind: string;
  dated?: string;
  received: string;
  keeper: string;
  registerRef: string;
  fingerprintRef?: string;
}> {
  readonly kind = 'RecordDocumentReference';
}
export class WithdrawDocumentReference extends Addressed<DocumentAt & { readonly reason: string }> {
  readonly kind = 'WithdrawDocumentReference';
}
export class AssignResponsibleWorker extends Addressed<{ worker: string }> {
  readonly kind = 'AssignResponsibleWorker';
}
export class ShareCaseWithTeam extends Addressed<{ team: string; basis: BasisRef; expires: string }> {
  readonly kind = 'ShareCaseWithTeam';
}
export class UnshareCase extends Addressed<CaseData<'CaseUnshared'>> {
  readonly kind = 'UnshareCase';
}
export class RecusePerson extends Addressed<CaseData<'PersonRecused'>> {
  readonly kind = 'RecusePerson';
}
export class LinkCases extends Addressed<CaseData<'CasesLinked'>> {
  readonly kind = 'LinkCases';
}
export class SuspendCase extends Addressed<Pick<CaseData<'CaseSuspended'>, 'reason'>> {
  readonly kind = 'SuspendCase';
}
export class ResumeCase extends Bare {
  readonly kind = 'ResumeCase';
}
export class CloseCase extends Addressed<{ reason: string; followUpFormRef?: string }> {
  readonly kind = 'CloseCase';
}
export class ReopenCase extends Addressed<Pick<CaseData<'CaseReopened'>, 'reason' | 'basis'>> {
  readonly kind = 'ReopenCase';
}

export const caseCommands = [
  OpenCase,
  RecordParticulars,
  RecordIndicators,
  CompletePreliminaryIdentification,
  RecordFormalIdentification,
  RecordIntakeStrategy,
  OpenProximityProgramme,
  AdmitToFirstAssistance,
  TakeChargeForInclusion,
  MoveToFollowUp,
  ReturnToInclusion,
  LinkCompany,
  SetWorkZone,
  RecordNeeds,
  SetSafetyStatus,
  RecordDocumentReference,
  WithdrawDocumentReference,
  AssignResponsibleWorker,
  ShareCaseWithTeam,
  UnshareCase,
  RecusePerson,
  LinkCases,
  SuspendCase,
  ResumeCase,
  CloseCase,
  ReopenCase,
] as const;
export type CaseCommand = InstanceType<(typeof caseCommands)[number]>;
