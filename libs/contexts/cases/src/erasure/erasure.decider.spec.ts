import { systemActor } from '@platform/kernel';
import { deciding, person, scenario, streamId } from '@platform/testing';
import type { ErasureEvent } from './erasure';
import { ApproveErasure, erasureDecider, type ErasureFacts, RefuseErasure, RequestErasure, ShredSubject } from './erasure.decider';

const id = streamId('erasure', 1);
const subject = streamId('case', 1);
const requester = person().member;
const officer = person({ member: streamId('member', 2), roles: ['dpo'] });
const accountRef = `vault:umbria:${'a'.repeat(26)}`;
const requested: ErasureEvent = { type: 'ErasureRequested', data: { subject, ground: 'asked_by_person', requester } };
const approved: ErasureEvent = { type: 'ErasureApproved', data: { subject, requester, approver: officer.member } };
const erased: ErasureEvent = { type: 'SubjectErased', data: { subject } };
const facts: ErasureFacts = { subject: { region: 'umbria' }, shredded: true };
const erasure = scenario(erasureDecider, deciding(facts));
const byOfficer = erasure.by({ actor: officer }).given(requested);
const service = erasure.by({ actor: systemActor('umbria') });
const asking = new RequestErasure(id, { subject, ground: 'asked_by_person' });

describe('an erasure', () => {
  it('is asked for by or for the person', () => {
    erasure.when(asking).then(requested);
    erasure
      .when(new RequestErasure(id, { subject, ground: 'asked_for_person', accountRef }))
      .then({ type: 'ErasureRequested', data: { subject, ground: 'asked_for_person', requester, accountRef } });
    erasure.when(new RequestErasure(id, { subject, ground: 'asked_by_person', accountRef: 'she called' })).thenRefused('erasure.malformed');
  });

  it('is asked for once under one id', () => erasure.given(requested).when(asking).thenRefused('erasure.already-requested'));

  it('is asked for by the retention clock on its own ground, and on no other', () => {
    const over = new RequestErasure(id, { subject, ground: 'retention_over' });
    service.when(over).then({ type: 'ErasureRequested', data: { subject, ground: 'retention_over', requester: 'system' } });
    erasure.when(over).thenRefused('erasure.ground-not-yours');
    service.when(asking).thenRefused('erasure.ground-not-yours');
  });

  it('is about a case, a contact or a company of this region', () => {
    for (const noun of ['contact', 'companyDossier']) {
      const of = streamId(noun, 1);
      erasure
        .when(new RequestErasure(id, { subject: of, ground: 'asked_by_person' }))
        .then({ type: 'ErasureRequested', data: { subject: of, ground: 'asked_by_person', requester } });
    }
    erasure.when(new RequestErasure(id, { subject: streamId('member', 1), ground: 'asked_by_person' })).thenRefused('erasure.not-found');
    erasure
      .by({ facts: { subject: { region: 'toscana' } } })
      .when(asking)
      .thenRefused('erasure.not-found');
    erasure.by({ facts: {} }).when(asking).thenRefused('erasure.not-found');
  });

  it('is approved by the data protection officer', () => {
    byOfficer.when(new ApproveErasure(id)).then(approved);
    byOfficer
      .by({ actor: person({ member: streamId('member', 3) }) })
      .when(new ApproveErasure(id))
      .thenRefused('erasure.not-dpo');
    service.given(requested).when(new ApproveErasure(id)).thenRefused('erasure.not-dpo');
  });

  it('is never approved by whoever asked (A4)', () =>
    byOfficer
      .by({ actor: person({ roles: ['dpo'] }) })
      .when(new ApproveErasure(id))
      .thenRefused('erasure.self-approval'));

  it('is refused by the data protection officer, who names the duty to keep', () => {
    byOfficer
      .when(new RefuseErasure(id, { duty: 'criminal_proceedings', accountRef }))
      .then({ type: 'ErasureRefused', data: { subject, duty: 'criminal_proceedings', accountRef } });
    byOfficer
      .when(new RefuseErasure(id, { duty: 'we would rather not' as 'criminal_proceedings' }))
      .thenRefused('erasure.malformed', ['/duty']);
    erasure
      .given(requested)
      .when(new RefuseErasure(id, { duty: 'criminal_proceedings' }))
      .thenRefused('erasure.not-dpo');
  });

  it('is decided once', () => {
    const refusal: ErasureEvent = { type: 'ErasureRefused', data: { subject, duty: 'civil_proceedings' } };
    byOfficer
      .given(refusal)
      .when(new RefuseErasure(id, { duty: 'civil_proceedings' }))
      .thenNothing();
    byOfficer.given(refusal).when(new ApproveErasure(id)).thenRefused('erasure.already-decided');
    byOfficer.given(approved).when(new ApproveErasure(id)).thenNothing();
    byOfficer
      .given(approved)
      .when(new RefuseErasure(id, { duty: 'civil_proceedings' }))
      .thenRefused('erasure.already-decided');
  });

  it('is recorded by the service once the key is destroyed', () => {
    const shred = new ShredSubject(id);
    service.given(requested, approved).when(shred).then(erased);
    service.given(requested, approved).by({ facts: {} }).when(shred).thenRefused('erasure.key-not-destroyed');
    byOfficer.given(approved).when(shred).thenRefused('erasure.only-by-clock');
    service.given(requested).when(shred).thenRefused('erasure.not-approved');
    service.given(requested, approved, erased).when(shred).thenNothing();
  });

  it('that does not exist answers like one outside need-to-know', () => {
    erasure.when(new ApproveErasure(id)).thenRefused('erasure.not-found');
  });
});
