/** A context of one region: `cases@umbria`. Streams never move between logs. */
export const logName = (context: string, region: string): string => `${context}@${region}`;
export const regionOf = (log: string): string => log.slice(log.indexOf('@') + 1);
export const contextOf = (log: string): string => log.slice(0, log.indexOf('@'));
export const nounOf = (stream: string): string => stream.slice(0, stream.indexOf('-'));

const REGION = /^[a-z][a-z0-9-]{1,39}$/;
/** Region codes are lower-case ASCII slugs: `umbria`, `emilia-romagna`. */
export const isRegion = (value: string): boolean => REGION.test(value);

/** Words that stand wherever invented data are shown or taken away. */
export const INVENTED = 'DATI INVENTATI';

/** Time, read in one place so that specs and replays can hold it still. */
export abstract class Clock {
  /** ISO 8601 in UTC with milliseconds. */
  abstract now(): string;
}
