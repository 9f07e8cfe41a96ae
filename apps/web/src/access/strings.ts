import { defineStrings } from '../text/strings';

export const accessStrings = defineStrings('access', {
  it: {
    title: 'Perché vede questo?',
    neutral: 'Accessi',
    intro:
      'La regola, in parole, applicata alla persona e al caso come stanno adesso. Dice quali gruppi di dati, mai che cosa c’è scritto.',
    case: 'Caso',
    caseHint: 'Come lo chiama la tua organizzazione, o il registro.',
    organisation: 'Organizzazione della persona',
    member: 'Persona',
    noName: 'persona senza nome visibile ({{end}})',
    act: 'Che cosa',
    acts: {
      ReadCase: 'Leggere il caso',
      CloseCase: 'Chiudere il caso',
      RecordNeeds: 'Registrare bisogni',
      GrantAccess: 'Dare accesso ad altri',
      RequestErasure: 'Chiedere la cancellazione',
    },
    purpose: 'Con quale scopo',
    ask: 'Spiega',
    yes: 'Sì',
    no: 'No',
    missing:
      'Il caso non c’è, oppure non sta a te chiederlo: lo può chiedere l’équipe che ha in carico la persona, e chi verifica nella regione.',
  },
  en: {
    title: 'Why do they see this?',
    neutral: 'Accesses',
    intro:
      'The rule, in words, applied to the person and the case as they stand now. It says which groups of data, never what is written in them.',
    case: 'Case',
    caseHint: 'As your organisation, or the trail, calls it.',
    organisation: 'Organisation of the person',
    member: 'Person',
    noName: 'person without a visible name ({{end}})',
    act: 'What',
    acts: {
      ReadCase: 'Read the case',
      CloseCase: 'Close the case',
      RecordNeeds: 'Record needs',
      GrantAccess: 'Give access to others',
      RequestErasure: 'Ask for the erasure',
    },
    purpose: 'For which purpose',
    ask: 'Explain',
    yes: 'Yes',
    no: 'No',
    missing:
      'There is no such case, or it is not yours to ask: the team that has the person in charge may, and whoever reviews in the region.',
  },
});
