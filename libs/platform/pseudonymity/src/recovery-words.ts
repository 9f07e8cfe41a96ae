import { randomInt } from 'node:crypto';
import { wordlist as english } from '@scure/bip39/wordlists/english.js';
import { wordlist as italian } from '@scure/bip39/wordlists/italian.js';

const LISTS = { it: italian, en: english } as const;
export const WORD_LANGUAGES = ['it', 'en'] as const;
export type WordLanguage = (typeof WORD_LANGUAGES)[number];

/** Eight of 2,048 words: 88 bits, far beyond guessing at half a second a try. */
export const RECOVERY_WORDS = 8;

/** A passphrase one can write down and read back: common words without accents, told apart by their first four letters. */
export const newRecoveryWords = (language: WordLanguage): string[] =>
  Array.from({ length: RECOVERY_WORDS }, () => LISTS[language][randomInt(LISTS[language].length)] ?? '');

/** As they are typed back, by whomever, into the passphrase. */
export const passphraseOf = (words: readonly string[]): string => words.map((word) => word.trim().toLowerCase()).join(' ');
