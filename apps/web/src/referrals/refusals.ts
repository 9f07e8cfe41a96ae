import { defineRefusals } from '../text/refusals';

defineRefusals({
  'referral.basis-too-narrow': [
    'I consensi in vigore non coprono tutto quello che vuoi mostrare. Chiedi il consenso che manca, o togli qualche voce.',
    'The consents in force do not cover everything you want to show. Ask for the missing one, or take something away.',
  ],
  'referral.preview-differs': [
    'Nel frattempo il caso è cambiato: l’altra équipe vedrebbe altro da quello che hai letto. Guarda di nuovo l’anteprima.',
    'The case has changed meanwhile: the other team would see something else than you read. Look at the preview again.',
  ],
  'referral.case-closed': ['Il caso è chiuso.', 'The case is closed.'],
  'referral.ended': [
    'Questa richiesta nel frattempo è finita: niente è stato registrato. Se serve ancora, chi l’ha inviata ne manda un’altra.',
    'This referral has ended meanwhile: nothing was recorded. If it is still needed, whoever sent it sends another one.',
  ],
  'referral.mode-not-offered': [
    'La persona e chi invia hanno detto sì all’altro modo.',
    'The person and the sender agreed to the other mode.',
  ],
  'referral.not-now': ['Con la richiesta a questo punto non si può fare.', 'This cannot be done with the referral as it stands now.'],
  'referral.overdue': [
    'Il tempo per rispondere è passato: niente è stato registrato. Se serve ancora, chi l’ha inviata ne manda un’altra.',
    'The time to answer has passed: nothing was recorded. If it is still needed, whoever sent it sends another one.',
  ],
  'referral.responsible-not-of-receiver': [
    'Chi ne risponde deve far parte di chi riceve.',
    'The responsible worker must be an active member of the receiving side.',
  ],
  'referral.nothing-asked': ['Nessuna domanda aspetta risposta.', 'No question is waiting for an answer.'],
  'referral.outcome-reported': ['L’esito è stato comunicato: la richiesta va chiusa.', 'The outcome is reported: close the referral.'],
  'referral.link-misplaced': ['Solo un’accettazione congiunta nomina l’équipe.', 'Only a joint acceptance names the team.'],
  'referral.receiver-is-sender': ['Una richiesta va a un’altra organizzazione.', 'A referral goes to another organisation.'],
});
