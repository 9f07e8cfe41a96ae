import { systemActor } from '@platform/kernel';
import { checkRules, person, streamId } from '@platform/testing';
import { territorialDynamicEvents } from './territorial-dynamic';
import { CorroborateDynamic, ExpireDynamic, ObserveDynamic, territorialDynamicDecider } from './territorial-dynamic.decider';
import { publishTerritorialDynamic } from './territorial-dynamic.published';

const id = streamId('territorialDynamic', 1);

checkRules({
  noun: 'territorialDynamic',
  events: territorialDynamicEvents,
  decider: territorialDynamicDecider,
  stateName: (state) => state?.status ?? '-',
  terminal: ['Stale'],
  publish: publishTerritorialDynamic,
  actors: [person(), person({ region: 'lazio' }), systemActor('umbria')],
  facts: [{}],
  commands: [
    new ObserveDynamic(id, { comune: '054039', from: '2024-01-01', to: '2031-05-01', pattern: 'seasonal_peak' }),
    new CorroborateDynamic(id),
    new ExpireDynamic(id),
  ],
});
