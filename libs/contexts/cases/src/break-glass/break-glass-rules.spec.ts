import { systemActor } from '@platform/kernel';
import { checkRules, person, streamId } from '@platform/testing';
import { breakGlassEvents } from './break-glass';
import {
  breakGlassDecider,
  CloseBreakGlass,
  CondemnBreakGlass,
  ExpireBreakGlass,
  JustifyBreakGlass,
  MarkReviewOverdue,
  OpenBreakGlass,
} from './break-glass.decider';
import { publishBreakGlass } from './break-glass.published';

const id = streamId('breakGlass', 1);
const accountRef = `vault:umbria:${'a'.repeat(26)}`;
const who = {
  case: streamId('case', 1),
  custodian: streamId('organisation', 9),
  member: person().member,
  organisation: person().organisation,
  group: 'HEA',
} as const;
const times = { expires: '2031-03-14T13:00:00.000Z', reviewDue: '2031-03-17T12:00:00.000Z' };

checkRules({
  noun: 'breakGlass',
  events: breakGlassEvents,
  decider: breakGlassDecider,
  stateName: (state) => state?.status ?? '-',
  terminal: ['Justified', 'Unjustified'],
  publish: publishBreakGlass,
  actors: [person(), person({ member: streamId('member', 3), organisation: streamId('organisation', 3) }), systemActor('umbria')],
  facts: [{ case: { custodian: who.custodian, region: 'umbria', closed: false, recused: [] }, overdueReviews: 0, unjustified: 0 }, {}],
  pasts: [[{ type: 'BreakGlassOpened', data: { ...who, reason: 'medical_emergency', accountRef, ...times } }]],
  commands: [
    new OpenBreakGlass(id, { case: who.case, group: 'HEA', reason: 'medical_emergency', accountRef }),
    new CloseBreakGlass(id),
    new ExpireBreakGlass(id),
    new MarkReviewOverdue(id),
    new JustifyBreakGlass(id, { accountRef }),
    new CondemnBreakGlass(id, { accountRef }),
  ],
});
