import { type Actor, systemActor } from '@platform/kernel';
import { deciding, person, scenario, streamId } from '@platform/testing';
import { type BreakGlass, type BreakGlassEvent, evolveBreakGlass, type GlassGroup } from './break-glass';
import {
  breakGlassDecider,
  type BreakGlassFacts,
  CloseBreakGlass,
  CondemnBreakGlass,
  ExpireBreakGlass,
  JustifyBreakGlass,
  MarkReviewOverdue,
  OpenBreakGlass,
} from './break-glass.decider';

const id = streamId('breakGlass', 1);
const accountRef = `vault:umbria:${'a'.repeat(26)}`;
const custodian = streamId('organisation', 9);
const body = { case: streamId('case', 1), group: 'HEA', reason: 'medical_emergency', accountRef } as const;
const who = { case: body.case, custodian, member: person().member, organisation: person().organisation, group: 'HEA' } as const;
const due = '2031-03-17T12:00:00.000Z';
const until = '2031-03-14T13:00:00.000Z';
const opened: BreakGlassEvent = {
  type: 'BreakGlassOpened',
  data: { ...who, reason: body.reason, accountRef, expires: until, reviewDue: due },
};
const over: BreakGlassEvent = { type: 'BreakGlassExpired', data: who };
const file: NonNullable<BreakGlassFacts['case']> = { custodian, region: 'umbria', closed: false, recused: [] };
const facts: BreakGlassFacts = { case: file, overdueReviews: 0, unjustified: 0 };
const glass = scenario(breakGlassDecider, deciding(facts));
const known = (change: Partial<BreakGlassFacts>) => glass.by({ facts: { ...facts, ...change } });
const changed = (change: object): OpenBreakGlass => new OpenBreakGlass(id, { ...body, ...change });
const clock = (at: string) => ({ actor: systemActor('umbria'), at });
const reviewer = person({ member: streamId('member', 30), organisation: streamId('organisation', 3) });
const opening = new OpenBreakGlass(id, body);

describe('an emergency access', () => {
  it('opens one field group for an hour, with its reason on record (A23)', () => glass.when(opening).then(opened));

  it.each([
    [15, '2031-03-14T12:15:00.000Z'],
    [240, '2031-03-14T16:00:00.000Z'],
    [1, '2031-03-14T12:15:00.000Z'],
    [100_000, '2031-03-14T16:00:00.000Z'],
  ])('lasts what the region says (%i minutes), held between 15 and 240', (minutes, expires) =>
    known({ minutes })
      .when(opening)
      .then({ type: 'BreakGlassOpened', data: { ...who, reason: body.reason, accountRef, expires, reviewDue: due } }),
  );

  it.each(['CON', 'HEA', 'NEED', 'FAM'] as const)('may open %s', (group) =>
    glass.when(changed({ group })).then({
      type: 'BreakGlassOpened',
      data: { ...who, group, reason: body.reason, accountRef, expires: until, reviewDue: due },
    }),
  );

  it.each(['ID', 'PROT', 'LEG', 'OFF', 'EXP', 'PLAN', 'COMP', 'TERR', 'REF'])('never opens %s', (group) =>
    glass.when(changed({ group: group as GlassGroup })).thenRefused('breakGlass.group-never'),
  );

  it('needs a reason from the list and words in the vault', () => {
    glass.when(changed({ reason: 'curiosity' })).thenRefused('breakGlass.unknown-break-glass-reason', ['/reason']);
    glass.when(changed({ accountRef: '' })).thenRefused('breakGlass.reason-missing', ['/accountRef']);
    glass.when(changed({ accountRef: 'Anna has fainted' })).thenRefused('breakGlass.malformed', ['/accountRef']);
  });

  it('is opened once under one id', () => glass.given(opened).when(opening).thenRefused('breakGlass.already-opened'));

  it.each(['prosecutor', 'court', 'prefettura', 'employers_association', 'trade_association', 'company'] as const)(
    'is not for a %s',
    (kind) =>
      glass
        .by({ actor: person({ kind }) })
        .when(opening)
        .thenRefused('breakGlass.kind-never'),
  );

  it('is neither for mentors nor for the service itself', () => {
    glass
      .by({ actor: person({ roles: ['operator', 'mentor'] }) })
      .when(opening)
      .thenRefused('breakGlass.kind-never');
    glass
      .by({ actor: systemActor('umbria') })
      .when(opening)
      .thenRefused('breakGlass.kind-never');
  });

  it('is only for organisations of the case’s region', () =>
    glass
      .by({ actor: person({ region: 'toscana' }) })
      .when(opening)
      .thenRefused('breakGlass.other-region'));

  it('does not let somebody recused in, nor tell them that the case exists', () => {
    known({ case: { ...file, recused: [person().member] } })
      .when(opening)
      .thenRefused('case.not-found');
    known({ case: undefined }).when(opening).thenRefused('case.not-found');
  });

  it('does not open a closed case', () =>
    known({ case: { ...file, closed: true } })
      .when(opening)
      .thenRefused('breakGlass.case-closed'));

  it('is refused while the person’s last one waits for an overdue review', () => {
    known({ overdueReviews: 1 }).when(opening).thenRefused('breakGlass.review-overdue');
    known({ overdueReviews: undefined }).when(opening).thenRefused('breakGlass.review-overdue');
  });

  it('is refused to whoever misused one before', () => {
    known({ unjustified: 1 }).when(opening).thenRefused('breakGlass.suspended');
    known({ unjustified: undefined }).when(opening).thenRefused('breakGlass.suspended');
  });

  it('is closed early only by whoever opened it', () => {
    glass.given(opened).when(new CloseBreakGlass(id)).then({ type: 'BreakGlassClosedEarly', data: who });
    glass.by({ actor: reviewer }).given(opened).when(new CloseBreakGlass(id)).thenRefused('breakGlass.not-opener');
    glass.by({ at: until }).given(opened).when(new CloseBreakGlass(id)).thenNothing();
    glass.given(opened, over).when(new CloseBreakGlass(id)).thenNothing();
  });

  it('ends by the clock alone, at its instant', () => {
    glass.given(opened).when(new ExpireBreakGlass(id)).thenRefused('breakGlass.only-by-clock');
    glass.given(opened).by(clock('2031-03-14T12:59:59.999Z')).when(new ExpireBreakGlass(id)).thenRefused('breakGlass.not-yet');
    glass.given(opened).by(clock(until)).when(new ExpireBreakGlass(id)).then(over);
    glass.given(opened, over).by(clock(until)).when(new ExpireBreakGlass(id)).thenNothing();
  });
});

