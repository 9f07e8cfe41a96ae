import type { Language } from './current-language';

type Words = Readonly<Record<string, readonly [it: string, en: string]>>;
const known = new Map<string, readonly [it: string, en: string]>();

/** Words for a context's own error codes. They come with the screens that can meet them. */
export function defineRefusals(words: Words): void {
  for (const [code, pair] of Object.entries(words)) known.set(code, pair);
}
export const refusalWords = (code: string, language: Language): string | undefined => known.get(code)?.[language === 'it' ? 0 : 1];
