import { assertNever, type Decider, type DecisionContext, invalid, isSystem, notFound, refused } from '@platform/kernel';
import { Addressed, Bare } from '../addressed';
import { demandClock, demandCode, demandComune, sound } from '../demands';
import { daysAfter, isDay, isReached, italianDayOf } from '../instants';
import {
  evolveTerritorialDynamic,
  type Observed,
  type TerritorialDynamic,
  territorialDynamicEvents,
  type TerritorialDynamicEvent,
} from './territorial-dynamic';

/** A comune or a border zone: exactly one of them. `to` is the last day of the season. */
export class ObserveDynamic extends Addressed<Omit<Observed, 'region'>> {
  readonly kind = 'ObserveDynamic';
}
export class CorroborateDynamic extends Bare {
  readonly kind = 'CorroborateDynamic';
}
export class ExpireDynamic extends Bare {
  readonly kind = 'ExpireDynamic';
}
export const territorialDynamicCommands = [ObserveDynamic, CorroborateDynamic, ExpireDynamic] as const;
export type TerritorialDynamicCommand = InstanceType<(typeof territorialDynamicCommands)[number]>;
type Context = DecisionContext;

function decide(command: TerritorialDynamicCommand, state: TerritorialDynamic, context: Context): TerritorialDynamicEvent[] {
  if (command.kind === 'ObserveDynamic') {
    if (state) throw refused('territorialDynamic.already-observed', 'There is an observation with this id already.');
    return observed(command, context);
  }
  if (!state) throw notFound('territorialDynamic');
  const { actor, at } = context;
  switch (command.kind) {
    case 'CorroborateDynamic':
      // Over by the clock, whether or not that is on record yet.
      if (state.status === 'Stale' || isReached(endOf(state.observed), at))
        throw refused('territorialDynamic.stale', 'The season is over.');
      demandPerson(context);
      if (actor.region === state.observed.region)
        throw refused('territorialDynamic.same-region', 'Another region corroborates what one region saw.');
      if (state.status === 'Corroborated') return [];
      return [{ type: 'DynamicCorroborated', data: { organisation: actor.organisation, by: actor.region, ...state.observed } }];
    case 'ExpireDynamic':
      if (state.status === 'Stale') return [];
      demandClock('territorialDynamic', actor, endOf(state.observed), at);
      return [{ type: 'DynamicExpired', data: state.observed }];
    default:
      return assertNever(command);
  }
}

function observed({ body }: ObserveDynamic, context: Context): TerritorialDynamicEvent[] {
  const { comune, zone, from, to, pattern } = body;
  demandPerson(context);
  if ((comune === undefined) === (zone === undefined))
    throw invalid('territorialDynamic.no-place', '/comune', 'Name a comune or a border zone.');
  if (comune !== undefined) demandComune('territorialDynamic', comune);
  demandCode('territorialDynamic', 'territorial-pattern', pattern, '/pattern');
  if (!isDay(from)) throw invalid('territorialDynamic.no-day', '/from', 'Give a day.');
  if (!isDay(to)) throw invalid('territorialDynamic.no-day', '/to', 'Give a day.');
  if (from > italianDayOf(context.at)) throw invalid('territorialDynamic.in-the-future', '/from', 'This day is still to come.');
  if (to < from) throw invalid('territorialDynamic.period-backwards', '/to', 'The period ends before it begins.');
  const place = { ...(comune === undefined ? {} : { comune }), ...(zone === undefined ? {} : { zone }) };
  const { organisation, region } = context.actor;
  return [{ type: 'DynamicObserved', data: { organisation, region, ...place, from, to, pattern } }];
}

/** The day after the last of the season. */
const endOf = ({ to }: Observed): string => daysAfter(`${to}T00:00:00.000Z`, 1);

function demandPerson({ actor }: Context): void {
  if (isSystem(actor)) throw refused('territorialDynamic.only-people', 'Somebody sees and says so.');
}

/** The rules of territorial dynamics. */
export const territorialDynamicDecider: Decider<TerritorialDynamic, TerritorialDynamicCommand, TerritorialDynamicEvent> = {
  initialState: null,
  decide: (command, state, context) => sound('territorialDynamic', territorialDynamicEvents, decide(command, state, context)),
  evolve: evolveTerritorialDynamic,
};
