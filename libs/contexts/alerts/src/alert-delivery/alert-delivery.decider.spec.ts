import { faultsOf, personLikePaths } from '@contracts';
import { type OrganisationKind, systemActor } from '@platform/kernel';
import { deciding, scenario, streamId } from '@platform/testing';
import { alertEvents, type IssuedAlert } from '../alert/alert';
import * as example from '../alert/alert-examples';
import { ALERT, DELIVERY as ID, INSPECTORATE, inspector, issued, territory, UNION } from '../alert/alert-examples';
import { subscriptionEvents } from '../subscription/subscription';
import { type AlertDeliveryEvent, alertDeliveryEvents, type DeliveredContent } from './alert-delivery';
import * as rules from './alert-delivery.decider';

const to = (kind: OrganisationKind, signatory = false) => ({ recipient: { kind, active: true, signatory } });
const bySystem = (kind: OrganisationKind, signatory = false) =>
  scenario(rules.alertDeliveryDecider, deciding(to(kind, signatory), systemActor('umbria'), example.DRAFTED_AT));
const deliver = (recipient: string, told: IssuedAlert = issued) => new rules.DeliverAlert(ID, ALERT, recipient, told);
const contentTo = (kind: OrganisationKind, alerted: IssuedAlert = issued, signatory = false): DeliveredContent => {
  const context = deciding(to(kind, signatory), systemActor('umbria'), example.DRAFTED_AT);
  const [event] = rules.alertDeliveryDecider.decide(deliver(UNION, { ...alerted, audience: [kind] }), null, context);
  if (event?.type !== 'AlertDelivered') throw new Error('nothing was delivered');
  return event.data.content;
};
const shared = {
  ...{ subject: 'company', region: 'umbria', province: '054', sector: 'A', workers: '11-20' },
  ...{ patterns: issued.patterns, indicators: issued.indicators, period: issued.period },
};
const told = { alert: ALERT, issuer: example.ISSUER, recipient: INSPECTORATE, kind: 'labour_inspectorate', due: example.EXPIRES } as const;
const delivered: AlertDeliveryEvent = { type: 'AlertDelivered', data: { ...told, content: contentTo('labour_inspectorate') } };
const acknowledged: AlertDeliveryEvent = { type: 'AlertAcknowledged', data: { member: inspector.member } };
const answered: AlertDeliveryEvent = { type: 'AlertAnswered', data: { alert: ALERT, outcome: 'received' } };
const byInspector = scenario(rules.alertDeliveryDecider, deciding({}, inspector, example.DRAFTED_AT));

describe('what a recipient is told', () => {
  const company = { dossier: example.DOSSIER, nameRef: example.NAME_REF };

  it('is, for an inspectorate, the company, codes, bands and the province', () => {
    for (const kind of ['labour_inspectorate', 'national_inspectorate', 'carabinieri_labour_unit'] as const)
      expect(contentTo(kind)).toEqual({ profile: 'inspection', ...shared, company });
  });

  it('is, for a union, the company only where it signed an agreement, else the sector', () => {
    expect(contentTo('trade_union', issued, true)).toEqual({ profile: 'union', ...shared, company });
    expect(contentTo('trade_union')).toEqual({ profile: 'union', ...shared });
  });

  it('is, for associations and prefectures, a region and a rounded count', () => {
    for (const kind of ['employers_association', 'prefettura'] as const)
      expect(contentTo(kind, territory)).toEqual({
        ...{ profile: 'aggregate', subject: 'territory', region: 'umbria', patterns: territory.patterns, period: territory.period },
        rounded: 10,
      });
  });

  it('is, of a territory, how many companies only as a band', () => {
    expect(contentTo('labour_inspectorate', territory)).toMatchObject({ subject: 'territory', companies: 'under-5', workers: '11-20' });
  });

  it('never holds the comune, an exact count of workers or another recipient', () => {
    for (const kind of ['labour_inspectorate', 'trade_union'] as const) {
      const text = JSON.stringify(contentTo(kind, { ...issued, cohort: { workers: 17, organisations: 9, companies: 3 } }, true));
      expect(text).not.toMatch(/054039|17|organisation|audience/);
    }
  });

  it('names the same coarse place at every read (A21)', () => {
    const places = new Set(Array.from({ length: 1000 }, () => contentTo('trade_union').province));
    expect([...places]).toEqual(['054']);
  });
});

