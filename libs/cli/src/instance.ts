import { readConfig } from '@platform/config';
import { folders, holdsInventedData, type OperationsNote, runningInstance } from '@platform/runtime';
import { type Session, signInAs } from '@platform/sign-in';
import { PERSONAS } from '@raccordo/demo';
import { no, type Output, usage } from './output';
import { failed, wordsOf } from './refusals';

/** The instance on the configured data folder, if one runs. */
export const here = (): OperationsNote | undefined => runningInstance(folders(readConfig().DATA_DIR).keys);

/** @throws CommandFailure 1 when none runs */
export function running(): OperationsNote {
  const note = here();
  if (!note) throw no('Nessuna istanza è in esecuzione su DATA_DIR: npm start.', 'No instance runs on DATA_DIR: npm start.');
  return note;
}

/** Where a command's questions go: the address given, the instance on the data folder, or the configured port. */
export const addressOf = (url: string | undefined): string => url ?? here()?.url ?? `http://127.0.0.1:${readConfig().PORT}`;

/** Says that what follows is of invented data, where the data folder holds such. */
export function markInvented(output: Output): void {
  if (holdsInventedData(readConfig())) output.invented();
}

/** Signed in as an invented person of a demo instance: what it shows is invented, and said to be. */
export async function signedIn(url: string, persona: string, acr: 2 | 3, output: Output): Promise<Session> {
  const known = Object.entries(PERSONAS).find(([key]) => key === persona)?.[1];
  if (!known)
    throw usage(
      `Persona sconosciuta: ${persona}. Scegliere tra ${Object.keys(PERSONAS).join(', ')}.`,
      `Unknown persona: ${persona}. Choose one of ${Object.keys(PERSONAS).join(', ')}.`,
    );
  const session = await signInAs(url, known.sub, acr).catch((error: unknown) => {
    const why = error instanceof Error ? error.message : '';
    const status = /status (\d{3})/.exec(why)?.[1];
    throw no(
      `Accesso non riuscito su ${url}${status === undefined ? '' : ` (risposta ${status})`}: serve un’istanza in DEMO, e che si raggiunga.`,
      `No sign-in at ${url} (an instance in DEMO is needed): ${why}`,
    );
  });
  output.invented();
  return session;
}

/** A question to the operations routes of an instance of this machine. */
export async function operate(note: OperationsNote, method: 'GET' | 'POST', path: string): Promise<{ status: number; body: unknown }> {
  const response = await fetch(`${note.url}/operations/${path}`, { method, headers: { authorization: `Bearer ${note.token}` } });
  const text = await response.text();
  return { status: response.status, body: text === '' ? undefined : (JSON.parse(text) as unknown) };
}

/** The body of an answer that said yes. @throws CommandFailure 1 with words for what was refused */
export function answered<T>(reply: { status: number; body: unknown }): T {
  if (reply.status < 300) return reply.body as T;
  const { title = String(reply.status), detail = '' } = (reply.body ?? {}) as { title?: string; detail?: string };
  throw failed(wordsOf({ code: title, status: reply.status, detail }));
}
