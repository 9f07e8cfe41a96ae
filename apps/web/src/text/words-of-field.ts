import type { Language } from './current-language';
import { FIELD_WORDS } from './field-strings';

const CODE = /^[A-Za-z]+\.[\w-]+$/;

/** Under which key the words of a code stand: its own, or that of its reason. */
export const keyOf = (code: string): string | undefined =>
  [code, `*${code.slice(code.indexOf('.'))}`].find((key) => Object.hasOwn(FIELD_WORDS, key));

/**
 * What is wrong with a field, in the person's language; the service says it in English behind a code.
 * @param message `code: sentence`, or the sentence alone
 * @param refused code of the whole refusal, where the sentence has none of its own
 */
export function wordsOfField(message: string, refused: string, language: Language): string | undefined {
  const [first = '', rest = message] = message.split(/:\s(.*)/s);
  const [code, sentence] = CODE.test(first) ? [first, rest] : [refused, message];
  const words = FIELD_WORDS[keyOf(code) ?? '']?.[language === 'it' ? 0 : 1];
  const numbers = sentence.match(/\d+/g) ?? [];
  const whole = words?.replace(/\{\{(\d)\}\}/g, (hole, n: string) => numbers[Number(n)] ?? hole);
  return whole?.includes('{{') ? undefined : whole;
}
