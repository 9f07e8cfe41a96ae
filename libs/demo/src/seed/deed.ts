import type { PersonaKey } from '../personas';

/**
 * One request of the invented data. In `path` and `body`, `{name}` stands for what an earlier deed learned under that name.
 */
export interface Deed {
  /** Instant the service's clock is held at, ISO 8601. */
  readonly at: string;
  /** Deeds of one lane happen in order; lanes of one instant know nothing of each other. */
  readonly lane: string;
  readonly who: PersonaKey;
  readonly path: string;
  readonly body?: object;
  /** The record this changes, by name: sent at the version last seen. */
  readonly changes?: string;
  /** Where the record's version is read when it is unknown or has moved on. */
  readonly versionAt?: string;
  /** Name → place in the answer, dotted. */
  readonly learns?: Readonly<Record<string, string>>;
  /** Instead of a request that changes something: looks through a list until an item fits that nobody has named yet. */
  readonly finds?: { readonly name: string; readonly fits: Readonly<Record<string, unknown>>; readonly begins?: string };
  /** Reads the record it changed until something else has moved it on as well, e.g. the service that grants what was accepted. */
  readonly settles?: true;
  readonly purpose?: string;
  readonly acr?: 1 | 2 | 3;
}

const DAY = 86_400_000;

/** The instant so many days before (negative) or after an ISO instant. */
export const daysFrom = (instant: string, days: number): string => new Date(Date.parse(instant) + days * DAY).toISOString();
export const dayOf = (instant: string): string => instant.slice(0, 10);
