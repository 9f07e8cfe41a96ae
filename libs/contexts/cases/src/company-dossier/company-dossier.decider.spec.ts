import { type OrganisationKind, systemActor } from '@platform/kernel';
import { deciding, person, scenario, streamId } from '@platform/testing';
import type { CompanyDossierEvent } from './company-dossier';
import {
  AddCompanyObservation,
  ArchiveCompany,
  CorroborateCompany,
  DisputeCompanyRecord,
  LinkAlertToCompany,
  RecordCompanyMet,
  RecordInspection,
  RecordInspectionOutcome,
  RecordInvolvedCompany,
  ReportCompany,
  ResolveDispute,
} from './company-dossier-commands';
import { companyDossierDecider } from './company-dossier.decider';

const id = streamId('companyDossier', 1);
const ref = `vault:umbria:${'a'.repeat(26)}`;
const [ours, theirs] = [person().organisation, streamId('organisation', 2)];
const keepUntil = '2036-03-12T12:00:00.000Z';
const alert = streamId('alert', 1);
const body = { nameRef: ref, sector: 'A', comune: '054039' } as const;
const indicators = ['EX02'];
const said = (organisation: string, reporters: number) => ({ organisation, indicators, reporters, keepUntil });
const involved: CompanyDossierEvent = { type: 'CompanyInvolved', data: { organisation: ours, ...body, keepUntil } };
const reported: CompanyDossierEvent = { type: 'CompanyReported', data: said(ours, 1) };
const corroborated: CompanyDossierEvent = { type: 'CompanyCorroborated', data: said(theirs, 2) };
const alerted: CompanyDossierEvent = { type: 'CompanyAlertLinked', data: { alert } };
const inspected: CompanyDossierEvent = { type: 'CompanyInspectionRecorded', data: { on: '2031-03-10' } };
const recorder = streamId('member', 40);
const disputed: CompanyDossierEvent = { type: 'CompanyRecordDisputed', data: { recorder, replyRef: ref } };
const dossier = scenario(companyDossierDecider, deciding({}));
const as = (kind: OrganisationKind, organisation = streamId('organisation', 5)) => ({ actor: person({ kind, organisation }) });
const another = { actor: person({ organisation: theirs, member: streamId('member', 2) }) };
const changed = (change: object): RecordInvolvedCompany => new RecordInvolvedCompany(id, { ...body, ...change });

