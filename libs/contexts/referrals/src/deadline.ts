const HOUR = 3_600_000;

/** The instant that lies so many hours after another; both ISO 8601 in UTC with milliseconds. */
export const hoursAfter = (at: string, hours: number): string => new Date(Date.parse(at) + hours * HOUR).toISOString();
/** A deadline is reached at its very instant. */
export const isReached = (deadline: string, at: string): boolean => Date.parse(at) >= Date.parse(deadline);
