import { type DomainEvent, systemActor } from '@platform/kernel';
import { checkRules, eventOf, person, recorded, streamId } from '@platform/testing';
import fc from 'fast-check';
import { companyDossierEvents } from './company-dossier';
import * as wishes from './company-dossier-commands';
import { companyDossierDecider } from './company-dossier.decider';
import { publishCompanyDossier } from './company-dossier.published';

const id = streamId('companyDossier', 1);
const ref = `vault:umbria:${'a'.repeat(26)}`;
const indicators = ['EX02'];

checkRules({
  noun: 'companyDossier',
  events: companyDossierEvents,
  decider: companyDossierDecider,
  stateName: (state) => state?.phase ?? '-',
  terminal: ['Archived'],
  publish: publishCompanyDossier,
  // Whom an alert may show the company opens its designation in the region's vault, each time on record.
  publishedRefs: ['nameRef', 'vatRef'],
  actors: [
    person(),
    person({ member: streamId('member', 9), organisation: streamId('organisation', 9) }),
    person({ kind: 'labour_inspectorate' }),
    systemActor('umbria'),
  ],
  facts: [{}, { retentionDays: 10 }],
  commands: [
    new wishes.RecordInvolvedCompany(id, { nameRef: ref, vatRef: ref, sector: 'A', comune: '054039' }),
    new wishes.RecordCompanyMet(id),
    new wishes.ReportCompany(id, { indicators }),
    new wishes.CorroborateCompany(id, { indicators }),
    new wishes.AddCompanyObservation(id, { indicators }),
    new wishes.LinkAlertToCompany(id, { alert: streamId('alert', 1) }),
    new wishes.RecordInspection(id, { on: '2024-01-01' }),
    new wishes.RecordInspectionOutcome(id, { outcome: 'received' }),
    new wishes.DisputeCompanyRecord(id, { replyRef: ref }),
    new wishes.ResolveDispute(id, { outcome: 'record_upheld' }),
    new wishes.ArchiveCompany(id),
  ],
});

describe('what is published about a company', () => {
  it('says nothing about who reported it, neither in its data nor on its envelope', () => {
    const reporter = streamId('organisation', 77);
    const meta = { organisation: reporter, actor: streamId('member', 77), correlation: 'request-77', request: 'request-77' };
    fc.assert(
      fc.property(eventOf<DomainEvent>(companyDossierEvents), (event) => {
        const data = 'organisation' in event.data ? { ...event.data, organisation: reporter } : event.data;
        const published = publishCompanyDossier(recorded({ type: event.type, data }, { stream: id, log: 'cases@umbria', meta }));
        const {
          organisation,
          actor,
          correlation,
          data: told,
        } = published ?? { organisation: 'system', actor: 'system', correlation: '', data: {} };
        expect([organisation, actor]).toEqual(['system', 'system']);
        expect(correlation).not.toContain('77');
        expect(JSON.stringify(told)).not.toContain(reporter);
      }),
      { seed: 20310314, numRuns: 400 },
    );
  });
});
