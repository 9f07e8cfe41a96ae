import { uuidOf } from '@platform/commanding';
import { PERSONAS } from '@raccordo/demo';
import { addressOf, answered, signedIn } from './instance';
import { EXIT, type Output, usage } from './output';

export interface AskedOfInstance {
  readonly url?: string;
  readonly as: string;
}
/** The last fact of a log before the point, and the instant it was judged at. */
interface Point {
  readonly stream: string;
  readonly revision: number;
  readonly at: string;
}
interface Cut {
  readonly at: string;
  readonly logs: readonly { readonly last: { readonly stream: string; readonly revision: number } }[];
}
interface Found {
  readonly next?: number | null;
  readonly entries: readonly {
    readonly entry: { readonly body: { readonly at: string }; readonly event?: { readonly stream: string; readonly revision: number } };
  }[];
}
type Ask = <T>(path: string) => Promise<T>;
interface Replay {
  readonly at: string;
  readonly phase: string;
  readonly couldSee: readonly {
    readonly actor: string;
    readonly purpose: string;
    readonly views: Readonly<Record<string, string>>;
    readonly because: readonly string[];
  }[];
}

/** The case as it was at an entry of the trail, a revision of its own, or an instant, and who could see what. */
export async function replayCommand(handle: string, { url, as, at }: AskedOfInstance & { at: string }, output: Output): Promise<number> {
  const session = await signedIn(addressOf(url), as, 3, output);
  const audit = { purpose: 'audit' };
  const ask: Ask = async (path) => answered(await session.get(path, audit));
  const point = await pointOf(at, handle, ask);
  const query = new URLSearchParams({ stream: point.stream, revision: String(point.revision), at: point.at });
  const replay = await ask<Replay>(`/api/cases/${encodeURIComponent(handle)}/replay?${query.toString()}`);
  const lines = replay.couldSee.map(
    ({ actor, purpose, views, because }) => `  ${actor} (${purpose}): ${Object.keys(views).join(', ')} [${because.join(', ')}]`,
  );
  output.say(replay, {
    it: [`Il ${replay.at}, fase ${replay.phase}. Poteva vedere:`, ...lines].join('\n'),
    en: [`On ${replay.at}, phase ${replay.phase}. Could see:`, ...lines].join('\n'),
  });
  return EXIT.ok;
}

/** `123` an entry of the trail, `r12` a revision of the case, else an instant. */
async function pointOf(at: string, handle: string, ask: Ask): Promise<Point> {
  const revision = /^r(\d{1,9})$/.exec(at)?.[1];
  if (revision !== undefined) return pointOfRevision(Number(revision), handle, ask);
  const index = /^\d{1,9}$/.test(at);
  if (!index && Number.isNaN(Date.parse(at)))
    throw usage('--at: un numero di voce, r<revisione> o un istante.', '--at: the number of an entry, r<revision>, or an instant.');
  const where = index ? `index=${at}` : `time=${new Date(at).toISOString()}`;
  const cut = await ask<Cut>(`/api/audit/cut?${where}&log=cases@${handle.split('.')[0] ?? ''}`);
  const last = cut.logs[0]?.last;
  if (!last) throw usage('A quel punto la regione non aveva ancora casi.', 'At that point the region had no case yet.');
  return { ...last, at: cut.at };
}

/** The entry made from that very event says when it was decided. */
async function pointOfRevision(revision: number, handle: string, ask: Ask): Promise<Point> {
  for (let before = ''; ;) {
    const query = new URLSearchParams({ case: handle, effect: 'permitted', limit: '200', ...(before === '' ? {} : { before }) });
    const page = await ask<Found>(`/api/audit/entries?${query.toString()}`);
    const found = page.entries.find(({ entry }) => entry.event?.stream === handle && entry.event.revision === revision);
    if (found) return { stream: handle, revision, at: found.entry.body.at };
    if (page.next === undefined || page.next === null) throw usage('Il caso non ha questa revisione.', 'The case has no such revision.');
    before = String(page.next);
  }
}

/** Whether a member may do something with a case, and why. */
export async function canCommand(
  [who, act, handle]: readonly [string, string, string],
  { url, as, why, purpose }: AskedOfInstance & { why?: boolean; purpose?: string },
  output: Output,
): Promise<number> {
  const session = await signedIn(addressOf(url), as, 3, output);
  const member = who in PERSONAS ? `member-${uuidOf(`setup|member|${who}`)}` : who;
  const query = new URLSearchParams({ member, act, ...(purpose === undefined ? {} : { purpose }) });
  const path = `/api/cases/${encodeURIComponent(handle)}/explanation?${query.toString()}`;
  const answer = answered<{ may: boolean; because: { it: string; en: string } }>(await session.get(path, { purpose: 'audit' }));
  const yes = { it: answer.may ? 'sì' : 'no', en: answer.may ? 'yes' : 'no' };
  output.say(answer, why ? { it: `${yes.it}: ${answer.because.it}`, en: `${yes.en}: ${answer.because.en}` } : yes);
  return answer.may ? EXIT.ok : EXIT.no;
}

interface Erasures {
  readonly items: readonly {
    readonly handle: string;
    readonly subject: { readonly kind: string };
    readonly ground: string;
    readonly etag: string;
  }[];
}

/** What waits to be erased; with a handle, the data protection officer's approval of it, upon which the key is destroyed. */
export async function shredCommand(handle: string | undefined, { url, as }: AskedOfInstance, output: Output): Promise<number> {
  const session = await signedIn(addressOf(url), as, 3, output);
  const { items } = answered<Erasures>(await session.get('/api/erasures', { purpose: 'data_subject_request' }));
  if (handle === undefined) {
    for (const item of items) output.say(item, `${item.handle}  ${item.subject.kind}  ${item.ground}`);
    if (items.length === 0) output.note({ it: 'Nessuna cancellazione in attesa.', en: 'No erasure waits.' });
    return EXIT.ok;
  }
  const waiting = items.find((item) => item.handle === handle);
  if (!waiting) throw usage('Nessuna cancellazione in attesa ha questo codice.', 'No erasure that waits has this handle.');
  const reply = await session.post(
    `/api/erasures/${encodeURIComponent(handle)}/approval`,
    {},
    { match: waiting.etag, purpose: 'data_subject_request' },
  );
  answered(reply);
  output.say(
    { ok: true, approved: handle },
    { it: 'Approvata: la chiave viene distrutta ora.', en: 'Approved: the key is being destroyed now.' },
  );
  return EXIT.ok;
}
