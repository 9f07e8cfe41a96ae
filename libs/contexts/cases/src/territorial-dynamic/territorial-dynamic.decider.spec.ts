import { systemActor } from '@platform/kernel';
import { deciding, person, scenario, streamId } from '@platform/testing';
import type { TerritorialDynamicEvent } from './territorial-dynamic';
import { CorroborateDynamic, ExpireDynamic, ObserveDynamic, territorialDynamicDecider } from './territorial-dynamic.decider';

const id = streamId('territorialDynamic', 1);
const body = { comune: '054039', from: '2031-03-01', to: '2031-05-31', pattern: 'seasonal_peak' };
const seen = { region: 'umbria', ...body };
const observed: TerritorialDynamicEvent = { type: 'DynamicObserved', data: { organisation: person().organisation, ...seen } };
const organisation = streamId('organisation', 2);
const corroborated: TerritorialDynamicEvent = { type: 'DynamicCorroborated', data: { organisation, by: 'toscana', ...seen } };
const stale: TerritorialDynamicEvent = { type: 'DynamicExpired', data: seen };
const dynamic = scenario(territorialDynamicDecider, deciding({}));
const tuscan = dynamic.by({ actor: person({ region: 'toscana', organisation }) });
const changed = (change: object): ObserveDynamic => new ObserveDynamic(id, { ...body, ...change });
const service = { actor: systemActor('umbria') };

describe('a territorial dynamic', () => {
  it('is a place, a period and a pattern: no person, no company', () => dynamic.when(new ObserveDynamic(id, body)).then(observed));

  it('may be seen over a border zone instead of a comune, never over both', () => {
    const zone = streamId('borderZone', 1);
    const elsewhere = { region: 'umbria', zone, from: body.from, to: body.to, pattern: body.pattern };
    dynamic
      .when(changed({ comune: undefined, zone }))
      .then({ type: 'DynamicObserved', data: { organisation: person().organisation, ...elsewhere } });
    tuscan
      .given({ type: 'DynamicObserved', data: { organisation: person().organisation, ...elsewhere } })
      .when(new CorroborateDynamic(id))
      .then({ type: 'DynamicCorroborated', data: { organisation, by: 'toscana', ...elsewhere } });
    dynamic.when(changed({ zone })).thenRefused('territorialDynamic.no-place');
    dynamic.when(changed({ comune: undefined })).thenRefused('territorialDynamic.no-place');
  });

  it('says where, when and what from the lists', () => {
    dynamic.when(changed({ comune: '12' })).thenRefused('territorialDynamic.unknown-comune');
    dynamic.when(changed({ pattern: 'a gangmaster named Gino' })).thenRefused('territorialDynamic.unknown-territorial-pattern');
    dynamic.when(changed({ from: 'March' })).thenRefused('territorialDynamic.no-day', ['/from']);
    dynamic.when(changed({ to: 'May' })).thenRefused('territorialDynamic.no-day', ['/to']);
    dynamic.when(changed({ from: '2031-03-15' })).thenRefused('territorialDynamic.in-the-future');
    // Past midnight in Italy, while it is still the day before in UTC.
    const night = dynamic.by({ at: '2031-03-14T23:30:00.000Z' });
    const begins = (from: string) => night.when(changed({ from }));
    begins('2031-03-15').then({ type: 'DynamicObserved', data: { organisation: person().organisation, ...seen, from: '2031-03-15' } });
    begins('2031-03-16').thenRefused('territorialDynamic.in-the-future');
    const oneDay = { from: '2031-03-14', to: '2031-03-14' };
    dynamic.when(changed(oneDay)).then({ type: 'DynamicObserved', data: { organisation: person().organisation, ...seen, ...oneDay } });
    dynamic.when(changed({ to: '2031-02-28' })).thenRefused('territorialDynamic.period-backwards');
  });

  it('is observed once under one id, by people', () => {
    dynamic.given(observed).when(changed({})).thenRefused('territorialDynamic.already-observed');
    dynamic.by(service).when(changed({})).thenRefused('territorialDynamic.only-people');
  });

  it('is corroborated by a second region', () => {
    tuscan.given(observed).when(new CorroborateDynamic(id)).then(corroborated);
    dynamic.given(observed).when(new CorroborateDynamic(id)).thenRefused('territorialDynamic.same-region');
    tuscan.given(observed, corroborated).when(new CorroborateDynamic(id)).thenNothing();
    dynamic
      .given(observed)
      .by({ actor: systemActor('toscana') })
      .when(new CorroborateDynamic(id))
      .thenRefused('territorialDynamic.only-people');
  });

  it('is over the day after its season, by the clock alone', () => {
    dynamic.given(observed).when(new ExpireDynamic(id)).thenRefused('territorialDynamic.only-by-clock');
    const before = { ...service, at: '2031-05-31T23:59:59.999Z' };
    const after = { ...service, at: '2031-06-01T00:00:00.000Z' };
    dynamic.given(observed).by(before).when(new ExpireDynamic(id)).thenRefused('territorialDynamic.not-yet');
    dynamic.given(observed, corroborated).by(after).when(new ExpireDynamic(id)).then(stale);
    dynamic.given(observed, stale).by(after).when(new ExpireDynamic(id)).thenNothing();
    tuscan.given(observed, stale).when(new CorroborateDynamic(id)).thenRefused('territorialDynamic.stale');
    // Nobody has put it on record yet: the clock decides.
    const late = tuscan.by({ at: after.at });
    late.given(observed).when(new CorroborateDynamic(id)).thenRefused('territorialDynamic.stale');
  });

  it('that does not exist answers like one outside need-to-know', () => {
    tuscan.when(new CorroborateDynamic(id)).thenRefused('territorialDynamic.not-found');
  });
});
