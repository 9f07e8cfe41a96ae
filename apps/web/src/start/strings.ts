import { defineStrings } from '../text/strings';

export const startStrings = defineStrings('start', {
  it: {
    welcome: {
      title: 'Benvenuta, benvenuto',
      intro: 'Qui le équipe di regioni diverse seguono insieme una persona, e ciascuno vede solo ciò che gli serve.',
      story: 'Prova la storia',
      storyText: 'Con persone inventate: otto passi, ciascuno nella schermata vera, cambiando persona.',
      storyOff: 'La storia si vive in modalità dimostrativa, su questo computer. Si avvia così:',
      real: 'Inizia davvero',
      realText: 'I cinque passi per mettere in piedi un’installazione vera.',
      enter: 'Entra',
      noWay: 'Nessun modo di accesso è configurato su questa installazione.',
    },
    story: {
      title: 'Prova la storia',
      intro:
        'Una persona sfruttata si sposta dall’Umbria alla Toscana. Tu sei, a turno, chi la aiuta. Tutto è inventato; gli atti e le regole sono quelli veri.',
      off: 'Questa installazione non è in modalità dimostrativa.',
      empty: 'L’installazione è vuota. Scegli con che cosa cominciare.',
      people: 'Carica solo le persone e le équipe',
      peopleText: 'Due regioni, tredici persone, nessun caso: la storia comincia da capo. Pochi secondi.',
      seed: 'Carica tutti i dati inventati',
      seedText: 'Sei regioni e mesi di lavoro già fatto. Circa un minuto.',
      loading: 'Sto caricando: {{done}} di {{of}} atti.',
      failed: 'Non è riuscito. Riavvia il servizio su una cartella di dati vuota.',
      offer: 'Questa installazione è vuota: può diventare quella della storia',
      offerText: 'Si riavvia in modalità dimostrativa, allo stesso indirizzo. Dopo non potrà più custodire dati veri.',
      asWho: 'Entra come {{name}}',
      then: 'e apri',
      steps: {
        one: {
          title: 'Un contatto anonimo diventa un caso',
          text: 'Karim incontra una persona al campo e registra un contatto senza nome. Giulia apre il caso: nasce un nome in codice.',
          screen: 'Nuovo contatto',
        },
        two: {
          title: 'Consensi, e un’offerta che non dice niente della persona',
          text: 'Giulia chiede i consensi, guarda che cosa vedrà la Toscana (ora, dopo, mai) e invia la richiesta.',
          screen: 'Casi',
        },
        three: {
          title: 'Un riassunto senza nome, l’accettazione, e solo allora l’identità',
          text: 'Elena apre il riassunto, fa una domanda e accetta. Bruno, il suo collega, non trova niente: provalo.',
          screen: 'Richieste',
        },
        four: {
          title: 'Un caso in due metà',
          text: 'La Toscana apre il proprio caso collegato; l’équipe interregionale vede le due metà una accanto all’altra.',
          screen: 'Équipe interregionale',
        },
        five: {
          title: 'Un’allerta senza lavoratori',
          text: 'Marco, ispettore, e Sara, sindacalista, ricevono un’allerta su impresa e territorio: mai una persona.',
          screen: 'Allerte',
        },
        six: {
          title: 'Un consenso ritirato',
          text: 'La persona ci ripensa. Ciò che si leggeva su quel consenso si chiude subito, il resto rimane.',
          screen: 'Casi',
        },
        seven: {
          title: 'Un’emergenza, e il suo riesame',
          text: 'Livia apre un dato per sessanta minuti. Chi custodisce il caso lo sa subito e qualcun altro lo riesamina.',
          screen: 'Emergenze',
        },
        eight: {
          title: 'La prova',
          text: 'Ada, revisora, cerca, ricostruisce il caso a una data, e verifica che nessuno abbia toccato il registro.',
          screen: 'Registro',
        },
      },
    },
  },
  en: {
    welcome: {
      title: 'Welcome',
      intro: 'Here teams of different regions assist a person together, and everybody sees only what their task needs.',
      story: 'Live the story',
      storyText: 'With invented people: eight steps, each in its real screen, changing person.',
      storyOff: 'The story is lived in demonstration mode, on this machine. It is started so:',
      real: 'Begin for real',
      realText: 'The five steps of setting up a real installation.',
      enter: 'Sign in',
      noWay: 'No way to sign in is configured on this installation.',
    },
    story: {
      title: 'Live the story',
      intro:
        'An exploited person moves from Umbria to Toscana. You are, in turn, whoever helps. All of it is invented; the acts and the rules are the real ones.',
      off: 'This installation is not in demonstration mode.',
      empty: 'The installation is empty. Choose what to begin with.',
      people: 'Load the people and teams only',
      peopleText: 'Two regions, thirteen people, no case: the story starts from the beginning. A few seconds.',
      seed: 'Load all the invented data',
      seedText: 'Six regions and months of work already done. About a minute.',
      loading: 'Loading: {{done}} of {{of}} acts.',
      failed: 'It did not work. Start the service again on an empty data folder.',
      offer: 'This installation is empty: it may become the story’s',
      offerText: 'It starts again in demonstration mode, at the same address. Afterwards it can hold no real data.',
      asWho: 'Sign in as {{name}}',
      then: 'and open',
      steps: {
        one: {
          title: 'An anonymous contact becomes a case',
          text: 'Karim meets a person at the camp and records a contact without a name. Giulia opens the case: a codename is born.',
          screen: 'New contact',
        },
        two: {
          title: 'Consents, and an offer that tells nothing about the person',
          text: 'Giulia asks for the consents, looks at what Toscana will see (now, later, never) and sends the referral.',
          screen: 'Cases',
        },
        three: {
          title: 'A summary without a name, the acceptance, and only then the identity',
          text: 'Elena opens the summary, asks a question and accepts. Bruno, her colleague, finds nothing: try it.',
          screen: 'Referrals',
        },
        four: {
          title: 'A case in two halves',
          text: 'Toscana opens its own linked case; the interregional team sees both halves side by side.',
          screen: 'Interregional team',
        },
        five: {
          title: 'An alert without workers',
          text: 'Marco, an inspector, and Sara, a union officer, receive an alert about company and territory: never a person.',
          screen: 'Alerts',
        },
        six: {
          title: 'A consent withdrawn',
          text: 'The person thinks again. What was read on that consent closes at once, the rest stands.',
          screen: 'Cases',
        },
        seven: {
          title: 'An emergency, and its review',
          text: 'Livia opens a value for sixty minutes. The custodian knows at once and somebody else reviews it.',
          screen: 'Emergencies',
        },
        eight: {
          title: 'The proof',
          text: 'Ada, the auditor, searches, replays the case at a date, and verifies that nobody has touched the log.',
          screen: 'Trail',
        },
      },
    },
  },
});
