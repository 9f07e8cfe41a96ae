import i18next from 'i18next';
import { useLanguage } from './current-language';

export interface Words {
  readonly [key: string]: string | Words;
}
/** The same keys, other words: a key that is missing in English, or there alone, does not compile. */
export type SameWords<T> = { readonly [K in keyof T]: T[K] extends string ? string : SameWords<T[K]> };

type Bare<K extends string> = K extends `${infer B}_one` | `${infer B}_other` ? B : K;
type KeyOf<T> = { [K in keyof T & string]: T[K] extends string ? Bare<K> : `${K}.${KeyOf<T[K]>}` }[keyof T & string];

export interface Strings<T extends Words> {
  readonly namespace: string;
  readonly it: T;
  readonly en: SameWords<T>;
}

const known: Strings<Words>[] = [];
/** Every bundle that was defined, for the spec that compares both languages. */
export const definedStrings = (): readonly Strings<Words>[] => known;

/** The words of one folder, Italian first. Loaded with the screens that say them. */
export function defineStrings<const T extends Words>(namespace: string, words: { it: T; en: SameWords<T> }): Strings<T> {
  const strings = { namespace, ...words };
  known.push(strings);
  if (i18next.isInitialized) addTo(strings);
  return strings;
}

const addTo = ({ namespace, it, en }: Strings<Words>): void => {
  i18next.addResourceBundle('it', namespace, it);
  i18next.addResourceBundle('en', namespace, en);
};
export const addKnownStrings = (): void => known.forEach(addTo);

export type Say<T extends Words> = (key: KeyOf<T>, values?: Readonly<Record<string, string | number>>) => string;

/** `const say = useText(caseStrings); say('list.title')` */
export function useText<T extends Words>({ namespace }: Strings<T>): Say<T> {
  const lng = useLanguage();
  return (key, values) => i18next.t(key, { ...values, ns: namespace, lng });
}
