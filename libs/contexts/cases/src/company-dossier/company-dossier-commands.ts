import { Addressed, Bare } from '../addressed';
import type { CompanyDossierData } from './company-dossier';

/** Designation and VAT number are vault references; both were checked before they went in. */
export class RecordInvolvedCompany extends Addressed<Omit<CompanyDossierData<'CompanyInvolved'>, 'organisation' | 'keepUntil'>> {
  readonly kind = 'RecordInvolvedCompany';
}
/** Met again, by another organisation: one company stays one dossier. */
export class RecordCompanyMet extends Bare {
  readonly kind = 'RecordCompanyMet';
}
/** An allegation: indicator codes only. */
export class ReportCompany extends Addressed<{ indicators: readonly string[] }> {
  readonly kind = 'ReportCompany';
}
/** A second, independent organisation says so too. */
export class CorroborateCompany extends Addressed<{ indicators: readonly string[] }> {
  readonly kind = 'CorroborateCompany';
}
export class AddCompanyObservation extends Addressed<{ indicators: readonly string[] }> {
  readonly kind = 'AddCompanyObservation';
}
export class LinkAlertToCompany extends Addressed<{ alert: string }> {
  readonly kind = 'LinkAlertToCompany';
}
export class RecordInspection extends Addressed<{ on: string }> {
  readonly kind = 'RecordInspection';
}
export class RecordInspectionOutcome extends Addressed<{ outcome: string }> {
  readonly kind = 'RecordInspectionOutcome';
}
export class DisputeCompanyRecord extends Addressed<{ replyRef: string }> {
  readonly kind = 'DisputeCompanyRecord';
}
export class ResolveDispute extends Addressed<CompanyDossierData<'CompanyDisputeResolved'>> {
  readonly kind = 'ResolveDispute';
}
export class ArchiveCompany extends Bare {
  readonly kind = 'ArchiveCompany';
}

export const companyDossierCommands = [
  RecordInvolvedCompany,
  RecordCompanyMet,
  ReportCompany,
  CorroborateCompany,
  AddCompanyObservation,
  LinkAlertToCompany,
  RecordInspection,
  RecordInspectionOutcome,
  DisputeCompanyRecord,
  ResolveDispute,
  ArchiveCompany,
] as const;
export type CompanyDossierCommand = InstanceType<(typeof companyDossierCommands)[number]>;
