import { defineStrings } from '../text/strings';

export const recusalStrings = defineStrings('case-recusal', {
  it: {
    hint: 'Per un conflitto di interessi. Da quel momento non vede più niente del caso, nemmeno che esiste, e non si torna indietro.',
    reasons: {
      family_tie: 'È parente della persona, o le è vicino',
      works_for_involved_company: 'Lavora per un’impresa coinvolta',
      prior_involvement: 'Se ne è occupato in un altro ruolo',
      person_asked: 'Lo chiede la persona',
      other: 'Altro',
    },
  },
  en: {
    hint: 'For a conflict of interest. From then on they see nothing of the case, not even that it exists, and there is no way back.',
    reasons: {
      family_tie: 'Is a relative of the person, or close to them',
      works_for_involved_company: 'Works for a company involved',
      prior_involvement: 'Has dealt with it in another role',
      person_asked: 'The person asks for it',
      other: 'Other',
    },
  },
});
