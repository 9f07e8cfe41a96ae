import type { Letter } from './mail';

const WORDS: Readonly<Record<Letter, { readonly subject: string; readonly lines: readonly string[] }>> = {
  test: {
    subject: 'Prova di posta',
    lines: [
      'Questa è una prova: la posta funziona.',
      'Non occorre rispondere.',
      '',
      'This is a test: mail works. There is no need to answer.',
    ],
  },
  request: {
    subject: 'Hai una richiesta',
    lines: ['Hai una richiesta. Per leggerla, accedi da qui:', '{link}', '', 'You have a request. Sign in here to read it:', '{link}'],
  },
  digest: {
    subject: 'Hai qualcosa da leggere',
    lines: ['C’è qualcosa da leggere. Accedi da qui:', '{link}', '', 'There is something to read. Sign in here:', '{link}'],
  },
};

/** The words of a letter: the same for everybody, with at most a link in them. */
export function wordsOf(letter: Letter, link: string): { subject: string; text: string } {
  const { subject, lines } = WORDS[letter];
  return { subject, text: `${lines.join('\n').replaceAll('{link}', link)}\n` };
}
