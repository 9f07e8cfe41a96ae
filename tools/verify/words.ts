import type { BundleFault, Unproven } from '../../libs/platform/auditing/src/verify-bundle';

export const LANGUAGES = ['it', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];
type Text = Readonly<Record<Language, string>>;

/** What was found, in words for whoever has to decide what it means. */
export const FAULTS: Readonly<Record<BundleFault, Text>> = {
  'bundle.header': { it: 'la prima riga non è quella di un fascicolo del registro', en: 'the first line is not that of an audit bundle' },
  'bundle.line': { it: 'una riga è vuota', en: 'a line is empty' },
  'key.unusable': { it: 'la chiave pubblica non è utilizzabile', en: 'the public key cannot be used' },
  'key.mismatch': {
    it: 'la chiave scritta nel fascicolo non è quella del registro',
    en: "the key written in the bundle is not the log's",
  },
  'checkpoint.false': {
    it: 'la firma del registro sul sigillo (checkpoint) non è valida',
    en: "the log's signature on the checkpoint is not valid",
  },
  'checkpoint.size': { it: 'il numero di voci non è quello firmato', en: 'the number of entries is not the one that was signed' },
  'checkpoint.root': {
    it: 'la radice ricalcolata dalle voci non è quella firmata: qualcosa è stato cambiato',
    en: 'the root derived from the entries is not the one that was signed: something was changed',
  },
  'outside.false': {
    it: 'il checkpoint conservato fuori non è firmato da questo registro',
    en: 'the checkpoint kept outside is not signed by this log',
  },
  'outside.larger': {
    it: 'il checkpoint conservato fuori conta più voci del fascicolo: ne mancano',
    en: 'the checkpoint kept outside counts more entries than the bundle: some are missing',
  },
  'outside.differs': {
    it: 'il registro non contiene più quello che fu firmato nel checkpoint conservato fuori: è stato riscritto',
    en: 'the log no longer holds what was signed in the checkpoint kept outside: it was rewritten',
  },
  'entry.too-long': { it: 'la voce è troppo lunga', en: 'the entry is too long' },
  'entry.not-canonical': { it: 'la voce non è in forma canonica', en: 'the entry is not in canonical form' },
  'entry.shape': { it: 'la voce non ha la forma di una voce', en: 'the entry does not have the shape of one' },
  'entry.other-log': { it: 'la voce appartiene a un altro registro', en: 'the entry belongs to another log' },
  'entry.index': { it: 'la voce porta un altro numero', en: 'the entry carries another number' },
  'producer.sequence': {
    it: 'manca o si ripete una voce di chi l’ha prodotta',
    en: 'an entry of its producer is missing or stands twice',
  },
  'case.chain': { it: 'la catena di un caso è interrotta', en: 'the chain of a case is broken' },
  'event.sequence': { it: 'manca un evento nella sequenza di un fascicolo', en: 'an event is missing in the order of its stream' },
  'event.mismatch': { it: 'la voce e il suo evento non si corrispondono', en: 'the entry and its event do not agree' },
};

export const UNPROVEN: Readonly<Record<Unproven, Text>> = {
  'no-outside-checkpoint': {
    it: 'Nessun checkpoint conservato fuori è stato confrontato: chi possiede la chiave del registro potrebbe avere riscritto tutto e firmato di nuovo.',
    en: "No checkpoint kept outside was compared: whoever holds the log's key could have rewritten everything and signed again.",
  },
  'key-from-bundle': {
    it: 'La chiave usata è quella scritta nel fascicolo stesso: chiunque può fare un fascicolo con una chiave propria.',
    en: 'The key used is the one written in the bundle itself: anybody can make a bundle with a key of their own.',
  },
  'after-outside-checkpoint': {
    it: 'Le voci successive al checkpoint conservato fuori sono garantite soltanto dalla firma del registro.',
    en: "Entries after the checkpoint kept outside are vouched for by the log's signature only.",
  },
  'single-operator': {
    it: 'Un solo gestore: nessun’altra Regione firma il registro; non è dimostrato che tutti vedano lo stesso.',
    en: 'Single operator: no other region signs the log; it is not proven that everybody is shown the same one.',
  },
};

export const WORDS = {
  log: { it: 'Registro', en: 'Log' },
  entries: { it: 'Voci', en: 'Entries' },
  producers: { it: 'produttori', en: 'producers' },
  cases: { it: 'casi', en: 'cases' },
  root: { it: 'Radice ricalcolata', en: 'Root derived anew' },
  outside: { it: 'Checkpoint conservato fuori, voci', en: 'Checkpoint kept outside, entries' },
  entry: { it: 'voce', en: 'entry' },
  good: { it: 'ESITO: VERIFICATO. Nessuna alterazione trovata.', en: 'RESULT: VERIFIED. No alteration was found.' },
  bad: { it: 'ESITO: NON VERIFICATO.', en: 'RESULT: NOT VERIFIED.' },
  unproven: { it: 'Che cosa questa verifica NON dimostra:', en: 'What this verification does NOT prove:' },
  usage: {
    it: 'Uso: node verify.mjs FASCICOLO [--vkey CHIAVE-O-FILE] [--outside FILE-CHECKPOINT] [--lang it|en] [--json]\nEsce con 0 se è tutto in regola, 1 se non lo è, 2 se non si è potuto verificare.',
    en: 'Usage: node verify.mjs BUNDLE [--vkey KEY-OR-FILE] [--outside CHECKPOINT-FILE] [--lang it|en] [--json]\nExits with 0 if all is well, 1 if it is not, 2 if it could not be verified.',
  },
  unreadable: { it: 'Non si può leggere', en: 'Cannot read' },
} as const satisfies Record<string, Text>;
