import { defineStrings } from '../text/strings';

export const liveStrings = defineStrings('live', {
  it: { interrupted: 'Gli aggiornamenti dal vivo sono interrotti: la pagina si aggiorna da sola ogni pochi secondi, appena può.' },
  en: { interrupted: 'Live updates are interrupted: the page refreshes by itself every few seconds, as soon as it can.' },
});
