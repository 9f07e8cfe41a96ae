import { defineRefusals } from '../text/refusals';

defineRefusals({
  'letters.code-wrong': [
    'Non è l’ultimo codice mandato, oppure è scaduto. Dopo cinque codici sbagliati serve un codice nuovo.',
    'This is not the last code that was sent, or it has expired. After five wrong codes a new one is needed.',
  ],
  'letters.too-many': [
    'Oggi sono già stati chiesti cinque codici. Riprova domani.',
    'Five codes were asked for today. Try again tomorrow.',
  ],
  'letters.no-post': ['Qui non si spedisce posta.', 'No letters are sent from here.'],
  'letters.no-address': ['Nessun indirizzo: è stato tolto, o il codice è scaduto.', 'No address: it was removed, or the code has expired.'],
});
