import 'reflect-metadata';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { readConfig } from '@platform/config';
import { folders, type Running, runningInstance, startApplication } from '@platform/runtime';
import { runCli } from '@raccordo/cli';
import { runStory, STEPS, World } from '@raccordo/demo';
import { composition } from '../src/composition';

const AUDIT = { purpose: 'audit', acr: 3 } as const;
const home = mkdtempSync(path.join(tmpdir(), 'raccordo-cli-'));
chmodSync(home, 0o711);
// Each command signs in anew, and all from one address.
const environment = { DATA_DIR: path.join(home, 'data'), PORT: '0', DEMO: 'true', LOG_LEVEL: 'silent', SIGN_INS_PER_MINUTE: '60000' };

async function cli(...argv: string[]): Promise<{ code: number; out: string; err: string }> {
  const [out, err]: [string[], string[]] = [[], []];
  const code = await runCli(argv, composition, { out: (line) => out.push(line), err: (line) => err.push(line) });
  return { code, out: out.join('\n'), err: err.join('\n') };
}
const lines = (text: string): Record<string, unknown>[] => text.split('\n').map((line) => JSON.parse(line) as Record<string, unknown>);

describe('the command line', () => {
  const before = { ...process.env };
  let running: Running;
  let world: World;
  let handle: string;
  let opening: number;

  beforeAll(async () => {
    Object.assign(process.env, environment);
    running = await startApplication(readConfig(), composition);
    world = await World.at(running.url);
    await runStory(world, STEPS.slice(0, 1));
    type Entries = { entries: { index: number; entry: { body: { cases: string[] } } }[] };
    const opened = await world.until<Entries>(
      'ada',
      'GET',
      '/api/audit/entries?act=OpenCase&effect=permitted',
      ({ body }) => (body.entries?.length ?? 0) > 0,
      AUDIT,
    );
    handle = opened.body.entries[0]?.entry.body.cases[0] ?? '';
    opening = opened.body.entries[0]?.index ?? 0;
  });
  afterAll(async () => {
    await running.stop();
    process.env = before;
    rmSync(home, { recursive: true, force: true });
  });

  it.each([
    ['an unknown command', ['nothing']],
    ['an unknown option', ['story', '--loud']],
    ['a language it does not speak', ['doctor', '--lang', 'xx']],
    ['a fault the story does not have', ['story', '--fault', '77']],
    ['a fault that is no number', ['story', '--fault', 'two']],
    ['an address with a path', ['story', '--url', 'http://127.0.0.1/here']],
    ['a backup without a place for the keys', ['backup', 'somewhere']],
    ['a bundle that cannot be read', ['verify', '--bundle', path.join(home, 'none')]],
    ['a point in time that is none', ['replay', 'umbria.x', '--at', 'yesterday']],
    ['a reset of nobody', ['user', 'reset']],
    ['topics without brokers', ['topics', 'create']],
    ['topics without partitions', ['topics', 'create', '--partitions', 'many']],
    ['a person nobody invented', ['can', 'giulia', 'ReadCase', 'umbria.x', '--as', 'nobody']],
  ])('answers 2 to %s', async (_, argv) => {
    expect((await cli(...argv)).code).toBe(2);
  });

  it('answers 0 to a request for help', async () => {
    expect((await cli('--help')).code).toBe(0);
  });

  it('speaks Italian unless told otherwise', async () => {
    expect((await cli('keys', 'shred')).out).toBe('DATI INVENTATI\nNessuna cancellazione in attesa.');
    expect((await cli('keys', 'shred', '--lang', 'en')).out).toBe('INVENTED DATA\nNo erasure waits.');
  });

  it('says of whatever it shows that it is invented, beside the lines of JSON and not among them', async () => {
    const keys = ['--region-keys', path.join(home, 'some.keys'), '--passphrase-file', path.join(home, 'words')];
    writeFileSync(path.join(home, 'words'), 'parole lunghe e inventate', { mode: 0o600 });
    for (const argv of [
      ['replay', handle, '--at', 'r0'],
      ['can', 'giulia', 'ReadCase', handle],
      ['keys', 'shred'],
      ['doctor'],
      ['backup', path.join(home, 'backup'), ...keys],
    ])
      expect([argv[0], (await cli(...argv)).out.split('\n')[0]]).toEqual([argv[0], 'DATI INVENTATI']);
    const json = await cli('doctor', '--json');
    expect([json.err, lines(json.out).length > 3]).toEqual(['DATI INVENTATI', true]);
  });

  it('says of a healthy instance that every part holds, one line of JSON each', async () => {
    const { code, out } = await cli('doctor', '--json');
    expect(lines(out).filter(({ ok }) => ok !== true)).toEqual([]);
    expect(lines(out).map(({ part }) => part)).toEqual(
      expect.arrayContaining(['key-files', 'database-durable', 'clock-agrees', 'checkpoints-fresh']),
    );
    expect(code).toBe(0);
  });

  it('finds a key that others may read, and says what to do', async () => {
    const file = path.join(folders(environment.DATA_DIR).keys, 'careless.key');
    writeFileSync(file, 'x', { mode: 0o600 });
    chmodSync(file, 0o644);
    try {
      const { code, out } = await cli('doctor', '--lang', 'en');
      expect(out).toMatch(/^FAIL key-files → .*careless\.key.*chmod 600/m);
      expect(code).toBe(1);
    } finally {
      rmSync(file);
    }
  });

  it('builds a read model again, refuses to for a reactor, and knows no other name', async () => {
    expect((await cli('projections', 'rebuild', 'case-file')).code).toBe(0);
    expect((await cli('projections', 'status')).code).toBe(0);
    const reactor = ['projections', 'rebuild', 'grant-when-referred'];
    expect((await cli(...reactor)).err).toBe(
      'projection.not-rebuildable: Questo agisce sugli eventi: rileggerli tutti lo farebbe agire di nuovo.',
    );
    expect(await cli(...reactor, '--lang', 'en')).toMatchObject({
      ...{ code: 1, err: 'projection.not-rebuildable: It acts on events: replaying them all would act again.' },
    });
    const nobody = await cli('projections', 'rebuild', 'nobody');
    expect([nobody.code, nobody.err]).toEqual([1, 'projection.not-found: Non c’è, oppure non riguarda il lavoro di chi chiede.']);
  });

  it('shows at a terminal how far a rebuild is, and ends it on Ctrl-C with everything as it was', async () => {
    const { store } = running.foundation;
    const readLog = store.readLog.bind(store);
    const [gate, seen] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const held = jest.spyOn(store, 'readLog').mockImplementation(async (log, after, limit) => {
      if (after === undefined) await gate.promise;
      return readLog(log, after, limit);
    });
    const [shown, said]: [string[], string[]] = [[], []];
    const now = (line: string): void => {
      shown.push(line);
      seen.resolve();
    };
    const streams = { out: (line: string) => said.push(line), err: (line: string) => said.push(line), now };
    try {
      const rebuilding = runCli(['projections', 'rebuild', 'case-file', '--lang', 'en'], composition, streams);
      await seen.promise;
      expect(shown[0]).toMatch(/^case-file: 0\/\d+ \(0%\) events$/);
      const second = await cli('projections', 'rebuild', 'case-file', '--json');
      expect([second.code, second.out]).toEqual([1, expect.stringContaining('projection.rebuilding')]);
      process.emit('SIGINT', 'SIGINT');
      expect(await rebuilding).toBe(130);
      expect(said).toEqual(['Stopped: case-file is as it was.']);
      expect(shown.at(-1)).toBe('');
    } finally {
      gate.resolve();
      held.mockRestore();
    }
    const again = await cli('projections', 'rebuild', 'case-file', '--json');
    expect([again.code, again.out]).toEqual([0, '{"ok":true,"rebuilt":"case-file"}']);
  });

  it('looks after no ways in where the people are invented', async () => {
    const asked = await cli('user', 'list', '--lang', 'en');
    expect([asked.code, asked.out]).toEqual([1, '']);
    expect(asked.err).toMatch(/^No accounts are kept here/);
  });

  it('opens operations to the token of the data folder only, and to nobody behind a proxy', async () => {
    const note = runningInstance(folders(environment.DATA_DIR).keys);
    const ask = async (headers: Record<string, string>): Promise<number> =>
      (await fetch(`${running.url}/operations/status`, { headers })).status;
    const authorization = `Bearer ${note?.token}`;
    expect(await ask({ authorization })).toBe(200);
    expect(await ask({})).toBe(404);
    expect(await ask({ authorization: `${authorization}x` })).toBe(404);
    expect(await ask({ authorization, 'x-forwarded-for': '192.0.2.1' })).toBe(404);
  });

  it('replays a case at an entry and at a revision of its own', async () => {
    const at = await cli('replay', handle, '--at', String(opening), '--json');
    expect(at.code).toBe(0);
    expect(lines(at.out)[0]).toMatchObject({ phase: 'Emersion', view: { handle } });
    expect((await cli('replay', handle, '--at', 'r0', '--json')).out).toBe(at.out);
    expect((await cli('replay', handle, '--at', 'r4', '--json')).out).not.toBe(at.out);
    expect((await cli('replay', handle, '--at', 'r999')).code).toBe(2);
    expect((await cli('replay', handle, '--at', String(opening), '--as', 'giulia')).code).toBe(1);
  });

  it('says who may and who may not, and why', async () => {
    const may = await cli('can', 'giulia', 'ReadCase', handle, '--why', '--lang', 'en');
    expect([may.code, may.out.startsWith('INVENTED DATA\nyes: This person may see «service, region')]).toEqual([0, true]);
    const not = await cli('can', 'bruno', 'ReadCase', handle, '--why');
    expect([not.code, not.out]).toEqual([
      1,
      'DATI INVENTATI\nno: Questa persona non può vedere nulla di questo caso perché non ha alcuna relazione con il caso.',
    ]);
    expect((await cli('can', 'bruno', 'CloseCase', handle)).code).toBe(1);
    expect((await cli('can', 'giulia', 'CloseCase', handle)).code).toBe(0);
    const unknown = await cli('can', 'giulia', 'Fly', handle);
    expect([
      unknown.code === 0,
      `${unknown.out}${unknown.err}`.includes('request.invalid') || `${unknown.out}${unknown.err}`.includes('explanation.unknown-act'),
    ]).toEqual([false, true]);
  });

  it('explains a case to nobody outside need-to-know', async () => {
    const path1 = `/api/cases/${world.knows('case')}/explanation?member=${world.ids.members.giulia}&act=ReadCase`;
    expect((await world.get('giulia', path1)).body).toMatchObject({ may: true });
    for (const who of ['bruno', 'nino', 'piero'] as const) expect((await world.get(who, path1)).status).toBe(404);
  });

  it('tells a trail that was altered from one that was not', async () => {
    const kept = await world.get<{ note: string; vkey: string }>('ada', '/api/audit/checkpoint', AUDIT);
    const bundle = await world.get('ada', '/api/audit/bundle', AUDIT);
    const file = (name: string, text: string): string => {
      writeFileSync(path.join(home, name), text);
      return path.join(home, name);
    };
    const checkpoint = file('checkpoint', kept.body.note);
    const honest = file('honest', bundle.text);
    expect((await cli('verify', '--bundle', honest, '--checkpoint', checkpoint, '--vkey', kept.body.vkey)).code).toBe(0);
    const altered = file('altered', bundle.text.replace('"effect":"permitted"', '"effect":"denied"'));
    expect((await cli('verify', '--bundle', altered, '--checkpoint', checkpoint, '--vkey', kept.body.vkey)).code).toBe(1);
  });

  it('lists what waits to be erased to the data protection officer, and destroys the key upon approval', async () => {
    const reveals = `/api/cases/${world.knows('case')}/reveals`;
    const reveal = { group: 'ID', field: 'family_name', reason: 'Prima e dopo la cancellazione' };
    expect((await world.post('giulia', reveals, reveal)).status).toBe(201);
    const asked = await world.change('giulia', `/api/cases/${world.knows('case')}`, '/api/erasures', {
      subject: world.knows('case'),
      ground: 'asked_by_person',
    });
    expect(asked.status).toBe(201);
    await world.until<{ items: unknown[] }>('dora', 'GET', '/api/erasures', ({ body }) => (body.items?.length ?? 0) > 0, {
      purpose: 'data_subject_request',
    });
    const waiting = lines((await cli('keys', 'shred', '--json')).out);
    expect(waiting).toHaveLength(1);
    expect((await cli('keys', 'shred', 'umbria.none')).code).toBe(2);
    expect((await cli('keys', 'shred', String(waiting[0]?.handle))).code).toBe(0);
    // The handle went with the key: whoever held it is told what one who invented it would be told.
    const gone = await world.until('giulia', 'GET', `/api/cases/${world.knows('case')}`, ({ status }) => status === 404);
    expect(gone.status).toBe(404);
    expect((await world.post('giulia', reveals, reveal)).status).toBe(404);
  });
});
