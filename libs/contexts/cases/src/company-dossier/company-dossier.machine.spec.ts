import { type Actor, systemActor } from '@platform/kernel';
import { checkMachine, deciding, NOON, person, streamId } from '@platform/testing';
import { type CompanyDossierEvent, DOSSIER_PHASES } from './company-dossier';
import * as wishes from './company-dossier-commands';
import { companyDossierDecider } from './company-dossier.decider';

const id = streamId('companyDossier', 1);
const ref = `vault:umbria:${'a'.repeat(26)}`;
const keepUntil = '2036-03-12T12:00:00.000Z';
const ours = person().organisation;
const theirs = streamId('organisation', 2);
const alert = streamId('alert', 1);
const said = (organisation: string, reporters: number) => ({ organisation, indicators: ['EX02'], reporters, keepUntil });
const involved: CompanyDossierEvent = {
  type: 'CompanyInvolved',
  data: { organisation: ours, nameRef: ref, sector: 'A', comune: '054039', keepUntil },
};
const reported: CompanyDossierEvent = { type: 'CompanyReported', data: said(ours, 1) };
const corroborated: CompanyDossierEvent = { type: 'CompanyCorroborated', data: said(theirs, 2) };
const alerted: CompanyDossierEvent = { type: 'CompanyAlertLinked', data: { alert } };
const inspected: CompanyDossierEvent = { type: 'CompanyInspectionRecorded', data: { on: '2031-03-01' } };
const known: CompanyDossierEvent = { type: 'CompanyOutcomeRecorded', data: { outcome: 'inspection_done_violations' } };
const disputed: CompanyDossierEvent = { type: 'CompanyRecordDisputed', data: { recorder: streamId('member', 40), replyRef: ref } };
const pasts: Record<string, CompanyDossierEvent[]> = {
  '-': [],
  Involved: [involved],
  Reported: [involved, reported],
  Corroborated: [involved, reported, corroborated],
  Alerted: [involved, reported, corroborated, alerted],
  UnderInspection: [involved, reported, corroborated, alerted, inspected],
  OutcomeKnown: [involved, reported, corroborated, alerted, inspected, known],
  Archived: [involved, { type: 'CompanyArchived', data: {} }],
};
const commands: Record<string, wishes.CompanyDossierCommand> = {
  RecordInvolvedCompany: new wishes.RecordInvolvedCompany(id, { nameRef: ref, sector: 'A', comune: '054039' }),
  RecordCompanyMet: new wishes.RecordCompanyMet(id),
  ReportCompany: new wishes.ReportCompany(id, { indicators: ['EX02'] }),
  CorroborateCompany: new wishes.CorroborateCompany(id, { indicators: ['EX02'] }),
  LinkAlertToCompany: new wishes.LinkAlertToCompany(id, { alert: streamId('alert', 2) }),
  RecordInspection: new wishes.RecordInspection(id, { on: '2031-03-10' }),
  RecordInspectionOutcome: new wishes.RecordInspectionOutcome(id, { outcome: 'inspection_done_none' }),
  AddCompanyObservation: new wishes.AddCompanyObservation(id, { indicators: ['EX01'] }),
  DisputeCompanyRecord: new wishes.DisputeCompanyRecord(id, { replyRef: ref }),
  ResolveDispute: new wishes.ResolveDispute(id, { outcome: 'record_upheld' }),
  ArchiveCompany: new wishes.ArchiveCompany(id),
};
const inspector = person({ organisation: streamId('organisation', 5), kind: 'labour_inspectorate', roles: ['inspector'] });
const actors: Record<string, Actor> = {
  CorroborateCompany: person({ organisation: theirs }),
  RecordCompanyMet: person({ organisation: streamId('organisation', 8) }),
  RecordInspection: inspector,
  RecordInspectionOutcome: inspector,
  ResolveDispute: person({ organisation: streamId('organisation', 6) }),
  ArchiveCompany: systemActor('umbria'),
};

checkMachine({
  noun: 'companyDossier',
  decider: companyDossierDecider,
  stateName: (state) => state?.phase ?? '-',
  commandFor: (command, from) => ({
    given: [...pasts[from]!, ...(command === 'ResolveDispute' && from !== '-' && from !== 'Archived' ? [disputed] : [])],
    command: commands[command]!,
    context: deciding({}, actors[command] ?? person(), command === 'ArchiveCompany' ? keepUntil : NOON),
  }),
  // One company stays one dossier: meeting it again must not open a second one, and is no allegation.
  beyond: DOSSIER_PHASES.map((phase) => [phase, 'RecordCompanyMet', 'CompanyMetAgain', phase, ''] as const),
});
