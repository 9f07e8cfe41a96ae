import { DomainError, systemActor } from '@platform/kernel';
import { deciding, scenario, streamId } from '@platform/testing';
import * as fc from 'fast-check';
import { isLargeEnough } from '../small-numbers';
import type { HoldReason } from './alert';
import { alertDecider, type AlertFacts } from './alert.decider';
import * as commands from './alert-commands';
import * as example from './alert-examples';
import { ALERT as ID, cohort, draft, facts, pastOf, second, told } from './alert-examples';

const start = scenario(alertDecider, deciding(facts, example.issuer, example.DRAFTED_AT));
const bySystem = scenario(alertDecider, deciding(facts, systemActor('umbria'), example.DRAFTED_AT));
const draftOf = (changed: Partial<commands.AlertDraft> = {}) => new commands.DraftAlert(ID, { ...draft, ...changed });
const small: AlertFacts = { ...facts, cohort: { ...cohort, workers: 4 } };
const past = (state: string) => pastOf[state] ?? [];
const onTerritory = { ...told.drafted, data: { ...told.drafted.data, subject: { kind: 'territory' as const } } };

describe('an alert draft', () => {
  it('is about a company or a territory', () => {
    start.when(draftOf()).then(told.drafted);
    start.when(draftOf({ subject: { kind: 'territory' } })).then(onTerritory);
  });

  it.each([
    ['person', streamId('case', 1)],
    ['worker', undefined],
    ['company', streamId('case', 1)],
    ['company', streamId('contact', 1)],
    ['territory', streamId('member', 1)],
  ])('is never about a person, not even called a %s', (kind, ref) => {
    start.when(draftOf({ subject: { kind, ref } })).thenRefused('alert.subject-is-a-person');
  });

  it.each<[string, Partial<commands.AlertDraft>, string, string]>([
    ['company', { subject: { kind: 'company', ref: 'Rossi srl' } }, 'alert.unknown-company', '/subject/ref'],
    ['comune', { comune: 'Perugia' }, 'alert.unknown-comune', '/comune'],
    ['sector', { sector: 'farm' }, 'alert.unknown-sector', '/sector'],
    ['pattern', { patterns: ['gossip'] }, 'alert.unknown-pattern', '/patterns/0'],
    ['indicator', { indicators: ['EX01', 'XX99'] }, 'alert.unknown-indicator', '/indicators/1'],
    ['period', { period: { from: '2031-03-02', to: '2031-03-01' } }, 'alert.period-impossible', '/period'],
    ['future period', { period: { from: '2031-04-02', to: '2031-05-01' } }, 'alert.period-impossible', '/period'],
    ['area', { area: 'planet' as 'comune' }, 'alert.unknown-area', '/area'],
    ['beginning', { period: { from: 'spring', to: '2031-03-01' } }, 'alert.period-impossible', '/period'],
    ['end', { period: { from: '2031-02-01', to: 'summer' } }, 'alert.period-impossible', '/period'],
    ['past expiry', { expires: example.DRAFTED_AT }, 'alert.expiry-out-of-range', '/expires'],
    ['distant expiry', { expires: '2032-03-14T12:00:00.000Z' }, 'alert.expiry-out-of-range', '/expires'],
    ['content', { patterns: [], indicators: [] }, 'alert.says-nothing', '/indicators'],
    ['territory', { subject: { kind: 'territory', ref: example.DOSSIER } }, 'alert.subject-misplaced', '/subject/ref'],
  ])('is rejected when its %s is unknown or impossible', (_what, changed, code, pointer) => {
    start.when(draftOf(changed)).thenRefused(code, [pointer]);
  });

  it('is made by people and exists for its issuer only', () => {
    bySystem.when(draftOf()).thenRefused('alert.only-people-alert');
    start.given(told.drafted).when(draftOf()).thenRefused('alert.exists');
    for (const actor of [example.stranger, example.inspector])
      start
        .given(...past('Issued'))
        .by({ actor })
        .when(new commands.CloseAlert(ID))
        .thenRefused('alert.not-found');
  });
});

