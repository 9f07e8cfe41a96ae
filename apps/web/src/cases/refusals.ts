import { defineRefusals } from '../text/refusals';

defineRefusals({
  'case.minor-belongs-to-msna': [
    'Chi è minorenne resta al sistema per i minori non accompagnati. Nessun dato è stato registrato. L’équipe può offrire una consulenza.',
    'A minor stays with the system for unaccompanied minors. Nothing was recorded. The team may offer advice.',
  ],
  'case.closed': ['Il caso è chiuso: prima va riaperto.', 'The case is closed: reopen it first.'],
  'case.suspended': ['Il caso è sospeso: prima va ripreso.', 'The case is suspended: resume it first.'],
  'case.wrong-phase': ['In questa fase del caso non si può fare.', 'This cannot be done in this phase of the case.'],
  'case.no-indicator-assessment': [
    'L’identificazione preliminare poggia sugli indicatori: registrali prima.',
    'Preliminary identification rests on an assessment of indicators: record one first.',
  ],
  'case.plan-missing': [
    'L’inclusione comincia da un piano concordato con la persona.',
    'Inclusion starts from a plan agreed with the person.',
  ],
  'case.plan-not-concluded': ['Il seguito comincia quando il piano è concluso.', 'Follow-up starts when the plan is concluded.'],
  'case.follow-up-form-missing': ['Il seguito si chiude con la sua scheda: scrivila.', 'Follow-up ends with its form: write it.'],
  'case.still-in-protection': [
    'La persona è in protezione: prima si conclude il piano.',
    'The person is in protection: the plan is concluded first.',
  ],
  'case.team-not-interregional': [
    'Un caso si condivide solo con un’équipe interregionale.',
    'A case is shared only with an interregional team.',
  ],
  'case.worker-not-in-team': [
    'Chi risponde del caso deve far parte dell’équipe che lo custodisce.',
    'The responsible worker belongs to the custodian team.',
  ],
  'case.other-not-in-charge': [
    'Questo caso non è in carico a te: lo collega chi lo ha in carico.',
    'This case is not in your charge: whoever has it in charge links it.',
  ],
  'accessGrant.not-later': ['Deve finire dopo il giorno in cui finisce ora.', 'It has to end later than the day on which it ends now.'],
  'case.unknown-keeper': ['Scegli un ente della rete.', 'Choose an organisation of the network.'],
  'case.received-before-dated': [
    'Il documento non può essere arrivato prima del giorno che porta.',
    'The document cannot have come before the day it bears.',
  ],
  'case.unknown-document': ['Questo riferimento non c’è.', 'There is no such reference.'],
  'case.forbidden': ['Questo valore non è aperto per te.', 'This value is not open to you.'],
  'consent.already-answered': [
    'La persona ha già risposto: per cambiare si chiede di nuovo.',
    'The person has answered already: ask again to change it.',
  ],
  'consent.recipient-is-custodian': [
    'Chi custodisce il caso non ha bisogno di questo consenso.',
    'The custodian works on the case without this consent.',
  ],
  'consent.request-lapsed': ['La risposta è arrivata tardi: chiedi di nuovo.', 'The answer came too late: ask again.'],
  'consent.expired': ['Questo consenso è finito: chiedi di nuovo.', 'This consent has ended: ask again.'],
  'consent.not-given': ['Questo consenso non è in vigore.', 'This consent is not in force.'],
  'company.wrong-vat': ['La partita IVA non torna: controlla le cifre.', 'The VAT number does not add up: check the digits.'],
});
