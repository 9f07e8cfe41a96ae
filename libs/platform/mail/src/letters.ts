import type { Due, Letter, LetterLanguage } from './mail';

interface Words {
  readonly subject: string;
  readonly lines: readonly string[];
}

const TEST: Words = {
  subject: 'Prova di posta',
  lines: [
    'Questa è una prova: la posta funziona.',
    'Non occorre rispondere.',
    '',
    'This is a test: mail works. There is no need to answer.',
  ],
};

const CODE: Readonly<Record<LetterLanguage, (code: string) => Words>> = {
  it: (code) => ({
    subject: 'Codice di conferma',
    lines: [
      `Il codice per confermare questo indirizzo: ${code}`,
      'Vale un giorno. Se non lo aspettavi, non occorre fare nulla: senza il codice non arriva altro.',
    ],
  }),
  en: (code) => ({
    subject: 'Confirmation code',
    lines: [
      `The code to confirm this address: ${code}`,
      'It is good for a day. If you did not expect it, there is nothing to do: without the code nothing else comes.',
    ],
  }),
};

const LOCALES: Readonly<Record<LetterLanguage, string>> = { it: 'it-IT', en: 'en-GB' };
const dayIn = (language: LetterLanguage, instant: string): string =>
  new Intl.DateTimeFormat(LOCALES[language], { weekday: 'long', day: 'numeric', month: 'long', timeZone: 'Europe/Rome' })
    .format(new Date(instant))
    .replace(',', '');

const DUE: Readonly<Record<LetterLanguage, (due: Due, link: string) => Words>> = {
  it: ({ count, first }, link) => ({
    subject: 'Hai cose da fare',
    lines: [
      (count === 1 ? 'Hai una cosa da fare' : `Hai ${count} cose da fare`) +
        (first === undefined ? '.' : `${count === 1 ? '' : ', la prima'} entro ${dayIn('it', first)}.`),
      `Accedi da qui: ${link}`,
      '',
      'Chi non vuole più queste lettere toglie l’indirizzo dalla schermata Posta.',
    ],
  }),
  en: ({ count, first }, link) => ({
    subject: 'You have things to do',
    lines: [
      (count === 1 ? 'You have one thing to do' : `You have ${count} things to do`) +
        (first === undefined ? '.' : `${count === 1 ? '' : ', the first'} by ${dayIn('en', first)}.`),
      `Sign in here: ${link}`,
      '',
      'Whoever does not want these letters any more removes the address in the screen Letters.',
    ],
  }),
};

/** Where a letter leads: the list of what is to be done, the same for everybody. */
export const WORK_PATH = '/lavoro';

/** The words of a letter: the same for everybody but for a number, a day, a code. */
export function wordsOf(letter: Letter, link: string): { subject: string; text: string } {
  const { subject, lines } = words(letter, link);
  return { subject, text: `${lines.join('\n')}\n` };
}

function words(letter: Letter, link: string): Words {
  switch (letter.kind) {
    case 'test':
      return TEST;
    case 'code':
      return CODE[letter.language](letter.code);
    case 'due':
      return DUE[letter.language](letter, link);
  }
}
