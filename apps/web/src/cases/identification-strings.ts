import { defineStrings } from '../text/strings';

/** Who says that somebody is a victim: first those who help, then, in its own time, an authority. */
export const identificationStrings = defineStrings('case-identification', {
  it: {
    preliminary: 'Identificazione preliminare',
    completed: 'conclusa il {{day}}',
    formal: 'Identificazione formale',
    decided: '{{outcome}}: {{authority}}, {{day}}',
    strategy: 'Strategia di presa in carico: scritta, si apre una parte alla volta.',
    first: 'L’identificazione preliminare poggia sugli indicatori: prima registra quelli.',
    hint: 'Poggia sugli indicatori registrati per ultimi. Non è un accertamento, e non apre niente a nessuno.',
    account: 'Su che cosa poggia, in breve',
    accountHint: 'Resta nel deposito protetto: si apre con un motivo.',
    complete: 'Concludi',
    waits: 'L’assistenza non aspetta mai l’identificazione formale, e non finisce con lei.',
    on: 'Quando è stata decisa',
    decidedBy: 'Chi l’ha decisa',
    outcome: 'Esito',
    team: 'La scrive l’équipe, e si può scrivere di nuovo: vale l’ultima. Sta nel deposito protetto. Niente nomi.',
  },
  en: {
    preliminary: 'Preliminary identification',
    completed: 'completed on {{day}}',
    formal: 'Formal identification',
    decided: '{{outcome}}: {{authority}}, {{day}}',
    strategy: 'Intake strategy: written, opened one part at a time.',
    first: 'Preliminary identification rests on the indicators: record those first.',
    hint: 'It rests on the indicators recorded last. It is no finding, and opens nothing to anybody.',
    account: 'What it rests on, in short',
    accountHint: 'It stays in the protected vault: it is opened with a reason.',
    complete: 'Complete',
    waits: 'Assistance never waits for the formal identification, and does not end with it.',
    on: 'When it was decided',
    decidedBy: 'Who decided it',
    outcome: 'Outcome',
    team: 'The team writes it, and may write it again: the last one counts. It stays in the protected vault. No names.',
  },
});