describe('a delivery', () => {
  it('goes to an active organisation of a kind addressed, with the content of its kind', () => {
    bySystem('labour_inspectorate').when(deliver(INSPECTORATE)).then(delivered);
    bySystem('labour_inspectorate').given(delivered).when(deliver(INSPECTORATE)).thenNothing();
    bySystem('labour_inspectorate').given(delivered).when(deliver(UNION)).thenRefused('alertDelivery.exists');
    bySystem('prefettura').when(deliver(UNION)).thenRefused('alertDelivery.not-addressed');
    bySystem('association')
      .when(deliver(UNION, { ...issued, audience: ['association'] }))
      .thenRefused('alertDelivery.not-addressed');
    const suspended = { recipient: { kind: 'labour_inspectorate' as const, active: false, signatory: false } };
    bySystem('labour_inspectorate').by({ facts: suspended }).when(deliver(INSPECTORATE)).thenRefused('alertDelivery.recipient-not-active');
    bySystem('labour_inspectorate').by({ facts: {} }).when(deliver(INSPECTORATE)).thenRefused('alertDelivery.recipient-not-active');
  });

  it.each(['prosecutor', 'court'] as const)('never goes to a %s', (kind) => {
    bySystem(kind)
      .when(deliver(UNION, { ...issued, audience: [kind] }))
      .thenRefused('alertDelivery.formal-act-only');
  });

  it('says nothing outside the network below eleven workers, or about a company', () => {
    const few = { ...territory, cohort: { ...territory.cohort, workers: 10 } };
    bySystem('employers_association').when(deliver(UNION, few)).thenRefused('alertDelivery.cohort-too-small');
    const company: IssuedAlert = { ...issued, audience: ['employers_association'] };
    bySystem('employers_association').when(deliver(UNION, company)).thenRefused('alertDelivery.cohort-too-small');
  });

  it('is made by the service that follows an alert, before the alert ends', () => {
    byInspector.when(deliver(INSPECTORATE)).thenRefused('alertDelivery.not-found');
    byInspector.given(delivered).when(deliver(INSPECTORATE)).thenRefused('alertDelivery.only-by-system');
    bySystem('labour_inspectorate').by({ at: example.EXPIRES }).when(deliver(INSPECTORATE)).thenRefused('alertDelivery.alert-expired');
  });

  it('is acknowledged and answered by its recipient, with an outcome code and nothing else', () => {
    byInspector.given(delivered).when(new rules.AcknowledgeAlert(ID)).then(acknowledged);
    byInspector.given(delivered, acknowledged).when(new rules.AnswerAlert(ID, 'received')).then(answered);
    byInspector
      .given(delivered, acknowledged)
      .when(new rules.AnswerAlert(ID, 'we went there'))
      .thenRefused('alertDelivery.unknown-outcome', ['/outcome']);
    byInspector.given(delivered, acknowledged, answered).when(new rules.AnswerAlert(ID, 'received')).thenNothing();
    byInspector
      .given(delivered, acknowledged, answered)
      .when(new rules.AnswerAlert(ID, 'not_competent'))
      .thenRefused('alertDelivery.answered');
  });

  it('is unknown to every other recipient, and not to be answered by the issuer', () => {
    const acknowledge = new rules.AcknowledgeAlert(ID);
    for (const actor of [example.unionist, example.stranger, { ...inspector, organisation: streamId('organisation', 77) }])
      byInspector.given(delivered).by({ actor }).when(acknowledge).thenRefused('alertDelivery.not-found');
    byInspector.given(delivered).by({ actor: example.issuer }).when(acknowledge).thenRefused('alertDelivery.not-addressee');
  });

  it('ends with its alert or by the clock, not before its time and by nobody else', () => {
    const system = bySystem('labour_inspectorate').given(delivered);
    system.when(new rules.WithdrawDelivery(ID)).then({ type: 'AlertDeliveryWithdrawn', data: { alert: ALERT } });
    system.when(new rules.ExpireDelivery(ID)).thenRefused('alertDelivery.too-early');
    system
      .by({ at: example.EXPIRES })
      .when(new rules.ExpireDelivery(ID))
      .then({ type: 'AlertDeliveryExpired', data: { alert: ALERT } });
    byInspector.given(delivered).when(new rules.WithdrawDelivery(ID)).thenRefused('alertDelivery.only-by-system');
  });
});

describe('the stored events of the alerts context', () => {
  it('have no field about a person', () => {
    expect(personLikePaths({ ...alertEvents, ...alertDeliveryEvents, ...subscriptionEvents })).toEqual([]);
  });

  it.each([delivered, acknowledged, answered])('fit, as $type, what they declare', ({ type, data }) => {
    expect(faultsOf(alertDeliveryEvents[type].fields, data)).toEqual([]);
  });

  it.each(Object.values(example.told))('fit, as $type, what they declare', ({ type, data }) => {
    expect(faultsOf(alertEvents[type].fields, data)).toEqual([]);
  });
});
