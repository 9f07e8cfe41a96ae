export { dayInItaly as italianDayOf } from '@platform/kernel';

const MINUTE = 60_000;
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,6})?Z$/;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** An instant in UTC that the calendar knows, `2031-03-14T12:00:00.000Z`. */
export const isInstant = (value: string): boolean => INSTANT.test(value) && Number.isFinite(Date.parse(value));
/** A day that the calendar knows: the thirtieth of February is none. */
export const isDay = (value: string): boolean => {
  if (!DAY.test(value)) return false;
  const midnight = Date.parse(`${value}T00:00:00.000Z`);
  return Number.isFinite(midnight) && dayOf(new Date(midnight).toISOString()) === value;
};

export const dayOf = (at: string): string => at.slice(0, 10);
export const minutesAfter = (at: string, minutes: number): string => new Date(Date.parse(at) + minutes * MINUTE).toISOString();
export const hoursAfter = (at: string, hours: number): string => minutesAfter(at, hours * 60);
export const daysAfter = (at: string, days: number): string => hoursAfter(at, days * 24);

/** A deadline is reached at its very instant. What is no instant is reached: whoever cannot say until when has no time left. */
export const isReached = (deadline: string, at: string): boolean => !(Date.parse(at) < Date.parse(deadline));
export const isLater = (one: string, other: string): boolean => Date.parse(one) > Date.parse(other);
