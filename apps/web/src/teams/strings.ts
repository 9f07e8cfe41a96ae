import { defineStrings } from '../text/strings';

export const teamStrings = defineStrings('teams', {
  it: {
    title: 'Équipe interregionale',
    neutral: 'Équipe',
    none: 'Non fai parte di un’équipe interregionale.',
    empty: 'Nessun caso è condiviso con questa équipe. Si condivide dalla scheda del caso, con un consenso della persona.',
    situation: 'Situazione {{n}}',
    half: 'La metà di {{region}}',
    rule: 'Ogni metà resta sotto le regole della propria regione. Qui si vedono solo pseudonimi.',
  },
  en: {
    title: 'Interregional team',
    neutral: 'Team',
    none: 'You are in no interregional team.',
    empty: 'No case is shared with this team. One shares from the page of the case, with a consent of the person.',
    situation: 'Situation {{n}}',
    half: 'The half of {{region}}',
    rule: 'Each half stays under the rules of its own region. Only pseudonyms are seen here.',
  },
});
