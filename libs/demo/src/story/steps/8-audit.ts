import { verifyBundle } from '@platform/auditing';
import { forge } from '../forgery';
import type { Checks, Step } from '../step';
import type { World } from '../world';
import { CANARIES } from './1-contact-and-case';

const AUDIT = { purpose: 'audit', acr: 3 } as const;
interface Entry {
  readonly index: number;
  readonly entry: {
    readonly body: { act: string; at: string; actor: string; effect: string; purpose: string; cases: string[]; groups: string[] };
  };
}
interface Cut {
  readonly at: string;
  readonly logs: readonly { log: string; last: { stream: string; revision: number } }[];
}
interface Replay {
  readonly phase: string;
  readonly view: { groups: Record<string, { view: string }> };
  readonly couldSee: readonly {
    actor: string;
    views: Record<string, string>;
    facts: { stream: string }[];
    policy: string;
    because: string[];
  }[];
}

type Entries = readonly Entry[];
/** What is on record gets its place in the trail within moments: asked again until the entries are as hoped. */
const search = (world: World, query: string, hoped: (entries: Entries) => boolean) =>
  world.until<{ entries: Entries }>('ada', 'GET', `/api/audit/entries?${query}`, ({ body }) => hoped(body.entries ?? []), AUDIT);
const some = (entries: Entries): boolean => entries.length > 0;

/** A case as of an index or an instant: where the log stood, then what the case was there. */
async function replayed(world: World, caseHandle: string, where: string, more = ''): Promise<Replay> {
  const cut = await world.get<Cut>('ada', `/api/audit/cut?${where}&log=cases@umbria`, AUDIT);
  const last = cut.body.logs[0]?.last;
  const query = `stream=${last?.stream}&revision=${last?.revision}&at=${cut.body.at}${more}`;
  return (await world.get<Replay>('ada', `/api/cases/${caseHandle}/replay?${query}`, AUDIT)).body;
}

async function run(world: World, check: Checks): Promise<void> {
  check.refused('an operator has no business in the trail', await world.get('giulia', '/api/audit/entries', AUDIT), 404);
  check.refused('the platform’s administrator reads no case', await world.get('piero', `/api/cases/${world.knows('case')}`), 404);

  // Of what the story itself did, the first: the instance may hold other data.
  const opened = await search(world, `act=OpenCase&effect=permitted&from=${world.began}&limit=200`, some);
  const caseHandle = opened.body.entries?.at(-1)?.entry.body.cases[0] ?? '';
  check.holds('the trail calls the case by a name of its own', caseHandle !== '' && caseHandle !== world.knows('case'));
  const trail = await search(world, 'limit=200', some);
  check.holds(
    'the trail holds no personal value',
    CANARIES.every((canary) => !trail.text.includes(canary)),
  );
  const denied = await search(world, 'act=ReadCase&effect=denied&limit=50', some);
  check.holds('who was turned away is on record', denied.body.entries.length > 0);

  const elenas = (entries: Entries): Entry | undefined =>
    entries.findLast(({ entry }) => entry.body.purpose === 'direct_assistance' && !entry.body.groups.includes('PROT'));
  const reading = `act=ReadCase&effect=permitted&group=CON&case=${caseHandle}&limit=200`;
  const granted = elenas((await search(world, reading, (entries) => elenas(entries) !== undefined)).body.entries);
  check.holds('Elena’s reading after acceptance is found', granted !== undefined);
  const elena = granted?.entry.body.actor ?? '';
  const at = granted?.index ?? 0;
  const then = await replayed(world, caseHandle, `index=${at}`, `&actor=${elena}&group=CON`);
  check.holds(
    'replayed, the case shows what she could see then',
    then.view?.groups.CON !== undefined && then.view.groups.PLAN === undefined,
  );
  const how = then.couldSee?.find((one) => one.actor === elena);
  check.holds(
    'she could see the contact by a grant, a consent, a membership and a policy',
    (how?.facts.length ?? 0) >= 4 && (how?.policy ?? '') !== '',
  );
  const again = await replayed(world, caseHandle, `index=${at}`, `&actor=${elena}&group=CON`);
  check.equal('asked again, the answer is the same', again, then);
  const instant = await replayed(world, caseHandle, `time=${granted?.entry.body.at}`);
  check.equal('an instant is answered like its index', instant.phase, then.phase);
  const before = await replayed(world, caseHandle, `index=${opened.body.entries?.at(-1)?.index}`);
  check.holds('before any consent nobody of Toscana could see anything', !before.couldSee?.some((one) => one.actor === elena));
  const today = await replayed(world, caseHandle, `time=${new Date().toISOString()}`, '&group=CON');
  check.holds('and today she no longer can', !today.couldSee?.some((one) => one.actor === elena));

  const kept = await world.get<{ note: string; vkey: string }>('ada', '/api/audit/checkpoint', AUDIT);
  const bundle = await world.get('ada', '/api/audit/bundle', AUDIT);
  const outside = { outsideCheckpoint: kept.body.note, vkey: kept.body.vkey };
  const honest = verifyBundle(Buffer.from(bundle.text), outside);
  check.holds(
    'the bundle verifies against a checkpoint kept outside, with no server',
    honest.ok,
    honest.findings.map(({ code }) => code).join(),
  );
  const forged = forge(bundle.text, kept.body.note, world.keysFolder);
  const found = verifyBundle(Buffer.from(forged), outside);
  check.holds('a copy rewritten and signed anew is caught by it', !found.ok, 'nothing was found');
  if (world.keysFolder !== undefined) {
    check.holds(
      'even when the log’s own key signed it',
      found.findings.some(({ code }) => code === 'outside.differs'),
      found.findings.map(({ code }) => code).join(),
    );
    check.holds('which without the checkpoint nobody would have seen', verifyBundle(Buffer.from(forged), { vkey: kept.body.vkey }).ok);
  }
}

export const step8: Step = {
  number: 8,
  name: 'The auditor replays, asks who could see what, and verifies',
  run,
  fault: ({ path, status, body }) =>
    path.startsWith('/api/audit/entries?limit') ? { status, body: { entries: [{ note: CANARIES[0] }] } } : { status, body },
};