describe('what was done to an alert', () => {
  const again: readonly [done: string, command: commands.AlertCommand, by: typeof start][] = [
    ['Screened', new commands.ScreenAlert(ID, false), start],
    ['Held', new commands.HoldAlert(ID, 'cohort_too_small'), bySystem],
    ['Rejected', new commands.RejectAlert(ID), start],
    ['Issued', new commands.IssueAlert(ID, ['labour_inspectorate']), start],
    ['Closed', new commands.CloseAlert(ID), bySystem],
    ['Withdrawn', new commands.WithdrawAlert(ID, 'error'), start],
    ['Expired', new commands.ExpireAlert(ID), bySystem],
  ];

  it.each(again)('is not done twice: %s', (done, command, by) => {
    by.given(...past(done))
      .when(command)
      .thenNothing();
  });

  it('is not a release that never happened, for a draft that was not held', () => {
    start.given(told.drafted).when(new commands.ReleaseAlert(ID, 'new_evidence')).thenRefused('alert.not-now');
  });
});

describe('the screening of an alert', () => {
  const drafted = start.given(told.drafted);

  it('passes where the cohort is large enough and nobody risks retaliation', () => {
    drafted.when(new commands.ScreenAlert(ID, false)).then(told.screened);
    drafted.when(new commands.ScreenAlert(ID, true)).thenRefused('alert.retaliation-risk');
  });

  it.each([
    ['four workers', { ...cohort, workers: 4 }],
    ['one reporting organisation', { ...cohort, organisations: 1 }],
    ['nobody counted', undefined],
  ])('does not pass with %s', (_what, counted) => {
    drafted
      .by({ facts: { ...facts, cohort: counted } })
      .when(new commands.ScreenAlert(ID, false))
      .thenRefused('alert.cohort-too-small');
  });

  it('asks for two companies where a territory is the subject', () => {
    const oneCompany = { ...facts, cohort: { ...cohort, companies: 1 } };
    drafted
      .by({ facts: oneCompany })
      .when(new commands.ScreenAlert(ID, false))
      .then({ ...told.screened, data: { cohort: oneCompany.cohort } });
    start.given(onTerritory).by({ facts: oneCompany }).when(new commands.ScreenAlert(ID, false)).thenRefused('alert.cohort-too-small');
  });

  it('does not pass while the company disputes what is recorded, or is not known', () => {
    const of = (company: AlertFacts['company']) => drafted.by({ facts: { ...facts, company } }).when(new commands.ScreenAlert(ID, false));
    of({ disputed: true }).thenRefused('alert.company-disputed');
    of(undefined).thenRefused('alert.company-disputed');
  });
});

