import { person, streamId } from '@platform/testing';
import { takesAway } from './case-changes.controller';

const [own, others] = [person({ member: streamId('member', 1), teams: [streamId('team', 9)] }), person({ member: streamId('member', 2) })];
const scope = { case: streamId('case', 1), members: [own.member], groups: ['NEED'] };
const ofTeam = { ...scope, members: [], team: streamId('team', 9) };

describe('an event that takes something away', () => {
  it('is told to whoever loses by it: to people named in an access, and to those of a team', () => {
    for (const type of ['AccessNarrowed', 'AccessRevoked', 'AccessExpired']) {
      expect([takesAway(own, { type, data: scope }), takesAway(others, { type, data: scope })]).toEqual([true, false]);
      expect([takesAway(own, { type, data: ofTeam }), takesAway(others, { type, data: ofTeam })]).toEqual([true, false]);
    }
  });

  it('is a recusal, for the person recused', () => {
    const data = { member: own.member, reason: 'family_tie' };
    expect([takesAway(own, { type: 'PersonRecused', data }), takesAway(others, { type: 'PersonRecused', data })]).toEqual([true, false]);
  });

  it('is nothing that only gives, or is about another', () => {
    for (const type of ['AccessGranted', 'AccessRenewed', 'ResponsibleWorkerAssigned', 'NeedsRecorded'])
      expect([type, takesAway(own, { type, data: { ...scope, ...ofTeam, member: own.member } })]).toEqual([type, false]);
  });
});
