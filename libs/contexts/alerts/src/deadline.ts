/** A deadline is reached at its very instant. Both are ISO 8601 in UTC. */
export const isReached = (deadline: string, at: string): boolean => Date.parse(at) >= Date.parse(deadline);

const DAY = 86_400_000;
export const daysAfter = (at: string, days: number): string => new Date(Date.parse(at) + days * DAY).toISOString();
