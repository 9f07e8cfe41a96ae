import { accessSync, constants, existsSync, readdirSync, statfsSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import * as path from 'node:path';
import { type Config, readConfig } from '@platform/config';
import { folders, inspectDatabase, type OperationsStatus, runningInstance } from '@platform/runtime';
import { markInvented, operate } from './instance';
import { EXIT, type Output, type Words } from './output';

interface Finding {
  readonly part: string;
  readonly ok: boolean;
  /** What to do about it, where something is to be done. */
  readonly todo?: Words;
}

const GIGABYTE = 1024 ** 3;
const finding = (part: string, ok: boolean, it: string, en: string): Finding => ({ part, ok, ...(ok ? {} : { todo: { it, en } }) });

/** Looks at everything an installation stands on, and says of each part that does not hold what to do. */
export async function doctorCommand(output: Output): Promise<number> {
  const config = readConfig();
  const note = runningInstance(folders(config.DATA_DIR).keys);
  const findings = [
    nodeVersion(),
    ...dataFolder(config),
    ...keyModes(config),
    diskSpace(config),
    ...(await databaseParts(config)),
    ...(note ? [] : [await portFree(config)]),
    ...(note ? runningParts((await operate(note, 'GET', 'status')).body as OperationsStatus) : []),
    ...(note ? await auditParts(note.url, config) : []),
  ];
  markInvented(output);
  for (const one of findings)
    output.say(
      { ...one, ...(one.todo ? { todo: output.words(one.todo) } : {}) },
      `${one.ok ? 'ok  ' : 'FAIL'} ${one.part}${one.todo ? ` → ${output.words(one.todo)}` : ''}`,
    );
  if (!note) output.note({ it: 'Nessuna istanza in esecuzione su DATA_DIR.', en: 'No instance runs on DATA_DIR.' });
  return findings.every(({ ok }) => ok) ? EXIT.ok : EXIT.no;
}

function nodeVersion(): Finding {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const fits = major > 20 || (major === 20 && minor >= 19);
  return finding(`node ${process.versions.node}`, fits, 'Usare Node 20.19 o successivo.', 'Use Node 20.19 or later.');
}

function dataFolder({ DATA_DIR }: Config): Finding[] {
  const place = existing(DATA_DIR);
  const writable = allowed(place, constants.W_OK | constants.X_OK);
  return [finding('data-folder', writable, `Dare al servizio il diritto di scrivere in ${place}.`, `Let the service write in ${place}.`)];
}

function keyModes({ DATA_DIR }: Config): Finding[] {
  const { keys } = folders(DATA_DIR);
  if (!existsSync(keys) || process.platform === 'win32') return [];
  const files = readdirSync(keys, { recursive: true, withFileTypes: true });
  const open = files.filter((entry) => (statSync(path.join(entry.parentPath, entry.name)).mode & 0o077) !== 0);
  const names = open.map((entry) => entry.name).join(', ');
  return [
    finding(
      'key-files',
      open.length === 0,
      `Leggibili da altri: ${names}. chmod 600 i file, 700 le cartelle.`,
      `Others may read: ${names}. chmod 600 files, 700 folders.`,
    ),
  ];
}

function diskSpace({ DATA_DIR }: Config): Finding {
  const { bavail, bsize } = statfsSync(existing(DATA_DIR));
  const free = bavail * bsize;
  return finding(
    `disk ${(free / GIGABYTE).toFixed(1)} GB`,
    free >= GIGABYTE,
    'Liberare spazio: sotto 1 GB il registro può fermarsi, e con lui ogni lettura.',
    'Free some space: below 1 GB the audit spool may stop, and every read with it.',
  );
}

async function databaseParts(config: Config): Promise<Finding[]> {
  const { state, forgets, clockAgrees } = await inspectDatabase(config);
  if (state === 'absent') return [];
  return [
    finding(
      'database-reachable',
      state !== 'unreachable',
      'Vedere postgres.log sotto DATA_DIR/pg, o DATABASE_URL.',
      'See postgres.log below DATA_DIR/pg, or DATABASE_URL.',
    ),
    finding(
      'database-durable',
      state === 'durable',
      `Rimettere ai valori sicuri: ${forgets.join(', ')}.`,
      `Set back to safe values: ${forgets.join(', ')}.`,
    ),
    finding(
      'clock-agrees',
      clockAgrees,
      'L’orologio della macchina e quello della base dati differiscono di oltre 2 secondi: regolarli (NTP), o nessuno legge per autorizzazione.',
      'The clocks of the machine and of the database differ by more than 2 seconds: set them (NTP), or nobody reads by a grant.',
    ),
  ];
}

async function portFree({ PORT, HOST }: Config): Promise<Finding> {
  const free = await new Promise<boolean>((resolve) => {
    const server = createServer()
      .once('error', () => resolve(false))
      .listen(PORT, HOST, () => server.close(() => resolve(true)));
  });
  return finding(`port ${PORT}`, free, 'La porta è occupata: scegliere un’altra PORT.', 'The port is taken: choose another PORT.');
}

function runningParts({ parts, spool, consumers }: OperationsStatus): Finding[] {
  const parked = consumers.filter((one) => one.parked > 0).map(({ name }) => name);
  const stopped = consumers.filter(({ state }) => state !== 'running').map(({ name }) => name);
  return [
    finding(
      'event-store',
      parts['event-store'] === true,
      'La base dati non risponde al servizio: riavviarlo.',
      'The database does not answer the service: restart it.',
    ),
    finding(
      `audit-spool ${spool.state}`,
      spool.state === 'open',
      'Liberare spazio e riavviare: senza registro non si legge nulla.',
      'Free some space and restart: without the trail nothing is shown.',
    ),
    finding(
      'consumers-running',
      stopped.length === 0,
      `Ferme: ${stopped.join(', ')}. Vedere il log, poi riavviare.`,
      `Stopped: ${stopped.join(', ')}. See the log, then restart.`,
    ),
    finding(
      'consumers-not-parked',
      parked.length === 0,
      `raccordo projections replay ${parked.join(' ')}`,
      `raccordo projections replay ${parked.join(' ')}`,
    ),
  ];
}

/** The audit logs tell how they are by gauges only: a region whose log stands still gets no fresh checkpoint. */
async function auditParts(url: string, { METRICS_TOKEN }: Config): Promise<Finding[]> {
  const headers = METRICS_TOKEN === undefined ? {} : { authorization: `Bearer ${METRICS_TOKEN}` };
  const text = await (await fetch(`${url}/metrics`, { headers })).text();
  const troubled = [...text.matchAll(/^audit_log_trouble\{region="([a-z0-9-]+)"\} ([1-9])/gm)].map(([, region]) => region);
  const damaged = Number(/^audit_spools_damaged (\d+)/m.exec(text)?.[1] ?? 0);
  const [it, en] = [`Registro fermo: ${troubled.join(', ')}. Vedere il log.`, `Audit log waits: ${troubled.join(', ')}. See the log.`];
  return [
    finding('checkpoints-fresh', troubled.length === 0, it, en),
    finding(
      'spools-readable',
      damaged === 0,
      'Uno spool è danneggiato: conservarlo com’è e chiamare chi verifica.',
      'A spool is damaged: keep it as it is and call the auditor.',
    ),
  ];
}

const existing = (folder: string): string => (existsSync(folder) ? folder : existing(path.dirname(path.resolve(folder))));
const allowed = (place: string, mode: number): boolean => {
  try {
    accessSync(place, mode);
    return true;
  } catch {
    return false;
  }
};
