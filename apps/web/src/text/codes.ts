import { useRead } from '../api/query';
import { useLanguage } from './language';

interface CodeList {
  readonly name: string;
  readonly codes: readonly { readonly code: string; readonly it: string; readonly en: string }[];
}
export interface Choice {
  readonly value: string;
  readonly label: string;
}

/** The server's code lists, in the chosen language. Nothing in them is about anybody, so one reading serves the whole visit. */
export function useCodes() {
  const language = useLanguage();
  const { data } = useRead<{ items: readonly CodeList[] }>('/api/codes', { steady: true });
  const of = (list: string): readonly Choice[] =>
    data?.data.items.find(({ name }) => name === list)?.codes.map((one) => ({ value: one.code, label: one[language] })) ?? [];
  return {
    of,
    /** A code nobody knows is shown as it is: better than nothing at all. */
    label: (list: string, code: string | null | undefined): string =>
      code ? (of(list).find(({ value }) => value === code)?.label ?? code) : '–',
  };
}

const LANGUAGES = [
  'it',
  'en',
  'fr',
  'es',
  'ar',
  'bn',
  'ur',
  'pa',
  'hi',
  'ro',
  'sq',
  'zh',
  'uk',
  'ru',
  'pl',
  'pt',
  'wo',
  'bm',
  'ti',
  'am',
  'so',
  'fa',
];

/** Languages people speak, named by the browser. */
export function useSpokenLanguages(): { all: readonly Choice[]; name: (code: string) => string } {
  const names = new Intl.DisplayNames([useLanguage()], { type: 'language' });
  // `und`: nobody has said yet.
  const name = (code: string): string => (code && code !== 'und' ? (names.of(code) ?? code) : '–');
  return { name, all: LANGUAGES.map((value) => ({ value, label: name(value) })).sort((a, b) => a.label.localeCompare(b.label)) };
}