describe('a held alert', () => {
  it('is held for a small cohort only where it is small', () => {
    const drafted = start.given(told.drafted);
    drafted.by({ facts: small }).when(new commands.HoldAlert(ID, 'cohort_too_small')).then(told.heldSmall);
    drafted.when(new commands.HoldAlert(ID, 'cohort_too_small')).thenRefused('alert.cohort-large-enough');
    drafted.when(new commands.HoldAlert(ID, 'retaliation_risk')).then(told.held);
    drafted.when(new commands.HoldAlert(ID, 'mood' as HoldReason)).thenRefused('alert.unknown-reason');
    bySystem.given(told.drafted).when(new commands.HoldAlert(ID, 'retaliation_risk')).thenRefused('alert.risk-is-judged-by-people');
  });

  it('is released by new evidence only once the cohort is large enough', () => {
    const held = start.given(told.drafted, told.heldSmall);
    held.by({ facts: small }).when(new commands.ReleaseAlert(ID, 'new_evidence')).thenRefused('alert.cohort-too-small');
    held
      .when(new commands.ReleaseAlert(ID, 'new_evidence'))
      .then({ type: 'AlertReleased', data: { reason: 'new_evidence', area: 'comune' } });
    held.when(new commands.ReleaseAlert(ID, 'risk_assessed')).thenRefused('alert.release-unfit');
  });

  it('is released by a wider area where a territory is the subject, once', () => {
    const widened = { type: 'AlertReleased', data: { reason: 'wider_area', area: 'province' } } as const;
    const wider = new commands.ReleaseAlert(ID, 'wider_area');
    const held = start.given(onTerritory, told.heldSmall);
    held.when(wider).then(widened);
    held.given(widened, told.heldSmall).when(wider).thenRefused('alert.area-cannot-widen');
    start.given(told.drafted, told.heldSmall).when(wider).thenRefused('alert.area-cannot-widen');
  });

  it('is not released by the person who saw the risk of retaliation (A4)', () => {
    const held = start.given(told.drafted, told.held);
    held.when(new commands.ReleaseAlert(ID, 'risk_assessed')).thenRefused('alert.release-by-holder');
    held.by({ actor: second }).when(new commands.ReleaseAlert(ID, 'risk_assessed')).then(told.released);
    held.by({ actor: second }).when(new commands.ReleaseAlert(ID, 'new_evidence')).thenRefused('alert.release-unfit');
  });

  it('may be rejected for good', () =>
    start
      .given(...past('Held'))
      .when(new commands.RejectAlert(ID))
      .then(told.rejected));
});

describe('the issue of an alert', () => {
  const screened = start.given(...past('Screened'));
  const issue = new commands.IssueAlert(ID, ['labour_inspectorate', 'trade_union']);

  it('carries all that deliveries are made of', () => screened.when(issue).then(told.issued));

  it('screens again: refused where the cohort shrank, which is then held', () => {
    screened.by({ facts: small }).when(issue).thenRefused('alert.cohort-too-small');
    screened.by({ facts: small }).when(new commands.HoldAlert(ID, 'cohort_too_small')).then(told.heldSmall);
    screened
      .by({ facts: { ...facts, company: { disputed: true } } })
      .when(issue)
      .thenRefused('alert.company-disputed');
  });

  it('addresses somebody (A11), and nobody by whom only formal acts are received', () => {
    screened.when(new commands.IssueAlert(ID, [])).thenRefused('alert.nobody-addressed');
    screened.when(new commands.IssueAlert(ID, ['prosecutor'])).thenRefused('alert.formal-act-only');
    screened.when(new commands.IssueAlert(ID, ['court'])).thenRefused('alert.formal-act-only');
    screened.when(new commands.IssueAlert(ID, ['trade_union', 'company'])).thenRefused('alert.kind-without-profile', ['/audience/1']);
  });

  it('tells recipients of aggregates of territories only, and from eleven workers on', () => {
    const employers = new commands.IssueAlert(ID, ['employers_association']);
    screened.when(employers).thenRefused('alert.company-beyond-audience');
    const ten = { ...facts, cohort: { ...cohort, workers: 10 } };
    start.given(onTerritory, told.screened).by({ facts: ten }).when(employers).thenRefused('alert.cohort-too-small-for-audience');
    const eleven = { ...facts, cohort: { ...cohort, workers: 11 } };
    const issuedOn = { ...example.territory, cohort: eleven.cohort, audience: ['employers_association' as const] };
    start.given(onTerritory, told.screened).by({ facts: eleven }).when(employers).then({ type: 'AlertIssued', data: issuedOn });
    start
      .given(onTerritory, told.screened)
      .when(employers)
      .then({ type: 'AlertIssued', data: { ...example.territory, audience: ['employers_association'] } });
  });

  it('comes too late after the expiry', () => screened.by({ at: example.EXPIRES }).when(issue).thenRefused('alert.expired'));
});

