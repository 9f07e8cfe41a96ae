import { deciding, person, scenario, streamId } from '@platform/testing';
import type { CaseEvent } from './case';
import * as wishes from './case-commands';
import { caseDecider } from './case.decider';
import type { CaseFacts } from './case-facts';

const id = streamId('case', 1);
const ref = `vault:umbria:${'a'.repeat(26)}`;
const opened: CaseEvent = {
  type: 'CaseOpened',
  data: {
    custodian: { organisation: person().organisation, team: streamId('team', 1), region: 'umbria' },
    responsible: person().member,
    ageBand: 'adult',
    language: 'bn',
    urgent: false,
    refs: [],
  },
};
const assessed = (assessment: number): CaseEvent => ({
  type: 'IndicatorsRecorded',
  data: { assessment, list: 'ilo_delphi', version: '1' },
});
const facts: CaseFacts = {};
const open = scenario(caseDecider, deciding(facts)).given(opened);

describe('what is recorded of a person', () => {
  it('lies in the vault, or sealed beside the event as codes', () => {
    const refs = [{ group: 'CON', field: 'phone', ref }] as const;
    open.when(new wishes.RecordParticulars(id, { refs, sealed: {} })).then({ type: 'ParticularsRecorded', data: { refs, sealed: [] } });
    open.when(new wishes.RecordParticulars(id, { refs: [], sealed: { HEA: { care: ['dialysis'] } } })).then({
      type: 'ParticularsRecorded',
      data: { refs: [], sealed: ['HEA'] },
      secret: { HEA: { care: ['dialysis'] } },
    });
  });

  it('is something', () => open.when(new wishes.RecordParticulars(id, { refs: [], sealed: {} })).thenRefused('case.nothing-recorded'));

  it('is only what a case may hold, as codes and references', () => {
    const record = (body: object) => open.when(new wishes.RecordParticulars(id, { refs: [], sealed: {}, ...body }));
    record({ refs: [{ group: 'ID', field: 'religion', ref }] }).thenRefused('case.unknown-field', ['/refs/0/field']);
    record({ refs: [{ group: 'COMP', field: 'account', ref }] }).thenRefused('case.unknown-field');
    record({ refs: [{ group: 'CON', field: 'phone', ref: '+39 333 1234567' }] }).thenRefused('case.malformed');
    record({ sealed: { HEA: { mood: ['sad'] } } }).thenRefused('case.unknown-field', ['/sealed/HEA']);
    record({ sealed: { ID: { given_name: ['Anna'] } } }).thenRefused('case.unknown-field', ['/sealed/ID']);
    record({ sealed: { HEA: { care: ['dialysis', 'she cannot sleep'] } } }).thenRefused('case.no-code', ['/sealed/HEA/care']);
  });
});

describe('an assessment of indicators', () => {
  const record = (body: object) =>
    open.when(new wishes.RecordIndicators(id, { list: 'ilo_delphi', indicators: [], exploitation: [], ...body }));
  const recorded = (list: 'ilo_delphi' | 'ilo_forced_labour' | 'art_603bis', secret: object): CaseEvent => ({
    type: 'IndicatorsRecorded',
    data: { assessment: 1, list, version: '1' },
    secret: { EXP: secret },
  });

  it('is sealed with its indication, and counted in clear', () => {
    record({ indicators: ['EX02', 'EX01', 'EX01'] }).then(
      recorded('ilo_delphi', {
        indicators: ['EX01', 'EX02'],
        exploitation: [],
        profile: 'adult',
        indication: 'exploited',
        dimensions: ['EX'],
      }),
    );
  });

  it('is numbered on', () =>
    open
      .given(assessed(1))
      .when(new wishes.RecordIndicators(id, { list: 'ilo_delphi', indicators: [], exploitation: [] }))
      .then({
        type: 'IndicatorsRecorded',
        data: { assessment: 2, list: 'ilo_delphi', version: '1' },
        secret: { EXP: { indicators: [], exploitation: [], profile: 'adult', indication: 'none', dimensions: [] } },
      }));

  it('shows no labour score for exploitation that is not labour (EME-0)', () => {
    const sealed = { indicators: ['EX01', 'EX02'], profile: 'adult' };
    record({ indicators: ['EX01', 'EX02'], exploitation: ['SexualExploitation'] }).then(
      recorded('ilo_delphi', { ...sealed, exploitation: ['SexualExploitation'], indication: null, dimensions: [] }),
    );
    const both = ['SexualExploitation', 'ForcedLabour'];
    record({ indicators: ['EX01', 'EX02'], exploitation: both }).then(
      recorded('ilo_delphi', { ...sealed, exploitation: both, indication: 'exploited', dimensions: ['EX'] }),
    );
  });

  it('keeps each list apart, so that one does not hide another', () => {
    record({ list: 'ilo_forced_labour', indicators: ['deception'] }).then(
      recorded('ilo_forced_labour', { forcedLabour: ['deception'], exploitation: [] }),
    );
    record({ list: 'art_603bis', indicators: ['603bis-1', 'state_of_need', 'agg-1'] }).then(
      recorded('art_603bis', {
        article603bis: { codes: ['603bis-1', 'agg-1', 'state_of_need'], stateOfNeed: true, violenceOrThreat: false, bothHalves: true },
        exploitation: [],
      }),
    );
  });

  it('takes codes of its own list only', () => {
    record({ indicators: ['EX01', 'EX99'] }).thenRefused('case.unknown-indicator', ['/indicators/1']);
    record({ list: 'ilo_forced_labour', indicators: ['EX01'] }).thenRefused('case.unknown-indicator');
    record({ list: 'art_603bis', indicators: ['deception'] }).thenRefused('case.unknown-indicator');
    record({ list: 'gut_feeling', indicators: [] }).thenRefused('case.malformed');
    record({ exploitation: ['Bad'] }).thenRefused('case.unknown-exploitation-type', ['/exploitation/0']);
  });
});

