import { defineStrings } from '../text/strings';

export const sessionStrings = defineStrings('session', {
  it: {
    exit: 'Uscita rapida',
    exitHelp:
      'Copre subito la pagina, chiude la sessione e apre una pagina qualunque. Anche premendo tre volte Maiusc. Non cancella la cronologia.',
    ending: {
      title: 'La sessione sta per finire',
      text: 'Finisce {{when}} se non fai niente. Quello che hai scritto resta in questa pagina.',
      stay: 'Resto',
      leave: 'Esci',
    },
    ended: {
      title: 'La sessione è finita',
      text: 'Per sicurezza la pagina è coperta. Entra di nuovo in un’altra scheda: quello che hai scritto è ancora qui.',
      again: 'Entra di nuovo',
      checked: 'Ho fatto l’accesso',
    },
    other: {
      title: 'Ora è entrata un’altra persona',
      text: 'Quello che c’era in questa pagina è stato chiuso.',
      go: 'Continua',
    },
    back: { title: 'Accesso riuscito', text: 'Puoi chiudere questa scheda e tornare a quella di prima.' },
  },
  en: {
    exit: 'Quick exit',
    exitHelp:
      'Covers the page at once, ends the session and opens some ordinary page. Pressing Shift three times does the same. It does not delete the history.',
    ending: {
      title: 'The session is about to end',
      text: 'It ends {{when}} unless you do something. What you wrote stays on this page.',
      stay: 'I stay',
      leave: 'Sign out',
    },
    ended: {
      title: 'The session has ended',
      text: 'The page is covered for safety. Sign in again in another tab: what you wrote is still here.',
      again: 'Sign in again',
      checked: 'I have signed in',
    },
    other: {
      title: 'Somebody else is signed in now',
      text: 'What was on this page has been closed.',
      go: 'Continue',
    },
    back: { title: 'Signed in', text: 'You can close this tab and go back to the one before.' },
  },
});