describe('a company dossier', () => {
  it('begins without an allegation: a company met in a case', () => {
    dossier.when(new RecordInvolvedCompany(id, body)).then(involved);
    dossier.when(changed({ vatRef: ref })).then({ type: 'CompanyInvolved', data: { organisation: ours, ...body, vatRef: ref, keepUntil } });
    dossier.given(involved).when(changed({})).thenRefused('companyDossier.already-recorded');
  });

  it('is one for one company: whoever meets it again is added, each once, without an allegation', () => {
    const again: CompanyDossierEvent = { type: 'CompanyMetAgain', data: { organisation: theirs, keepUntil } };
    dossier.given(involved).when(new RecordCompanyMet(id)).thenNothing();
    dossier.by(another).given(involved).when(new RecordCompanyMet(id)).then(again);
    dossier.by(another).given(involved, again).when(new RecordCompanyMet(id)).thenNothing();
    dossier.by(as('company')).given(involved).when(new RecordCompanyMet(id)).thenRefused('companyDossier.kind-never-reports');
    dossier
      .given(involved, again)
      .when(new ReportCompany(id, { indicators }))
      .then({ type: 'CompanyReported', data: said(ours, 1) });
  });

  it('never holds a company’s designation or VAT number in clear: a sole trader is a person', () => {
    dossier.when(changed({ nameRef: 'Azienda agricola Rossi Mario' })).thenRefused('companyDossier.malformed', ['/nameRef']);
    dossier.when(changed({ vatRef: '00743110157' })).thenRefused('companyDossier.malformed', ['/vatRef']);
  });

  it('says sector and comune from the lists', () => {
    dossier.when(changed({ sector: 'farming' })).thenRefused('companyDossier.unknown-sector');
    dossier.when(changed({ comune: '000000' })).thenRefused('companyDossier.unknown-comune');
  });

  it('turns into a report by indicator codes alone', () => {
    dossier
      .given(involved)
      .when(new ReportCompany(id, { indicators: ['EX02', 'EX02'] }))
      .then(reported);
    dossier
      .given(involved)
      .when(new ReportCompany(id, { indicators: [] }))
      .thenRefused('companyDossier.no-indicators');
    dossier
      .given(involved)
      .when(new ReportCompany(id, { indicators: ['EX02', 'they pay nothing'] }))
      .thenRefused('companyDossier.unknown-indicator', ['/indicators/1']);
  });

  it.each(['employers_association', 'trade_association', 'company'] as const)('is neither opened nor fed by a %s', (kind) => {
    dossier.by(as(kind)).when(changed({})).thenRefused('companyDossier.kind-never-reports');
    dossier.by(as(kind)).given(involved).when(new ReportCompany(id, { indicators })).thenRefused('companyDossier.kind-never-reports');
    dossier
      .by(as(kind))
      .given(involved)
      .when(new AddCompanyObservation(id, { indicators }))
      .thenRefused('companyDossier.kind-never-reports');
  });

  it('is corroborated by a second, independent organisation', () => {
    dossier.by(another).given(involved, reported).when(new CorroborateCompany(id, { indicators })).then(corroborated);
    dossier.given(involved, reported).when(new CorroborateCompany(id, { indicators })).thenRefused('companyDossier.not-independent');
  });

  it('counts organisations, not words: the same one twice is one', () => {
    dossier
      .given(involved, reported)
      .when(new AddCompanyObservation(id, { indicators: ['EX01', '603bis-1'] }))
      .then({ type: 'CompanyObservationAdded', data: { ...said(ours, 1), indicators: ['603bis-1', 'EX01'] } });
    dossier
      .by(another)
      .given(involved, reported)
      .when(new AddCompanyObservation(id, { indicators }))
      .then({ type: 'CompanyObservationAdded', data: said(theirs, 2) });
  });

  it('leads to an alert only once corroborated', () => {
    dossier.given(involved, reported).when(new LinkAlertToCompany(id, { alert })).thenRefused('companyDossier.wrong-phase');
    dossier.given(involved, reported, corroborated).when(new LinkAlertToCompany(id, { alert })).then(alerted);
    dossier.given(involved, reported, corroborated, alerted).when(new LinkAlertToCompany(id, { alert })).thenNothing();
  });

  it('is frozen while the company disputes it', () => {
    dossier
      .given(involved, reported, corroborated, disputed)
      .when(new LinkAlertToCompany(id, { alert }))
      .thenRefused('companyDossier.disputed');
    const resolved: CompanyDossierEvent = { type: 'CompanyDisputeResolved', data: { outcome: 'record_upheld' } };
    dossier.given(involved, reported, corroborated, disputed, resolved).when(new LinkAlertToCompany(id, { alert })).then(alerted);
  });

  it('records a dispute once, from somebody who heard the company', () => {
    dossier
      .given(involved)
      .when(new DisputeCompanyRecord(id, { replyRef: ref }))
      .then({ type: 'CompanyRecordDisputed', data: { recorder: person().member, replyRef: ref } });
    dossier
      .given(involved, disputed)
      .when(new DisputeCompanyRecord(id, { replyRef: ref }))
      .thenNothing();
    dossier
      .by({ actor: systemActor('umbria') })
      .given(involved)
      .when(new DisputeCompanyRecord(id, { replyRef: ref }))
      .thenRefused('companyDossier.only-people');
    dossier
      .given(involved)
      .when(new DisputeCompanyRecord(id, { replyRef: 'we pay well' }))
      .thenRefused('companyDossier.malformed');
  });

  it('has its dispute resolved by somebody impartial (A4)', () => {
    const resolve = new ResolveDispute(id, { outcome: 'record_corrected' });
    const past = dossier.given(involved, reported, disputed);
    past
      .by(another)
      .when(resolve)
      .then({ type: 'CompanyDisputeResolved', data: { outcome: 'record_corrected' } });
    past.when(resolve).thenRefused('companyDossier.resolver-is-reporter');
    past
      .by({ actor: person({ organisation: theirs, member: recorder }) })
      .when(resolve)
      .thenRefused('companyDossier.self-resolution');
    past
      .by({ actor: systemActor('umbria') })
      .when(resolve)
      .thenRefused('companyDossier.only-people');
    dossier.given(involved).when(resolve).thenNothing();
  });

  it('takes inspections and outcomes from inspectorates only', () => {
    const past = dossier.given(involved, reported, corroborated, alerted);
    const visit = new RecordInspection(id, { on: '2031-03-10' });
    past.by(as('labour_inspectorate')).when(visit).then(inspected);
    past
      .by({ actor: systemActor('umbria') })
      .when(visit)
      .then(inspected);
    past
      .by(as('labour_inspectorate'))
      .when(new RecordInspection(id, { on: '2031-03-14' }))
      .then({ type: 'CompanyInspectionRecorded', data: { on: '2031-03-14' } });
    past.by(as('trade_union')).when(visit).thenRefused('companyDossier.not-inspectorate');
    past
      .by(as('carabinieri_labour_unit'))
      .when(new RecordInspection(id, { on: '2031-03-15' }))
      .thenRefused('companyDossier.no-day');
    past
      .by(as('carabinieri_labour_unit'))
      .when(new RecordInspection(id, { on: 'soon' }))
      .thenRefused('companyDossier.no-day');
    const outcome = new RecordInspectionOutcome(id, { outcome: 'inspection_done_none' });
    const known: CompanyDossierEvent = { type: 'CompanyOutcomeRecorded', data: { outcome: 'inspection_done_none' } };
    past.by(as('national_inspectorate')).given(inspected).when(outcome).then(known);
    past.by(as('association')).given(inspected).when(outcome).thenRefused('companyDossier.not-inspectorate');
    past
      .by(as('labour_inspectorate'))
      .given(inspected)
      .when(new RecordInspectionOutcome(id, { outcome: 'they were nice' }))
      .thenRefused('companyDossier.unknown-alert-outcome');
  });

  it('is archived by the clock, when nobody has said a word for as long as its region keeps it', () => {
    const clock = (at: string) => ({ actor: systemActor('umbria'), at });
    const archived: CompanyDossierEvent = { type: 'CompanyArchived', data: {} };
    dossier.given(involved).when(new ArchiveCompany(id)).thenRefused('companyDossier.only-by-clock');
    dossier.given(involved).by(clock('2036-03-12T11:59:59.999Z')).when(new ArchiveCompany(id)).thenRefused('companyDossier.not-yet');
    dossier.given(involved).by(clock(keepUntil)).when(new ArchiveCompany(id)).then(archived);
    dossier.given(involved, archived).by(clock(keepUntil)).when(new ArchiveCompany(id)).thenNothing();
    dossier.given(involved, archived).when(new ReportCompany(id, { indicators })).thenRefused('companyDossier.archived');
    const later: CompanyDossierEvent = {
      type: 'CompanyObservationAdded',
      data: { ...said(ours, 1), keepUntil: '2037-01-01T00:00:00.000Z' },
    };
    dossier.given(involved, later).by(clock(keepUntil)).when(new ArchiveCompany(id)).thenRefused('companyDossier.not-yet');
    dossier
      .by({ facts: { retentionDays: 10 } })
      .when(changed({}))
      .then({ type: 'CompanyInvolved', data: { organisation: ours, ...body, keepUntil: '2031-03-24T12:00:00.000Z' } });
  });

  it('that does not exist answers like one outside need-to-know', () => {
    dossier.when(new ReportCompany(id, { indicators })).thenRefused('companyDossier.not-found');
  });
});