describe('identification', () => {
  it('is preliminary once indicators were assessed, and rests on the last assessment', () => {
    const preliminary = new wishes.CompletePreliminaryIdentification(id, {});
    const done: CaseEvent = { type: 'PreliminaryIdentificationCompleted', data: { assessment: 1 } };
    open.when(preliminary).thenRefused('case.no-indicator-assessment');
    open.given(assessed(1)).when(preliminary).then(done);
    open.given(assessed(1), done).when(preliminary).thenNothing();
    open
      .given(assessed(1), done, assessed(2))
      .when(new wishes.CompletePreliminaryIdentification(id, { accountRef: ref }))
      .then({ type: 'PreliminaryIdentificationCompleted', data: { assessment: 2, accountRef: ref } });
  });

  it('keeps what was written about it later, on the same assessment', () => {
    const done: CaseEvent = { type: 'PreliminaryIdentificationCompleted', data: { assessment: 1 } };
    open
      .given(assessed(1), done)
      .when(new wishes.CompletePreliminaryIdentification(id, { accountRef: ref }))
      .then({ type: 'PreliminaryIdentificationCompleted', data: { assessment: 1, accountRef: ref } });
  });

  it('is formal by an authority, with an outcome, sealed', () => {
    const formal = { on: '2031-03-10', decidedBy: 'police', outcome: 'actual' };
    const record = (body: object) => open.when(new wishes.RecordFormalIdentification(id, { ...formal, ...body }));
    record({}).then({ type: 'FormalIdentificationRecorded', data: { on: '2031-03-10' }, secret: { LEG: formal } });
    const today = { ...formal, on: '2031-03-14' };
    record({ on: today.on }).then({ type: 'FormalIdentificationRecorded', data: { on: today.on }, secret: { LEG: today } });
    record({ decidedBy: 'my cousin' }).thenRefused('case.unknown-identification-authority', ['/decidedBy']);
    record({ outcome: 'maybe' }).thenRefused('case.unknown-identification-outcome', ['/outcome']);
    record({ on: '2031-03-15' }).thenRefused('case.in-the-future', ['/on']);
    const night = open.by({ at: '2031-03-14T23:30:00.000Z' });
    night.when(new wishes.RecordFormalIdentification(id, { ...formal, on: '2031-03-16' })).thenRefused('case.in-the-future', ['/on']);
    const tomorrow = { ...formal, on: '2031-03-15' };
    night
      .when(new wishes.RecordFormalIdentification(id, tomorrow))
      .then({ type: 'FormalIdentificationRecorded', data: { on: tomorrow.on }, secret: { LEG: tomorrow } });
    record({ on: 'last week' }).thenRefused('case.no-day', ['/on']);
  });

  it('leaves the strategy of intake in the vault', () => {
    const strategy = { territoryRef: ref, specificsRef: ref, resourcesRef: ref, obstaclesRef: ref };
    open.when(new wishes.RecordIntakeStrategy(id, strategy)).then({ type: 'IntakeStrategyRecorded', data: strategy });
    open
      .when(new wishes.RecordIntakeStrategy(id, { ...strategy, obstaclesRef: 'her uncle' }))
      .thenRefused('case.malformed', ['/obstaclesRef']);
  });
});

