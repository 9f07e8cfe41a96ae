import { defineRefusals } from '../text/refusals';

defineRefusals({
  'territorialDynamic.stale': [
    'Il periodo è finito: non c’è più niente da confermare.',
    'The period is over: there is nothing left to confirm.',
  ],
  'territorialDynamic.same-region': [
    'La conferma chi lavora in un’altra regione.',
    'It is confirmed by people who work in another region.',
  ],
  'territorialDynamic.period-backwards': ['L’ultimo giorno viene prima del primo.', 'The last day comes before the first.'],
});
