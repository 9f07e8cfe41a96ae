import { useText } from '../text/strings';
import { pageStrings } from './page-strings';

type Known = keyof typeof pageStrings.it.fields;

/** A field of the vault in words. */
export function useFieldName(): (field: string) => string {
  const page = useText(pageStrings);
  return (field) => (field in pageStrings.it.fields ? page(`fields.${field as Known}`) : field);
}