describe('what surrounds a person', () => {
  it('is needs, sealed, of which only the number is in clear', () => {
    open
      .when(new wishes.RecordNeeds(id, { needs: ['legal', 'housing'], urgent: true }))
      .then({ type: 'NeedsRecorded', data: { needs: 2, urgent: true }, secret: { NEED: { needs: ['legal', 'housing'] } } });
    open.when(new wishes.RecordNeeds(id, { needs: [], urgent: false })).thenRefused('case.unknown-need');
    open.when(new wishes.RecordNeeds(id, { needs: ['legal', 'love'], urgent: false })).thenRefused('case.unknown-need', ['/needs/1']);
  });

  it('is companies, by their dossiers', () => {
    const company = streamId('companyDossier', 1);
    const linked: CaseEvent = { type: 'CompanyLinked', data: { company } };
    open.when(new wishes.LinkCompany(id, { company })).then(linked);
    open.given(linked).when(new wishes.LinkCompany(id, { company })).thenNothing();
    open.when(new wishes.LinkCompany(id, { company: 'Rossi srl' })).thenRefused('case.malformed', ['/company']);
  });

  it('is where and when they worked, by comune and days', () => {
    const zone = { comune: '054039', from: '2031-01-01', to: '2031-02-28' };
    const set: CaseEvent = { type: 'WorkZoneSet', data: zone };
    open.when(new wishes.SetWorkZone(id, zone)).then(set);
    open.given(set).when(new wishes.SetWorkZone(id, zone)).thenNothing();
    open
      .given(set)
      .when(new wishes.SetWorkZone(id, { comune: '054039' }))
      .then({ type: 'WorkZoneSet', data: { comune: '054039' } });
    const oneDay = { ...zone, to: zone.from };
    open.when(new wishes.SetWorkZone(id, oneDay)).then({ type: 'WorkZoneSet', data: oneDay });
    open.when(new wishes.SetWorkZone(id, { comune: '000000' })).thenRefused('case.unknown-comune');
    open.when(new wishes.SetWorkZone(id, { ...zone, from: '2031-04-01' })).thenRefused('case.in-the-future', ['/from']);
    open.when(new wishes.SetWorkZone(id, { ...zone, to: 'summer' })).thenRefused('case.no-day', ['/to']);
    open.when(new wishes.SetWorkZone(id, { ...zone, to: '2030-12-31' })).thenRefused('case.period-backwards');
  });

  it('is a random link to other cases', () => {
    const link = { linkId: '0193a5b0-0000-4000-8000-000000000001', reason: 'one_situation' } as const;
    const linked: CaseEvent = { type: 'CasesLinked', data: link };
    open.when(new wishes.LinkCases(id, link)).then(linked);
    open.given(linked).when(new wishes.LinkCases(id, link)).thenNothing();
    open.when(new wishes.LinkCases(id, { ...link, linkId: 'the-three-brothers' })).thenRefused('case.no-link-id');
  });

  it('is a safety status; where they are protected lies in the vault', () => {
    const refs = [{ group: 'PROT', field: 'address', ref }] as const;
    const protectedThere: CaseEvent = { type: 'SafetyStatusSet', data: { status: 'in_protection', refs } };
    open.when(new wishes.SetSafetyStatus(id, { status: 'in_protection', refs })).then(protectedThere);
    open
      .given(protectedThere)
      .when(new wishes.SetSafetyStatus(id, { status: 'in_protection', refs: [] }))
      .thenNothing();
    open
      .given(protectedThere)
      .when(new wishes.SetSafetyStatus(id, { status: 'in_protection', refs }))
      .then(protectedThere);
    const elsewhere = [{ group: 'CON', field: 'phone', ref }] as const;
    open.when(new wishes.SetSafetyStatus(id, { status: 'at_risk', refs: elsewhere })).thenRefused('case.unknown-field');
    open.when(new wishes.SetSafetyStatus(id, { status: 'fine' as 'at_risk', refs: [] })).thenRefused('case.unknown-safety-status');
  });

  it('is protection that lasts until the plan is concluded (NAV-16)', () => {
    const protectedThere: CaseEvent = { type: 'SafetyStatusSet', data: { status: 'in_protection', refs: [] } };
    const lift = new wishes.SetSafetyStatus(id, { status: 'no_known_threat', refs: [] });
    const plan = { ref: streamId('educationalPlan', 1), version: 1 };
    open.given(protectedThere).when(lift).thenRefused('case.still-in-protection');
    const lifted: CaseEvent = { type: 'SafetyStatusSet', data: { status: 'no_known_threat', refs: [] } };
    open
      .given(protectedThere)
      .by({ facts: { plan: { ...plan, status: 'agreed' } } })
      .when(lift)
      .thenRefused('case.still-in-protection');
    open
      .given(protectedThere)
      .by({ facts: { plan: { ...plan, status: 'concluded' } } })
      .when(lift)
      .then(lifted);
  });
});
