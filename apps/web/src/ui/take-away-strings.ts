import { defineStrings } from '../text/strings';

export const takeAwayStrings = defineStrings('takeAway', {
  it: {
    title: 'Porta via questo elenco',
    text: 'Nel file c’è solo quello che puoi vedere. Una volta scaricato, lo custodisci tu: il registro ricorda chi l’ha preso e quando.',
    forms: { csv: 'CSV', xlsx: 'Excel', pdf: 'PDF' },
    done: 'Scaricato.',
    taking: 'L’elenco è più lungo di un file: sto scaricando la parte {{n}}…',
    stop: 'Fermati qui',
    stopped: 'Fermato. Le parti già scaricate restano.',
    next: 'Continua dalla parte {{n}}',
  },
  en: {
    title: 'Take this list away',
    text: 'The file holds only what you may see. Once downloaded it is in your keeping: the trail remembers who took it and when.',
    forms: { csv: 'CSV', xlsx: 'Excel', pdf: 'PDF' },
    done: 'Downloaded.',
    taking: 'The list is longer than a file: downloading part {{n}}…',
    stop: 'Stop here',
    stopped: 'Stopped. The parts downloaded so far stay.',
    next: 'Go on from part {{n}}',
  },
});