describe('the review of an emergency access', () => {
  const [justify, condemn] = [new JustifyBreakGlass(id, {}), new CondemnBreakGlass(id, {})];
  const justified: BreakGlassEvent = { type: 'BreakGlassJustified', data: who };
  const condemned: BreakGlassEvent = { type: 'BreakGlassFoundUnjustified', data: who };
  const as = (actor: Actor) => glass.by({ actor });

  it('finds it justified or not, in words kept in the vault', () => {
    as(reviewer).given(opened, over).when(justify).then(justified);
    as(reviewer)
      .given(opened, over)
      .when(new CondemnBreakGlass(id, { accountRef }))
      .then({ type: 'BreakGlassFoundUnjustified', data: { ...who, accountRef } });
    as(reviewer)
      .given(opened, over)
      .when(new JustifyBreakGlass(id, { accountRef: 'fine by me' }))
      .thenRefused('breakGlass.malformed');
  });

  it.each([
    ['justified', justify],
    ['condemned', condemn],
  ])('is not made by the person themself, nor by their organisation, nor by a machine (%s) (A4)', (_, command) => {
    const moved = person({ organisation: streamId('organisation', 3) });
    as(moved).given(opened, over).when(command).thenRefused('breakGlass.self-review');
    const colleague = person({ member: streamId('member', 2) });
    as(colleague).given(opened, over).when(command).thenRefused('breakGlass.reviewer-same-organisation');
    as(systemActor('umbria')).given(opened, over).when(command).thenRefused('breakGlass.only-people-review');
  });

  it('waits for the end of the access', () => as(reviewer).given(opened).when(justify).thenRefused('breakGlass.still-open'));

  it('is made once', () => {
    as(reviewer).given(opened, over, justified).when(justify).thenNothing();
    as(reviewer).given(opened, over, justified).when(condemn).thenRefused('breakGlass.already-reviewed');
    as(reviewer).given(opened, over, condemned).when(condemn).thenNothing();
  });

  it('is overdue after 72 hours, marked once by the clock, and may still be made', () => {
    const mark = new MarkReviewOverdue(id);
    const overdue: BreakGlassEvent = { type: 'BreakGlassReviewOverdue', data: who };
    glass.given(opened, over).when(mark).thenRefused('breakGlass.only-by-clock');
    glass.given(opened, over).by(clock('2031-03-17T11:59:59.999Z')).when(mark).thenRefused('breakGlass.not-yet');
    glass.given(opened, over).by(clock(due)).when(mark).then(overdue);
    glass.given(opened, over, overdue).by(clock(due)).when(mark).thenNothing();
    glass.given(opened).by(clock(due)).when(mark).thenRefused('breakGlass.still-open');
    as(reviewer).given(opened, over, overdue).when(justify).then(justified);
    for (const verdict of [justified, condemned])
      expect([opened, over, overdue, verdict].reduce<BreakGlass>(evolveBreakGlass, null)).toMatchObject({ overdue: false });
    glass.given(opened, over, overdue, justified).by(clock(due)).when(mark).thenNothing();
  });

  it('of an access that does not exist answers like one outside need-to-know', () => {
    as(reviewer).when(justify).thenRefused('breakGlass.not-found');
  });
});
