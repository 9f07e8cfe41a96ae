import { defineStrings } from '../text/strings';

/** After the model of the accessibility statement of AgID; what only the publisher of an installation knows is left to them, and said so. */
export const accessibilityStrings = defineStrings('accessibility', {
  it: {
    title: 'Dichiarazione di accessibilità',
    neutral: 'Accessibilità',
    intro:
      'Chi pubblica questa installazione si impegna a renderla accessibile, secondo la legge 9 gennaio 2004, n. 4. Questa pagina è il modello della dichiarazione: chi è tenuto a pubblicarla la completa sul sito di AgID entro il 23 settembre di ogni anno.',
    state: {
      title: 'Stato di conformità',
      text: 'L’applicazione è parzialmente conforme alla norma UNI CEI EN 301549, per le ragioni elencate sotto. Mira alle WCAG 2.2, livello AA.',
    },
    lacks: {
      title: 'Contenuti non accessibili',
      readers: 'Non è stata ancora provata da persone che usano lettori di schermo.',
      devices: 'Non è stata ancora provata su Safari e su telefoni Android veri.',
      tables: 'Su schermi stretti le tabelle diventano schede: l’ordine di lettura resta, le colonne non si confrontano.',
    },
    made: {
      title: 'Come è stata redatta',
      text: 'Autovalutazione con prove automatiche a ogni modifica: ogni schermata con axe (WCAG 2.2 A e AA, buone pratiche) a 1280 e 390 punti, senza scorrimento laterale a 320 punti e al 400 %, bersagli di almeno 24 punti, colori forzati, lavoro principale con la sola tastiera.',
    },
    keys: {
      title: 'Da tastiera',
      text: 'Tutto si fa senza mouse. Il primo Tab porta al collegamento “Vai al contenuto”. Tre volte Maiusc: uscita rapida.',
    },
    tell: {
      title: 'Segnala un ostacolo',
      contact: 'Scrivi a {{contact}}. Non scrivere di persone assistite: basta la schermata e che cosa non riuscivi a fare.',
      none: 'Chi gestisce questa installazione non ha ancora indicato un recapito. Rivolgiti a chi ti ha dato l’accesso.',
      answer: 'La risposta arriva entro 30 giorni.',
    },
    next: {
      title: 'Se la risposta non basta',
      text: 'Puoi rivolgerti al Difensore civico per il digitale, presso AgID: www.agid.gov.it.',
    },
  },
  en: {
    title: 'Accessibility statement',
    neutral: 'Accessibility',
    intro:
      'Whoever publishes this installation undertakes to make it accessible, under Italian law no. 4 of 9 January 2004. This page is the model of the statement: whoever must publish it completes it on AgID’s site by 23 September of each year.',
    state: {
      title: 'State of conformity',
      text: 'The application conforms in part to UNI CEI EN 301549, for the reasons listed below. It aims at WCAG 2.2, level AA.',
    },
    lacks: {
      title: 'Content that is not accessible',
      readers: 'People who use screen readers have not tried it yet.',
      devices: 'It has not been tried yet on Safari and on real Android phones.',
      tables: 'On narrow displays tables become cards: the order of reading stays, columns cannot be compared.',
    },
    made: {
      title: 'How it was drawn up',
      text: 'Self-assessment with automatic tests at every change: every screen with axe (WCAG 2.2 A and AA, best practices) at 1280 and 390 points, no sideways scroll at 320 points and at 400 %, targets of at least 24 points, forced colours, the main job by keyboard alone.',
    },
    keys: {
      title: 'By keyboard',
      text: 'Everything can be done without a mouse. The first Tab leads to the link “Go to the content”. Shift three times: quick exit.',
    },
    tell: {
      title: 'Report an obstacle',
      contact: 'Write to {{contact}}. Do not write about assisted people: the screen, and what you could not do, are enough.',
      none: 'Whoever runs this installation has not named a contact yet. Turn to whoever gave you access.',
      answer: 'The answer comes within 30 days.',
    },
    next: {
      title: 'If the answer is not enough',
      text: 'You can turn to the Digital Ombudsman (Difensore civico per il digitale) at AgID: www.agid.gov.it.',
    },
  },
});
