import type { Declarations } from './contract';
import type { Shape } from './fields';

/** Words that, standing in a key, say that its value is about a person. `language`, `codename` and the like are other words. */
const PERSONAL = new Set([
  ...['name', 'names', 'surname', 'firstname', 'lastname', 'fullname', 'nickname', 'alias', 'initials', 'nome', 'cognome'],
  ...['address', 'street', 'indirizzo', 'latitude', 'longitude', 'coordinates'],
  ...['phone', 'telephone', 'mobile', 'cellphone', 'telefono', 'email', 'mail', 'contacts', 'contatti', 'whatsapp', 'username'],
  ...['birth', 'birthday', 'birthdate', 'born', 'dob', 'birthplace', 'nascita'],
  ...['passport', 'iban', 'fiscal', 'vat', 'taxcode', 'plate', 'photo', 'picture', 'fingerprint', 'signatureimage'],
  ...['text', 'note', 'notes', 'comment', 'comments', 'remark', 'remarks', 'description', 'narrative', 'story', 'testo'],
]);

/** `firstName`, `note_text` → their words in lower case. */
const wordsOf = (key: string): string[] =>
  key
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter(Boolean);

/** Says whether a key promises a value about a person. A key that ends in `Ref` or `Refs` names a vault reference instead. */
export function isPersonLike(key: string): boolean {
  const words = wordsOf(key);
  const last = words.at(-1);
  return last !== 'ref' && last !== 'refs' && words.some((word) => PERSONAL.has(word));
}

/** Paths of person-like keys in declared events; `refs` holds vault references by field and is checked by value only. */
export const personLikePaths = (events: Declarations): string[] =>
  Object.entries(events).flatMap(([event, { fields }]) => pathsIn(fields, event));

const pathsIn = (shape: Shape, at: string): string[] =>
  Object.entries(shape).flatMap(([key, field]) => {
    const path = `${at}.${key}`;
    const inner = field.shape ?? field.item?.shape;
    return [...(isPersonLike(key) && field.rule !== 'vault' ? [path] : []), ...(inner ? pathsIn(inner, path) : [])];
  });
