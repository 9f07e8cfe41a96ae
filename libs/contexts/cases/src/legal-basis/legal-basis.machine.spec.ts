import { checkMachine, deciding, person, streamId } from '@platform/testing';
import type { LegalBasisEvent } from './legal-basis';
import { EndLegalBasis, type LegalBasisCommand, legalBasisDecider, RecordLegalBasis } from './legal-basis.decider';

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
const pasts: Record<string, LegalBasisEvent[]> = {
  '-': [],
  Recorded: [recorded],
  Ended: [recorded, { type: 'LegalBasisEnded', data: { ...scope, reason: 'purpose_met' } }],
};
const commands: Record<string, LegalBasisCommand> = {
  RecordLegalBasis: new RecordLegalBasis(id, act),
  EndLegalBasis: new EndLegalBasis(id, { reason: 'revoked_by_issuer' }),
};

checkMachine({
  noun: 'legalBasis',
  decider: legalBasisDecider,
  stateName: (state) => state?.status ?? '-',
  commandFor: (command, from) => ({
    given: pasts[from]!,
    command: commands[command]!,
    context: deciding({ case: { custodian: person().organisation } }),
  }),
});
