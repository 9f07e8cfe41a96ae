import { useText } from '../text/strings';
import { fieldStrings } from './field-strings';

type Known = keyof typeof fieldStrings.it;

/** A field of the vault in words. */
export function useFieldName(): (field: string) => string {
  const say = useText(fieldStrings);
  return (field) => (field in fieldStrings.it ? say(field as Known) : field);
}

const ORDER = Object.keys(fieldStrings.it);
/** Fields as they are asked for, and not as the alphabet has them. */
export const inOrder = (fields: readonly string[]): readonly string[] => [...fields].sort((a, b) => ORDER.indexOf(a) - ORDER.indexOf(b));
