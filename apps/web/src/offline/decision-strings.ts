import { defineStrings } from '../text/strings';

/** What a person has to decide: about another's change, about a no of the service, about a newer application. */
export const decisionStrings = defineStrings('decisions', {
  it: {
    version: {
      waiting: 'C’è una versione nuova.',
      former: 'In un’altra scheda sei passato alla versione nuova: questa è ancora la vecchia.',
      take: 'Passa alla versione nuova',
      typed: 'In questa pagina c’è qualcosa di scritto e non inviato: passando ora si perde.',
      stay: 'Resto, prima lo invio',
      anyway: 'Passa lo stesso',
    },
    refused: {
      data: 'Qualcosa nei dati non va bene. Registralo di nuovo dal suo modulo, poi scarta questo.',
      right:
        'Adesso non ne hai il diritto: può essere cambiato mentre eri senza linea. Chiedi a chi coordina o amministra, poi invia di nuovo.',
      gone: 'Questo caso non è più tra quelli che puoi vedere. Quello che hai scritto resta qui, cifrato, e non lo vede nessuno. Parla con chi coordina: se il caso torna a te, invia di nuovo; se no, scarta.',
      rule: 'Una regola adesso dice di no. Apri il caso e guarda che cosa è cambiato; poi invia di nuovo, o scarta.',
      other: 'Prova di nuovo più tardi, o chiedi a chi coordina. Quello che hai scritto resta qui.',
    },
    aside: {
      title: 'Messi da parte',
      label: 'Messo da parte: {{what}}',
      hint: 'Se tieni la versione di ora, quello che hai scritto non si perde: resta in questa pagina, tra le cose messe da parte.',
      take: 'Riprendi e confronta',
    },
    leave: {
      title: 'Prima di uscire',
      text_one: 'Su questo apparecchio c’è {{count}} cosa non ancora inviata.',
      text_other: 'Su questo apparecchio ci sono {{count}} cose non ancora inviate.',
      shared: 'Se l’apparecchio è di più persone, inviale o cancellale.',
      send: 'Vai a inviare',
      keep: 'Tienile cifrate ed esci',
      wipe: 'Cancellale ed esci',
      stay: 'Resto',
    },
    moved: 'È cambiato ancora, e non è partito niente: guarda com’è adesso e decidi di nuovo.',
    openCase: 'Apri il caso {{codename}}',
    toCase: 'Apri il caso',
  },
  en: {
    version: {
      waiting: 'There is a new version.',
      former: 'In another tab you went to the new version: this is still the old one.',
      take: 'Go to the new version',
      typed: 'Something on this page is written and not sent: going now loses it.',
      stay: 'Stay, I will send it first',
      anyway: 'Go nevertheless',
    },
    refused: {
      data: 'Something in the data is not right. Record it again in its form, then discard this.',
      right:
        'You have no right to do this now: it may have changed while you had no line. Ask whoever coordinates or administers, then send again.',
      gone: 'This case is no longer among those you may see. What you wrote stays here, encrypted, and nobody sees it. Talk to whoever coordinates: if the case comes back to you, send again; if not, discard it.',
      rule: 'A rule says no now. Open the case and look at what has changed; then send again, or discard.',
      other: 'Try again later, or ask whoever coordinates. What you wrote stays here.',
    },
    aside: {
      title: 'Put aside',
      label: 'Put aside: {{what}}',
      hint: 'If you keep the version of now, what you wrote is not lost: it stays on this page, among the things put aside.',
      take: 'Take up again and compare',
    },
    leave: {
      title: 'Before you sign out',
      text_one: 'There is {{count}} thing on this device that was not sent yet.',
      text_other: 'There are {{count}} things on this device that were not sent yet.',
      shared: 'If several people use this device, send or delete them.',
      send: 'Go and send',
      keep: 'Keep them encrypted and sign out',
      wipe: 'Delete them and sign out',
      stay: 'I stay',
    },
    moved: 'It has changed once more, and nothing was sent: look at how it is now and decide again.',
    openCase: 'Open the case {{codename}}',
    toCase: 'Open the case',
  },
});
