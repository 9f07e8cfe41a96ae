import { ORGANISATION_KINDS, systemActor } from '@platform/kernel';
import { deciding, person, scenario, streamId } from '@platform/testing';
import { covers, type SubscriptionEvent } from './subscription';
import * as rules from './subscription.decider';

const ID = streamId('subscription', 1);
const as = (kind: (typeof ORGANISATION_KINDS)[number]) => person({ kind });
const from = (kind: (typeof ORGANISATION_KINDS)[number]) => scenario(rules.subscriptionDecider, deciding({}, as(kind)));
type Scope = ConstructorParameters<typeof rules.Subscribe>[1];
const subscribe = (changed: Partial<Scope> = {}) =>
  new rules.Subscribe(ID, { regions: ['umbria'], sectors: ['A'], subjects: ['company', 'territory'], ...changed });
const started: SubscriptionEvent = {
  type: 'SubscriptionStarted',
  data: {
    organisation: as('trade_union').organisation,
    kind: 'trade_union',
    regions: ['umbria'],
    sectors: ['A'],
    subjects: ['company', 'territory'],
  },
};

describe('a subscription', () => {
  it('covers regions, sectors and kinds of subject', () => from('trade_union').when(subscribe()).then(started));

  it.each(['prosecutor', 'court'] as const)('is not for a %s, whom only formal acts reach', (kind) => {
    from(kind).when(subscribe()).thenRefused('subscription.formal-act-only');
  });

  it('is for inspectors, unions, associations of employers, prefectures, regions and ministries; for nobody else', () => {
    const may = ORGANISATION_KINDS.filter((kind) => {
      try {
        return rules.subscriptionDecider.decide(subscribe({ subjects: ['territory'] }), null, deciding({}, as(kind))).length === 1;
      } catch {
        return false;
      }
    });
    expect([...may].sort()).toEqual(
      [
        ...['carabinieri_labour_unit', 'employers_association', 'labour_inspectorate', 'ministry_department', 'national_inspectorate'],
        ...['prefettura', 'region', 'trade_association', 'trade_union'],
      ].sort(),
    );
    for (const kind of ORGANISATION_KINDS.filter((each) => !may.includes(each) && each !== 'prosecutor' && each !== 'court'))
      from(kind).when(subscribe()).thenRefused('subscription.kind-without-profile');
  });

  it('stays within what the organisation is competent for', () => {
    from('labour_inspectorate')
      .when(subscribe({ regions: ['umbria', 'toscana'] }))
      .thenRefused('subscription.beyond-competence');
    from('employers_association').when(subscribe()).thenRefused('subscription.beyond-competence');
    from('prefettura')
      .when(subscribe({ subjects: ['territory'], regions: ['lazio'] }))
      .thenRefused('subscription.beyond-competence');
  });

  it('names known regions and sectors, and at least one of each', () => {
    from('trade_union')
      .when(subscribe({ regions: ['atlantide'] }))
      .thenRefused('subscription.unknown-region', ['/regions/0']);
    from('trade_union')
      .when(subscribe({ sectors: ['A', '?'] }))
      .thenRefused('subscription.unknown-sector', ['/sectors/1']);
    from('trade_union')
      .when(subscribe({ regions: [] }))
      .thenRefused('subscription.covers-nothing');
  });

  it('is its organisation’s alone', () => {
    const others = scenario(
      rules.subscriptionDecider,
      deciding({}, person({ organisation: streamId('organisation', 9), kind: 'trade_union' })),
    );
    for (const command of [subscribe(), new rules.PauseSubscription(ID), new rules.EndSubscription(ID)])
      others.given(started).when(command).thenRefused('subscription.not-found');
    others
      .given(started)
      .by({ actor: systemActor('umbria') })
      .when(new rules.EndSubscription(ID))
      .then({ type: 'SubscriptionEnded', data: { member: 'system' } });
  });

  it('paused or ended twice is paused or ended once', () => {
    const by = { member: as('trade_union').member };
    const paused: SubscriptionEvent = { type: 'SubscriptionPaused', data: by };
    const ended: SubscriptionEvent = { type: 'SubscriptionEnded', data: by };
    from('trade_union').given(started, paused).when(new rules.PauseSubscription(ID)).thenNothing();
    from('trade_union').given(started, ended).when(new rules.EndSubscription(ID)).thenNothing();
    from('trade_union').given(started, ended).when(new rules.ResumeSubscription(ID)).thenRefused('subscription.ended');
  });

  it('covers an alert of its regions, sectors and subjects that addresses its kind', () => {
    const alert = { region: 'umbria', sector: 'A', subject: { kind: 'company' }, audience: ['trade_union'] };
    const scope = started.type === 'SubscriptionStarted' ? started.data : undefined;
    if (!scope) throw new Error('no scope');
    expect(covers(scope, alert)).toBe(true);
    expect(covers({ ...scope, sectors: [] }, { ...alert, sector: 'F' })).toBe(true);
    for (const other of [{ region: 'lazio' }, { sector: 'F' }, { subject: { kind: 'other' } }, { audience: ['labour_inspectorate'] }])
      expect(covers(scope, { ...alert, ...other })).toBe(false);
  });
});
