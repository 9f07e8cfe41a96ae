/** Randomness and time-ordered ids come from outside: rules never make their own. */
export abstract class Ids {
  /** RFC 9562 version 7. */
  abstract next(): string;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
export const isUuid = (value: string): boolean => UUID.test(value);
/** `referral-0193…`: the noun in camelCase and without a hyphen, then a uuid. */
export const isStream = (value: string, noun?: string): boolean => {
  const at = value.indexOf('-');
  return (
    at > 0 &&
    isUuid(value.slice(at + 1)) &&
    (noun === undefined ? /^[a-z][a-zA-Z]*$/.test(value.slice(0, at)) : value.slice(0, at) === noun)
  );
};
