import { defineStrings } from '../text/strings';

/** Several people in one situation: their cases are seen side by side, and each keeps what is its own. */
export const linkStrings = defineStrings('case-links', {
  it: {
    title: 'Casi collegati',
    reasons: {
      one_situation: 'Stessa situazione',
      joint_referral: 'Invio congiunto',
      confirmed_match: 'Stessa persona',
    },
    nobody: 'gli altri non sono in carico a te',
    hint: 'Più persone nella stessa situazione. Ogni caso resta per sé: i consensi, gli accessi e quello che c’è scritto non passano dall’uno all’altro. Un collegamento non si toglie.',
    other: 'L’altro caso',
    none: 'Non c’è un altro caso, tra quelli che puoi vedere, che non sia già collegato a questo.',
    link: 'Collega',
    more: 'Si sceglie tra i {{count}} casi cambiati più di recente.',
  },
  en: {
    title: 'Linked cases',
    reasons: {
      one_situation: 'Same situation',
      joint_referral: 'Joint referral',
      confirmed_match: 'Same person',
    },
    nobody: 'the others are not in your charge',
    hint: 'Several people in the same situation. Each case stays its own: consents, accesses and what is written in it do not pass from one to the other. A link is not taken away again.',
    other: 'The other case',
    none: 'There is no other case, among those you may see, that is not linked to this one already.',
    link: 'Link',
    more: 'You choose among the {{count}} cases that changed most recently.',
  },
});
