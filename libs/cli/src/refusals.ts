import { ConfigError } from '@platform/config';
import { STATUS } from '@platform/http';
import { DomainError } from '@platform/kernel';
import { type CommandFailure, no, type Words } from './output';

/** What was refused, as the service or a part of this program says it: in English, behind a code. */
interface Refused {
  readonly code: string;
  readonly status: number;
  readonly detail: string;
}

/** In Italian, by code. What stands in parentheses of `of` is what the English sentence names; it stands where `{0}`, `{1}` do. */
const ITALIAN: Readonly<Record<string, string | { readonly say: string; readonly of: RegExp }>> = {
  'backup.changed-meanwhile': 'Nel frattempo è stata creata una chiave: ricominciare la copia.',
  'backup.folder-not-empty': 'La cartella di una copia è una cartella nuova.',
  'backup.keys-exist': 'Il file per le chiavi delle regioni c’è già: non si sostituisce niente.',
  'backup.keys-inside': 'Le chiavi delle regioni stanno lontano da ciò che aprono: indicare un file altrove.',
  'backup.needs-embedded': 'Con DATABASE_URL la base dati si copia con i suoi strumenti (pg_dump), e DATA_DIR come file.',
  'backup.nothing-here': 'In DATA_DIR non c’è nessuna installazione.',
  'caller.not-a-member': 'Chi chiede è entrato, ma qui non lavora.',
  'cut.where': 'Indicare un numero di voce oppure un istante, non tutti e due.',
  'entry.unreadable': 'Una voce del registro non si legge: verificare il registro.',
  'erasure.already-decided': 'Su questa richiesta si è già deciso.',
  'erasure.already-requested': 'Questa richiesta c’è già.',
  'erasure.ground-not-yours': 'La scadenza di conservazione chiede da sé; le persone chiedono per la persona.',
  'erasure.key-not-destroyed': 'Prima va distrutta la chiave.',
  'erasure.not-approved': 'Senza approvazione non si cancella niente.',
  'erasure.not-dpo': 'Sulle cancellazioni decide chi è responsabile della protezione dei dati.',
  'erasure.only-by-clock': 'Succede da sé, allo scadere del tempo.',
  'erasure.self-approval': 'Nessuno approva la propria richiesta.',
  'explanation.unknown-act': 'Questo atto non c’è: ReadCase, oppure un comando come CloseCase.',
  'key-backup.not-a-backup': 'Il file non è una copia delle chiavi delle regioni, oppure è di un’altra versione.',
  'key-backup.other-key': {
    say: 'La regione {0} lavora già con un’altra chiave: non è stato ripristinato niente.',
    of: /^Region (\S+) already/,
  },
  'key-backup.weak-passphrase': { say: 'La frase segreta ha almeno {0} caratteri.', of: /at least (\d+) characters/ },
  'key-backup.wrong-passphrase': 'La frase segreta non apre questa copia delle chiavi, oppure il file è danneggiato.',
  'move.differs': { say: 'Il nuovo archivio non contiene lo stesso: {0}. Non è cambiato niente.', of: /the same: (.+)\. Nothing/ },
  'move.done': 'Questa installazione è già passata al nuovo archivio: avviarla con EVENT_STORE=kurrentdb.',
  'move.needs-kurrentdb': 'KURRENTDB_URL dice dove portare gli eventi.',
  'move.other-events': {
    say: 'Il nuovo archivio contiene altri eventi ({0}): dev’essere vuoto, o contenere ciò che ha copiato un tentativo di prima.',
    of: /(?:installation: |events in )([^:]+?)(?:\.$|: )/,
  },
  'move.place-unknown': {
    say: 'Un lettore in {0} sta in un punto di {1} dove non c’è nessun evento.',
    of: /reader in (\S+) stands at a place of (\S+) where/,
  },
  'projection.not-rebuildable': 'Questo agisce sugli eventi: rileggerli tutti lo farebbe agire di nuovo.',
  'projection.not-rebuilding': 'Nessuna ricostruzione di questo modello è in corso: non c’è niente da fermare.',
  'projection.rebuilding': 'Questo modello si sta già ricostruendo.',
  'record.not-there': {
    say: 'In {0}, partizione {1}, alla posizione {2} non c’è niente.',
    of: /^(\S+) partition (\S+) holds no record at offset (\S+?)\.$/,
  },
  'record.readable': 'Questo è un evento nostro e si legge: ciò che si è fermato lì non è fermo per lui.',
  'request.invalid': 'La richiesta non ha la forma che questo indirizzo chiede.',
  'request.too-many': 'Troppe richieste: aspettare un poco.',
  'restore.damaged': 'Un file della copia manca, o non è quello del suo elenco: non è stato ripristinato niente.',
  'restore.keys-missing': 'Il file con le chiavi delle regioni non si legge, o non le ha tutte: senza, i dati delle persone non si aprono.',
  'restore.needs-embedded': 'Una copia si ripristina in un’installazione con la base dati incorporata.',
  'restore.not-a-backup': 'Questa cartella non è una copia, oppure è di un’altra versione.',
  'restore.not-empty': 'In DATA_DIR ci sono già dei dati: scegliere una cartella vuota.',
  'session.missing': 'Prima bisogna entrare.',
  'store.moved': 'Gli eventi sono passati a un altro archivio, o stanno per farlo.',
  'store.unavailable': 'L’archivio degli eventi adesso non si raggiunge.',
  'vault.unavailable': 'La cassaforte delle identità adesso non risponde.',
};

