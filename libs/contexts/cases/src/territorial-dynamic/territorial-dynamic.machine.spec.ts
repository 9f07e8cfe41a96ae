import { type Actor, systemActor } from '@platform/kernel';
import { checkMachine, deciding, NOON, person, streamId } from '@platform/testing';
import type { TerritorialDynamicEvent } from './territorial-dynamic';
import {
  CorroborateDynamic,
  ExpireDynamic,
  ObserveDynamic,
  type TerritorialDynamicCommand,
  territorialDynamicDecider,
} from './territorial-dynamic.decider';

const id = streamId('territorialDynamic', 1);
const body = { comune: '054039', from: '2031-03-01', to: '2031-05-31', pattern: 'seasonal_peak' };
const seen = { region: 'umbria', ...body };
const observed: TerritorialDynamicEvent = { type: 'DynamicObserved', data: { organisation: person().organisation, ...seen } };
const pasts: Record<string, TerritorialDynamicEvent[]> = {
  '-': [],
  Observed: [observed],
  Corroborated: [observed, { type: 'DynamicCorroborated', data: { organisation: streamId('organisation', 2), by: 'toscana', ...seen } }],
  Stale: [observed, { type: 'DynamicExpired', data: seen }],
};
const commands: Record<string, TerritorialDynamicCommand> = {
  ObserveDynamic: new ObserveDynamic(id, body),
  CorroborateDynamic: new CorroborateDynamic(id),
  ExpireDynamic: new ExpireDynamic(id),
};
const actors: Record<string, Actor> = {
  CorroborateDynamic: person({ organisation: streamId('organisation', 2), region: 'toscana' }),
  ExpireDynamic: systemActor('umbria'),
};

checkMachine({
  noun: 'territorialDynamic',
  decider: territorialDynamicDecider,
  stateName: (state) => state?.status ?? '-',
  commandFor: (command, from) => ({
    given: pasts[from]!,
    command: commands[command]!,
    context: deciding({}, actors[command] ?? person(), command === 'ExpireDynamic' ? '2031-06-01T00:00:00.000Z' : NOON),
  }),
});
