import type { Role } from '../session/session';

/** What the routes of territorial dynamics answer. */
export type DynamicStatus = 'Observed' | 'Corroborated' | 'Stale';
export const STATUSES: readonly DynamicStatus[] = ['Observed', 'Corroborated', 'Stale'];

/** Parts of a place that the reader's kind of organisation may not know are not there. */
export interface Dynamic {
  readonly handle: string;
  readonly etag?: string;
  /** Whose people saw it first. */
  readonly region: string;
  /** The region it lies in. */
  readonly territory: string;
  readonly comune?: string | null;
  readonly zone?: string | null;
  readonly province?: string | null;
  readonly from: string;
  readonly to: string;
  readonly pattern: string;
  readonly status: DynamicStatus;
  readonly corroboratedBy: string | null;
  /** The reader's own organisation saw it, first or second. */
  readonly ours: boolean;
}
export interface DynamicPage {
  readonly items: readonly Dynamic[];
  readonly next?: string;
}

/** Who says what happens in a territory; others only read. The server decides: this spares people a refusal. */
const OBSERVERS: readonly Role[] = ['operator', 'case_manager', 'coordinator', 'cultural_mediator', 'legal_adviser'];
export const observes = (roles: readonly Role[]): boolean => roles.some((role) => OBSERVERS.includes(role));
