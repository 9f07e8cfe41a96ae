import { type OrganisationKind, systemActor } from '@platform/kernel';
import { deciding, person, scenario, streamId } from '@platform/testing';
import type { LegalBasisEvent } from './legal-basis';
import { EndLegalBasis, legalBasisDecider, RecordLegalBasis } from './legal-basis.decider';

const id = streamId('legalBasis', 1);
const scope = {
  case: streamId('case', 1),
  recipient: streamId('organisation', 2),
  purpose: 'legal_representation',
  groups: ['LEG'],
  expires: '2031-09-01T00:00:00.000Z',
} as const;
const act = { ...scope, kind: 'judicial_order', actRef: `vault:umbria:${'a'.repeat(26)}`, issuer: 'court' } as const;
const recorded: LegalBasisEvent = { type: 'LegalBasisRecorded', data: act };
const basis = scenario(legalBasisDecider, deciding({ case: { custodian: person().organisation } }));
const clock = (at: string) => ({ actor: systemActor('umbria'), at });
const changed = (change: object): RecordLegalBasis => new RecordLegalBasis(id, { ...act, ...change });

describe('a legal basis', () => {
  it('is recorded with its kind, act, issuer, scope and end', () => basis.when(new RecordLegalBasis(id, act)).then(recorded));

  it('is recorded once, by people, for a case known here', () => {
    basis.given(recorded).when(new RecordLegalBasis(id, act)).thenRefused('legalBasis.already-recorded');
    basis
      .by({ actor: systemActor('umbria') })
      .when(changed({}))
      .thenRefused('legalBasis.only-people');
    basis.by({ facts: {} }).when(changed({})).thenRefused('case.not-found');
  });

  it('names its recipient, what it covers and an end that lies ahead', () => {
    basis.when(changed({ recipient: 'everybody' })).thenRefused('legalBasis.no-recipient');
    basis.when(changed({ groups: [] })).thenRefused('legalBasis.no-groups');
    basis.when(changed({ expires: '2031-03-14T12:00:00.000Z' })).thenRefused('legalBasis.already-past');
  });

  it('keeps the act’s number in the vault', () => {
    basis.when(changed({ actRef: 'n. 1234/2031 R.G.N.R.' })).thenRefused('legalBasis.malformed');
    basis.when(changed({ issuer: 'somebody' as OrganisationKind })).thenRefused('legalBasis.malformed');
  });

  it('ends by an act that people record', () => {
    const ended: LegalBasisEvent = { type: 'LegalBasisEnded', data: { ...scope, reason: 'revoked_by_issuer' } };
    basis
      .given(recorded)
      .when(new EndLegalBasis(id, { reason: 'revoked_by_issuer' }))
      .then(ended);
    basis
      .given(recorded, ended)
      .when(new EndLegalBasis(id, { reason: 'revoked_by_issuer' }))
      .thenNothing();
    basis
      .by({ actor: systemActor('umbria') })
      .given(recorded)
      .when(new EndLegalBasis(id, { reason: 'purpose_met' }))
      .thenRefused('legalBasis.only-people');
  });

  it('reaches its term by the clock alone', () => {
    const term = new EndLegalBasis(id, { reason: 'term_reached' });
    basis.given(recorded).when(term).thenRefused('legalBasis.only-by-clock');
    basis.given(recorded).by(clock('2031-08-31T23:59:59.999Z')).when(term).thenRefused('legalBasis.not-yet');
    basis
      .given(recorded)
      .by(clock(scope.expires))
      .when(term)
      .then({ type: 'LegalBasisEnded', data: { ...scope, reason: 'term_reached' } });
  });

  it('that does not exist answers like one outside need-to-know', () => {
    basis.when(new EndLegalBasis(id, { reason: 'purpose_met' })).thenRefused('legalBasis.not-found');
  });
});
