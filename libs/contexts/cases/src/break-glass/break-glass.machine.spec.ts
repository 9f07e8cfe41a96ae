import { type Actor, systemActor } from '@platform/kernel';
import { checkMachine, deciding, NOON, person, streamId } from '@platform/testing';
import type { BreakGlassEvent } from './break-glass';
import {
  type BreakGlassCommand,
  breakGlassDecider,
  CloseBreakGlass,
  CondemnBreakGlass,
  ExpireBreakGlass,
  JustifyBreakGlass,
  MarkReviewOverdue,
  OpenBreakGlass,
} from './break-glass.decider';

const id = streamId('breakGlass', 1);
const accountRef = `vault:umbria:${'a'.repeat(26)}`;
const who = {
  case: streamId('case', 1),
  custodian: streamId('organisation', 9),
  group: 'HEA',
  member: person().member,
  organisation: person().organisation,
} as const;
const opened: BreakGlassEvent = {
  type: 'BreakGlassOpened',
  data: {
    ...who,
    reason: 'medical_emergency',
    accountRef,
    expires: '2031-03-14T13:00:00.000Z',
    reviewDue: '2031-03-17T12:00:00.000Z',
  },
};
const ended: BreakGlassEvent = { type: 'BreakGlassExpired', data: who };
const pasts: Record<string, BreakGlassEvent[]> = {
  '-': [],
  Opened: [opened],
  AwaitingReview: [opened, ended],
  Justified: [opened, ended, { type: 'BreakGlassJustified', data: who }],
  Unjustified: [opened, ended, { type: 'BreakGlassFoundUnjustified', data: who }],
};
const commands: Record<string, BreakGlassCommand> = {
  OpenBreakGlass: new OpenBreakGlass(id, { case: who.case, group: 'HEA', reason: 'medical_emergency', accountRef }),
  ExpireBreakGlass: new ExpireBreakGlass(id),
  CloseBreakGlass: new CloseBreakGlass(id),
  JustifyBreakGlass: new JustifyBreakGlass(id, {}),
  CondemnBreakGlass: new CondemnBreakGlass(id, {}),
  MarkReviewOverdue: new MarkReviewOverdue(id),
};
const facts = {
  case: { custodian: who.custodian, region: 'umbria', closed: false, recused: [] },
  overdueReviews: 0,
  unjustified: 0,
};
const reviewer = person({ member: streamId('member', 30), organisation: streamId('organisation', 3) });
const actors: Record<string, Actor> = {
  ExpireBreakGlass: systemActor('umbria'),
  MarkReviewOverdue: systemActor('umbria'),
  JustifyBreakGlass: reviewer,
  CondemnBreakGlass: reviewer,
};

checkMachine({
  noun: 'breakGlass',
  decider: breakGlassDecider,
  stateName: (state) => state?.status ?? '-',
  commandFor: (command, from) => ({
    given: pasts[from]!,
    command: commands[command]!,
    context: deciding(facts, actors[command] ?? person(), actors[command] ? '2031-03-20T00:00:00.000Z' : NOON),
  }),
});
