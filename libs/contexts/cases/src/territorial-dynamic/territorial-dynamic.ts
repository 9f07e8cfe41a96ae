import { type DataOfEvent, type EventsOf, field, stored, v1 } from '@contracts';
import { assertNever } from '@platform/kernel';

/** A comune or a border zone, a period, a pattern: no person, no company. */
const observed = {
  region: field.region(),
  comune: field.optional(field.code()),
  zone: field.optional(field.ref('borderZone')),
  from: field.day(),
  to: field.day(),
  pattern: field.code(),
} as const;

export const territorialDynamicEvents = stored({
  DynamicObserved: v1({ organisation: field.ref('organisation'), ...observed }),
  /** `by`: the second region. */
  DynamicCorroborated: v1({ organisation: field.ref('organisation'), by: field.region(), ...observed }),
  DynamicExpired: v1(observed),
});
export type TerritorialDynamicEvent = EventsOf<typeof territorialDynamicEvents>;
export type TerritorialDynamicData<K extends keyof typeof territorialDynamicEvents> = DataOfEvent<typeof territorialDynamicEvents, K>;
export type Observed = TerritorialDynamicData<'DynamicExpired'>;

export interface ObservedDynamic {
  readonly status: 'Observed' | 'Corroborated' | 'Stale';
  readonly observed: Observed;
}
export type TerritorialDynamic = ObservedDynamic | null;

export function evolveTerritorialDynamic(state: TerritorialDynamic, event: TerritorialDynamicEvent): TerritorialDynamic {
  if (event.type === 'DynamicObserved') {
    const { region, comune, zone, from, to, pattern } = event.data;
    const place = { ...(comune === undefined ? {} : { comune }), ...(zone === undefined ? {} : { zone }) };
    return { status: 'Observed', observed: { region, ...place, from, to, pattern } };
  }
  if (state === null) return state;
  switch (event.type) {
    case 'DynamicCorroborated':
      return { ...state, status: 'Corroborated' };
    case 'DynamicExpired':
      return { ...state, status: 'Stale' };
    default:
      return assertNever(event);
  }
}