/** For codes without a sentence of their own: what a refusal of this kind means for whoever asked. */
const BY_STATUS: Readonly<Record<number, string>> = {
  400: 'La richiesta non è scritta nella forma giusta.',
  401: 'Prima bisogna entrare.',
  403: 'A chi chiede non è permesso.',
  404: 'Non c’è, oppure non riguarda il lavoro di chi chiede.',
  409: 'Una regola lo impedisce.',
  412: 'Nel frattempo è cambiato: riprovare.',
  413: 'È più grande di quanto il servizio accetti.',
  428: 'Nel frattempo è cambiato: riprovare.',
  429: 'Troppe richieste: aspettare un poco.',
  503: 'Una parte del servizio è occupata o ferma: riprovare tra poco.',
};
const OURS = 'C’è stato un errore del servizio: il suo registro tecnico dice dove.';

/** Faults of the machine, by the code of the operating system. */
const OF_THE_MACHINE: Readonly<Record<string, string>> = {
  EACCES: 'Permesso negato',
  EADDRINUSE: 'La porta è già occupata',
  ECONNREFUSED: 'Non si raggiunge',
  ECONNRESET: 'Il collegamento è caduto',
  EEXIST: 'C’è già',
  EISDIR: 'È una cartella, non un file',
  ENOENT: 'Non c’è',
  ENOSPC: 'Il disco è pieno',
  ENOTDIR: 'Non è una cartella',
  EPERM: 'Permesso negato',
  EROFS: 'Qui si può solo leggere',
};

/** The code stays in front: it is what the reference and whoever helps know the refusal by. */
export const wordsOf = ({ code, status, detail }: Refused): Words => ({
  it: `${code}: ${italianOf(code, detail) ?? BY_STATUS[status] ?? OURS}`,
  en: `${code}: ${detail}`,
});

function italianOf(code: string, detail: string): string | undefined {
  const known = ITALIAN[code];
  if (known === undefined || typeof known === 'string') return known;
  const [, ...named] = known.of.exec(detail) ?? [];
  return named.length === 0 ? undefined : known.say.replace(/\{(\d)\}/g, (_, n: string) => named[Number(n)] ?? '');
}

/** How a command ends that could not do its work. */
export function failureOf(error: unknown): CommandFailure {
  if (error instanceof DomainError) return failed(wordsOf({ code: error.code, status: STATUS[error.kind], detail: error.message }));
  if (error instanceof ConfigError) {
    const names = error.problems.map((problem) => problem.split(' ')[0]).join(', ');
    return no(`La configurazione non si può usare: ${names}. Che cosa va bene sta in docs/reference/config.md.`, error.message);
  }
  if (!(error instanceof Error)) return no('Non è riuscito.', 'It could not be done.');
  const { code, path: place } = error as NodeJS.ErrnoException;
  const known = OF_THE_MACHINE[code ?? ''];
  if (known === undefined) return no(`Non è riuscito: ${error.message}`, error.message);
  return no(place === undefined ? `${known}: ${error.message}` : `${known}: ${place}`, error.message);
}

export const failed = ({ it, en }: Words): CommandFailure => no(it, en);
