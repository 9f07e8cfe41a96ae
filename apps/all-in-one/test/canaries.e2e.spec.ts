import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { readConfig } from '@platform/config';
import { startPostgres } from '@platform/event-store';
import { backUp, folders } from '@platform/runtime';
import { PERSONAS, runStory, STEPS, World } from '@raccordo/demo';
import { Client } from 'pg';
import { formsOf, tracesBelow, tracesIn, tracesInTables } from './traces';

/** Words of everything the story says about a person or in somebody's own words, and the names of the people who work. */
const SECRETS = [
  ...['Zafferano', 'Quellarino', '000 55501', 'Fantasma', '99999990007'],
  ...['pronto soccorso', 'giustificato, lo dico', 'risulta dal registro', 'ha detto di sì', 'quanti mesi', 'Almeno sei mesi'],
  ...['QX-90417/77031', 'c0ffee5eedca5e5a11ed0c5a11ed0c5a11ed0c5a11ed0c5a11ed0c5a11ed0c5a'],
  ...['Accoglienza della persona', 'Vorrei sapere il nome', 'Non serve davvero'],
  ...Object.values(PERSONAS).map(({ name }) => name),
];
/** Answers that give a value to whoever may have it: the only ones in which one may stand. */
const MAY_TELL = /\/reveals$|\/clarifications$|\/auth\/|\/issuer\/|\/oidc\/|\/interaction\/|\/demo$/;
const AUDIT = { purpose: 'audit', acr: 3 } as const;
const ROOT = path.join(__dirname, '../../..');

