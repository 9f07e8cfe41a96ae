const ITALY = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Rome' });

/**
 * The day it is in Italy at an instant, `YYYY-MM-DD`. People write down days of their own calendar: for one or two hours after their midnight the day
 * of an instant in UTC is still the one before.
 */
export const dayInItaly = (at: string): string => ITALY.format(Date.parse(at));
