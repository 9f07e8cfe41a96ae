import { type EventsOf, field, stored, v1 } from '@contracts';
import { assertNever } from '@platform/kernel';

/** Why a region stops taking part for a while. */
export const REGION_SUSPENSIONS = ['own_request', 'agreement_lapsed', 'security_incident', 'legal_order'] as const;
export type RegionSuspension = (typeof REGION_SUSPENSIONS)[number];

export const regionEvents = stored({
  RegionRegistered: v1({ region: field.region() }),
  RegionActivated: v1({ region: field.region(), custodian: field.ref('organisation'), controller: field.ref('organisation') }),
  RegionSuspended: v1({ region: field.region(), reason: field.oneOf(REGION_SUSPENSIONS) }),
  RegionReactivated: v1({ region: field.region() }),
});
export type RegionEvent = EventsOf<typeof regionEvents>;

export interface Region {
  readonly status: '-' | 'Registered' | 'Active' | 'Suspended';
  /** Slug, `umbria`; empty before registration. */
  readonly region: string;
  readonly custodian?: string;
  readonly controller?: string;
}

export const noRegion: Region = { status: '-', region: '' };

export function evolveRegion(state: Region, event: RegionEvent): Region {
  switch (event.type) {
    case 'RegionRegistered':
      return { status: 'Registered', region: event.data.region };
    case 'RegionActivated':
      return { ...state, status: 'Active', custodian: event.data.custodian, controller: event.data.controller };
    case 'RegionSuspended':
      return { ...state, status: 'Suspended' };
    case 'RegionReactivated':
      return { ...state, status: 'Active' };
    default:
      return assertNever(event);
  }
}