/** The application as a process of its own, writing every line of every level, while the whole story is lived in it. */
describe('nothing that was said of a person (A6)', () => {
  const home = mkdtempSync(path.join(tmpdir(), 'raccordo-canaries-'));
  const data = path.join(home, 'data');
  const answers: { where: string; status: number; text: string }[] = [];
  const logged: Buffer[] = [];
  const realFetch = globalThis.fetch;
  let child: ChildProcess;
  let world: World;
  /** Where only root may walk down to the folder the database lies elsewhere: it says where. */
  let database = '';
  const ended = async (): Promise<void> => {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill('SIGTERM');
      await once(child, 'exit');
    }
  };

  beforeAll(async () => {
    chmodSync(home, 0o711);
    child = fork(path.join(__dirname, '../src/main.ts'), {
      execArgv: ['-r', path.join(ROOT, 'tools/typescript-hook.cjs')],
      env: { ...process.env, NODE_OPTIONS: '', DATA_DIR: data, PORT: '0', DEMO: 'true', LOG_LEVEL: 'trace' },
      silent: true,
    });
    const url = await new Promise<string>((resolve, reject) => {
      child.stdout?.on('data', (chunk: Buffer) => {
        logged.push(chunk);
        const ready = /^ready (\S+)$/m.exec(Buffer.concat(logged).toString('utf8'));
        if (ready?.[1]) resolve(ready[1]);
      });
      child.stderr?.on('data', (chunk: Buffer) => void logged.push(chunk));
      child.once('exit', () => reject(new Error(`ended before it was ready: ${Buffer.concat(logged).toString('utf8')}`)));
    });
    globalThis.fetch = async (...given) => {
      const answer = await realFetch(...given);
      const { url: asked, status } = answer;
      answers.push({ where: new URL(asked).pathname, status, text: await answer.clone().text() });
      return answer;
    };
    database = (await startPostgres(folders(data).pg)).home;
    world = await World.at(url, folders(data).keys);
    const steps = await runStory(world, STEPS);
    expect(steps.filter(({ ok }) => !ok)).toEqual([]);
  }, 180_000);
  afterAll(async () => {
    globalThis.fetch = realFetch;
    await ended();
    rmSync(home, { recursive: true, force: true });
    rmSync(database, { recursive: true, force: true });
  });

  it('comes back in the refusal of a request that names it in the wrong place', async () => {
    const before = answers.length;
    for (const secret of SECRETS.slice(0, 5)) {
      await world.post('giulia', '/api/cases', { ageBand: secret, [secret]: secret, person: [{ group: secret, field: secret, value: 7 }] });
      await world.post('giulia', '/api/referrals', { case: secret, reason: secret });
      await world.post('nino', '/api/break-glass', { codename: secret, custodian: secret, group: 'CON', account: secret }, AUDIT);
      await world.get('giulia', `/api/cases/${encodeURIComponent(secret)}`);
      await world.get('giulia', `/api/cases?need=${encodeURIComponent(secret)}&${encodeURIComponent(secret)}=1`);
      await world.get('ada', `/api/audit/entries?actor=${encodeURIComponent(secret)}`, AUDIT);
      await world.post('giulia', `/api/cases/${world.knows('case')}/${encodeURIComponent(secret)}`, {}, { key: 'canary-key-1' });
      await realFetch(`${world.url}/api/${encodeURIComponent(secret)}`, {
        headers: { cookie: `raccordo=${secret.replace(/[^\x20-\x7e]/g, '')}` },
      });
    }
    const refused = answers.slice(before);
    expect(refused.length).toBeGreaterThan(30);
    expect(refused.filter(({ status }) => status < 400 && status !== 200)).toEqual([]);
    expect(refused.flatMap(({ where, status, text }) => tracesIn(SECRETS, Buffer.from(text), `${status} ${where}`))).toEqual([]);
  });

  it('stands in any answer but those that open one value to whoever may see it', () => {
    const told = answers.filter(({ where }) => !MAY_TELL.test(where));
    expect(told.length).toBeGreaterThan(200);
    const things = SECRETS.slice(0, -Object.keys(PERSONAS).length);
    expect(told.flatMap(({ where, status, text }) => tracesIn(things, Buffer.from(text), `${status} ${where}`))).toEqual([]);
    // The search is not blind: the values were opened, and stand where they may.
    expect(answers.some(({ where, text }) => where.endsWith('/reveals') && text.includes('Zafferano'))).toBe(true);
  });

  it('stands in metrics, in health, in the API description, in the exported trail or its checkpoint', async () => {
    const texts = await Promise.all([
      ...['/metrics', '/health/ready', '/openapi.json'].map(
        async (where) => [where, await (await realFetch(world.url + where)).text()] as const,
      ),
      ...['/api/audit/bundle', '/api/audit/checkpoint', '/api/audit/entries?limit=200'].map(
        async (where) => [where, (await world.get('ada', where, AUDIT)).text] as const,
      ),
    ]);
    for (const [where, text] of texts) expect([where, text.length > 20]).toEqual([where, true]);
    expect(texts.flatMap(([where, text]) => tracesIn(SECRETS, Buffer.from(text), where))).toEqual([]);
  });

  it('stands in a backup or its file of keys', async () => {
    const [folder, keys] = [path.join(home, 'backup'), path.join(home, 'keys')];
    mkdirSync(keys);
    const config = readConfig({ DATA_DIR: data, PORT: '0', DEMO: 'true', LOG_LEVEL: 'silent' });
    await backUp(config, {
      folder,
      keysFile: path.join(keys, 'regions.keys'),
      passphrase: 'parole lunghe e inventate',
      at: new Date().toISOString(),
    });
    const [copied, keyed] = [tracesBelow(folder, SECRETS), tracesBelow(keys, SECRETS)];
    expect(copied.files).toBeGreaterThan(100);
    expect([...copied.found, ...keyed.found]).toEqual([]);
  }, 60_000);

  it('stands in a log line of any level, on either stream', async () => {
    await ended();
    const all = Buffer.concat(logged);
    for (const level of ['debug', 'info']) expect(all.includes(`"level":"${level}"`)).toBe(true);
    expect(all.toString('utf8').split('\n').length).toBeGreaterThan(300);
    expect(tracesIn(SECRETS, all, 'log')).toEqual([]);
  });

  it('stands in any file: database, its log of writes and of words, spool, keys', async () => {
    await ended();
    const [around, below] = [tracesBelow(data, SECRETS), tracesBelow(database, SECRETS)];
    expect(around.files).toBeGreaterThan(5);
    expect(below.files).toBeGreaterThan(500);
    expect([...around.found, ...below.found]).toEqual([]);
    writeFileSync(path.join(data, 'planted'), 'la signora Quellarino');
    expect(tracesBelow(data, SECRETS).found).toEqual(['planted: Quellarino']);
  }, 60_000);

  it('stands in any table, catalogues included, for whoever holds the machine', async () => {
    await ended();
    const postgres = await startPostgres(folders(data).pg);
    const client = new Client(postgres.connection);
    await client.connect();
    try {
      const { tables, found } = await tracesInTables(client, SECRETS);
      expect(tables).toBeGreaterThan(60);
      expect(found).toEqual([]);
      await client.query('create temporary table planted (bytes bytea)');
      await client.query('insert into planted values ($1)', [Buffer.from('Signora Zafferano')]);
      expect((await tracesInTables(client, SECRETS)).found).toEqual(
        ['pg_temp.planted: Zafferano'].map(() => expect.stringContaining('planted: Zafferano') as string),
      );
    } finally {
      await client.end();
      await postgres.stop();
    }
  }, 60_000);

  it('is overlooked in another form: the search finds each', () => {
    for (const around of ['', 'x', 'xy', 'xyz'])
      for (const form of [
        `${around}Zafferano`,
        Buffer.from(`${around}Zafferano e altro`).toString('base64'),
        Buffer.from(`${around}Zafferano`).toString('hex'),
        `${around}ZAFFERANO`,
      ])
        expect(tracesIn(['Zafferano'], Buffer.from(form), 'here')).toEqual(['here: Zafferano']);
    expect(tracesIn(['detto di sì'], Buffer.from('{"a":"detto di s\\u00ec"}'), 'here')).toHaveLength(1);
    expect(tracesIn(['Zafferano'], Buffer.from('Zafferano', 'utf16le'), 'here')).toHaveLength(1);
    expect(formsOf('Zafferano').every((form) => form.length >= 9)).toBe(true);
  });
});