describe('the end of an alert', () => {
  it('waits until every delivery is answered or ended', () => {
    const issued = start.given(...past('Issued'));
    issued
      .by({ facts: { ...facts, openDeliveries: 1 } })
      .when(new commands.CloseAlert(ID))
      .thenRefused('alert.deliveries-open');
    issued.by({ facts: {} }).when(new commands.CloseAlert(ID)).thenRefused('alert.deliveries-open');
    issued.when(new commands.CloseAlert(ID)).then(told.closed);
  });

  it('is a withdrawal with a reason, by the issuer', () => {
    start
      .given(...past('Issued'))
      .when(new commands.WithdrawAlert(ID, 'error'))
      .then(told.withdrawn);
    start
      .given(...past('Issued'))
      .when(new commands.WithdrawAlert(ID, 'mood'))
      .thenRefused('alert.unknown-reason', ['/reason']);
    bySystem
      .given(...past('Issued'))
      .when(new commands.WithdrawAlert(ID, 'error'))
      .thenRefused('alert.not-issuer');
  });

  it('comes by the clock, not before its time', () => {
    bySystem
      .given(...past('Issued'))
      .when(new commands.ExpireAlert(ID))
      .thenRefused('alert.too-early');
    bySystem
      .given(...past('Issued'))
      .by({ at: example.EXPIRES })
      .when(new commands.ExpireAlert(ID))
      .then(told.expired);
    start
      .given(...past('Issued'))
      .by({ at: example.EXPIRES })
      .when(new commands.ExpireAlert(ID))
      .thenRefused('alert.only-by-clock');
  });
});

describe('no sequence of commands', () => {
  const anyCommand = fc.constantFrom(
    ...[new commands.ScreenAlert(ID, false), new commands.ScreenAlert(ID, false), new commands.IssueAlert(ID, ['labour_inspectorate'])],
    ...[new commands.HoldAlert(ID, 'cohort_too_small'), new commands.HoldAlert(ID, 'retaliation_risk')],
    ...[
      new commands.ReleaseAlert(ID, 'new_evidence'),
      new commands.ReleaseAlert(ID, 'wider_area'),
      new commands.ReleaseAlert(ID, 'risk_assessed'),
    ],
    ...[new commands.IssueAlert(ID, ['labour_inspectorate']), new commands.IssueAlert(ID, ['prefettura']), new commands.RejectAlert(ID)],
  );
  const counted = fc.record({
    workers: fc.integer({ min: 3, max: 13 }),
    organisations: fc.integer({ min: 1, max: 4 }),
    companies: fc.integer({ min: 1, max: 4 }),
  });
  const step = fc.record({
    command: anyCommand,
    counted,
    actor: fc.constantFrom(example.issuer, example.issuer, second, example.stranger),
  });

  it('issues an alert over fewer than the least, or to aggregates below eleven', () => {
    let issuedAny = 0;
    fc.assert(
      fc.property(
        fc.array(step, { minLength: 5, maxLength: 25, size: 'max' }),
        fc.constantFrom(told.drafted, onTerritory),
        (steps, first) => {
          let state = alertDecider.evolve(null, first);
          for (const { command, counted: now, actor } of steps) {
            let events: ReturnType<typeof alertDecider.decide> = [];
            try {
              events = alertDecider.decide(command, state, { actor, at: example.DRAFTED_AT, facts: { ...facts, cohort: now } });
            } catch (error) {
              if (!(error instanceof DomainError)) throw error;
            }
            for (const event of events) {
              if (event.type !== 'AlertIssued') continue;
              issuedAny++;
              expect(isLargeEnough(now, event.data.subject.kind)).toBe(true);
              if (event.data.audience.includes('prefettura'))
                expect([event.data.subject.kind, now.workers >= 11]).toEqual(['territory', true]);
            }
            state = events.reduce((soFar, event) => alertDecider.evolve(soFar, event), state);
          }
        },
      ),
      { seed: 20310314, numRuns: 2000 },
    );
    expect(issuedAny).toBeGreaterThan(100);
  });
});
