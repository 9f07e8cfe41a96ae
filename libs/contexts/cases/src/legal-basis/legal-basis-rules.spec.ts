import { systemActor } from '@platform/kernel';
import { checkRules, person, streamId } from '@platform/testing';
import { legalBasisEvents } from './legal-basis';
import { EndLegalBasis, legalBasisDecider, RecordLegalBasis } from './legal-basis.decider';
import { publishLegalBasis } from './legal-basis.published';

const id = streamId('legalBasis', 1);

checkRules({
  noun: 'legalBasis',
  events: legalBasisEvents,
  decider: legalBasisDecider,
  stateName: (state) => state?.status ?? '-',
  terminal: ['Ended'],
  publish: publishLegalBasis,
  actors: [person(), systemActor('umbria')],
  facts: [{ case: { custodian: person().organisation } }, {}],
  commands: [
    new RecordLegalBasis(id, {
      case: streamId('case', 1),
      recipient: streamId('organisation', 2),
      purpose: 'legal_representation',
      groups: ['LEG'],
      expires: '2031-09-01T00:00:00.000Z',
      kind: 'judicial_order',
      actRef: `vault:umbria:${'a'.repeat(26)}`,
      issuer: 'court',
    }),
    new EndLegalBasis(id, { reason: 'revoked_by_issuer' }),
  ],
});
