import 'reflect-metadata';
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { signInAs } from '@platform/sign-in';
import { PERSONAS, runStory, STEPS, World } from '@raccordo/demo';
import type { FaultProxy } from '../../libs/platform/event-store/test/fault-proxy';
import { Cluster, type ServiceName } from './cluster';
import { onKafkaAndKurrentDb } from './engines';
import { Load, patiently } from './load';
import { ROOT } from './root';
import type { ServiceProcess } from './service-process';
import { AUDIT, type Entry, openedIn, trailOf } from './trail';

const KILLED: readonly ServiceName[] = ['cases', 'vault', 'relay', 'regions', 'referrals', 'audit', 'alerts', 'gateway'];
/** Random moments, but the same at every run. */
const moments = [2, 1, 3, 1, 2, 1, 2, 1];

jest.setTimeout(600_000);
let cluster: Cluster;
let world: World;

/** The first three steps of the story: Elena of Toscana reads a case of Umbria through a grant. */
beforeAll(async () => {
  cluster = await Cluster.start({ engines: await onKafkaAndKurrentDb({ failing: true }) });
  world = await World.at(cluster.url);
  const steps = await runStory(world, STEPS.slice(0, 3));
  expect(steps.filter(({ ok }) => !ok)).toEqual([]);
});
afterAll(() => cluster?.stop());

/** Nobody works on when a test has failed half way. */
const loads: Load[] = [];
afterEach(() => Promise.allSettled(loads.splice(0).map((load) => load.stop())));
function working(name: string): Load {
  const load = new Load(world, 'giulia', 'bruno', name);
  loads.push(load);
  load.start();
  return load;
}

/** `once`: a refusal is what is looked for, and nobody asks again by themselves. */
const granted = (once = false) => world.get('elena', `/api/cases/${world.knows('case-toscana')}`, { purpose: 'direct_assistance', once });
const own = (once = false) => world.get('giulia', `/api/cases/${world.knows('case')}`, { once });
const statusOf = async (ask: () => ReturnType<typeof own>): Promise<number> => (await ask().catch(() => ({ status: 503 }))).status;
async function until(what: string, holds: () => Promise<boolean>, patience = 120_000): Promise<void> {
  const end = performance.now() + patience;
  while (!(await holds())) {
    if (performance.now() > end) throw new Error(`it never came about that ${what}`);
    await wait(100);
  }
}
const everythingWorks = () =>
  until('everything works again', async () => (await statusOf(granted)) === 200 && (await statusOf(own)) === 200);

const trail = (): Promise<Entry[]> => trailOf(world);
const total = async (): Promise<number> => ((await patiently(() => world.get('giulia', '/api/cases'))).body as { total: number }).total;

describe('separate services', () => {
  it('describe one interface, that of the API reference', async () => {
    const reference = JSON.parse(readFileSync(path.join(ROOT, 'docs/reference/openapi.json'), 'utf8')) as object;
    expect(await (await fetch(`${cluster.url}/openapi.json`)).json()).toEqual(reference);
  });

  it('are told the time of the demo together, and each goes on with its own afterwards', async () => {
    const at = new Date(Date.now() + 3 * 86_400_000).toISOString();
    await world.holdClock(at);
    const answer = await world.post('giulia', '/api/cases', {
      ...{ team: world.ids.teams['equipe-umbria'], ageBand: 'adult', language: 'fr' },
    });
    await world.holdClock(undefined);
    expect(answer.status).toBe(201);
    const entries = await world.until<{ entries: { entry: { body: { at: string } } }[] }>(
      ...(['ada', 'GET', `/api/audit/entries?act=OpenCase&effect=permitted&limit=200`] as const),
      ({ body }) => body.entries?.some(({ entry }) => entry.body.at.startsWith(at.slice(0, 19))) ?? false,
      AUDIT,
    );
    expect(entries.body.entries.some(({ entry }) => entry.body.at.startsWith(at.slice(0, 19)))).toBe(true);
  });

  it('tell open pages that something changed, until the person signs out', async () => {
    const session = await signInAs(cluster.url, PERSONAS.giulia.sub, 2);
    const stream = await session.raw(new URL('/api/changes/cases', cluster.url));
    expect(stream.headers.get('content-type')).toMatch(/^text\/event-stream/);
    const reader = stream.body?.getReader();
    let heard = '';
    const listening = (async () => {
      for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) heard += Buffer.from(part.value).toString();
      return 'ended';
    })();
    await until('a change is told', async () => {
      await world.change('giulia', `/api/cases/${world.knows('case')}`, `/api/cases/${world.knows('case')}/needs`, {
        ...{ needs: [['legal', 'housing', 'italian_language'][Math.floor(performance.now()) % 3]], urgent: false },
      });
      return /^event: (?!reset)/m.test(heard);
    });
    await session.signOut();
    expect(await Promise.race([listening, wait(120_000, 'still open', { ref: false })])).toBe('ended');
  });

  it('have read models built again by whoever runs the installation, those of a log and those of topics, through the one address', async () => {
    type Item = { readonly name: string; readonly rebuild?: { readonly state: string } };
    const listed = async (context: string): Promise<readonly Item[]> =>
      ((await patiently(() => world.get('piero', `/api/read-models/${context}`))).body as { items: Item[] }).items;
    for (const context of ['regions', 'cases', 'referrals', 'alerts', 'audit']) expect((await listed(context)).length).toBeGreaterThan(0);
    for (const [context, name] of [['cases', 'case-file'] as const, ['referrals', 'referral-facts'] as const]) {
      expect((await world.post('piero', `/api/read-models/${context}/${name}/rebuild`, {})).status).toBe(202);
      const state = async () => (await listed(context)).find((item) => item.name === name)?.rebuild?.state;
      await until(`${name} is built again`, async () => (await state()) !== 'running');
      expect([name, await state()]).toEqual([name, 'done']);
    }
    expect((await world.get('giulia', '/api/read-models/cases', { once: true })).status).toBe(404);
    await everythingWorks();
  });

  it('hand the work of a killed relay to the other, and do none of it twice', async () => {
    const second = await cluster.another('relay');
    await second.start();
    try {
      await cluster.service('relay').end('SIGKILL');
      await everythingWorks(); // heartbeats come from the second now: without them reads through grants are refused
      await cluster.service('relay').start();
      await second.end('SIGKILL');
      await everythingWorks();
    } finally {
      await second.end('SIGKILL');
    }
    await trail();
  });
});

describe('whatever is killed, at whatever moment', () => {
  it('loses nothing, does nothing twice and shows nobody more', async () => {
    const before = { total: await total(), entries: openedIn(await trail()) };
    const load = working('under-kills');
    for (const [n, name] of KILLED.entries()) {
      await load.progress(moments[n] ?? 1);
      await cluster.service(name).end('SIGKILL');
      await wait(20 * (moments[n] ?? 1)); // somebody is in the middle of something
      await cluster.service(name).start();
    }
    await load.progress(3);
    await load.stop();
    expect(load.leaked).toEqual([]);
    expect(new Set(load.opened).size).toBe(load.opened.length);
    await until('every case is in the list', async () => (await total()) === before.total + load.opened.length);
    await until('every case is in the trail', async () => openedIn(await trail()) === before.entries + load.opened.length);
    await everythingWorks();
  });

  it('goes on after a restart of Postgres, without a new sign-in', async () => {
    const before = await total();
    const load = working('under-a-restart');
    await load.progress(2);
    await cluster.restartPostgres(async () => {
      expect(await statusOf(own)).toBe(503);
      expect(await statusOf(granted)).toBe(503);
    });
    await load.progress(3);
    await load.stop();
    expect(load.leaked).toEqual([]);
    await until('every case is in the list', async () => (await total()) === before + load.opened.length);
    await everythingWorks();
    await trail();
  });
});

// A real server at KURRENTDB_URL has no network of ours before it.
(process.env.KURRENTDB_URL === undefined ? describe : describe.skip)('an event store', () => {
  it.each<[string, (network: FaultProxy) => void]>([
    ['whose connections stay open while nothing passes through them', (network) => void (network.swallow = 'both')],
    ['that answers nothing of what it does', (network) => void (network.swallow = 'answers')],
    ['that breaks off whatever is begun', (network) => void (network.refuses = true)],
  ])('%s is waited for: nobody reads through a grant meanwhile, nothing is lost and nothing done twice', async (_, fail) => {
    const { network } = cluster.engines;
    if (!network) throw new Error('nothing lies between');
    const before = { total: await total(), entries: openedIn(await trail()) };
    const load = working(`without-a-store-${_.length}`);
    await load.progress(2);
    fail(network);
    await until('reads through grants are refused', async () => (await statusOf(() => granted(true))) === 503);
    for (let n = 0; n < 5; n++) expect(await statusOf(() => granted(true))).toBe(503);
    network.heal();
    network.latency = 40; // slow, for a while
    await load.progress(2);
    network.latency = 0;
    await load.progress(2);
    await load.stop();
    expect(load.leaked).toEqual([]);
    await until('every case is in the list', async () => (await total()) === before.total + load.opened.length);
    await until('every case is in the trail', async () => openedIn(await trail()) === before.entries + load.opened.length);
    await everythingWorks();
  });
});

describe('a clock that is minutes off', () => {
  // Behind, not ahead: what a relay said of the future keeps reads through grants refused until that future is past.
  const skewed = ['--require', path.join(__dirname, 'skewed-clock.cjs')];
  const whileSkewed = async (name: ServiceName, look: (service: ServiceProcess) => Promise<void>): Promise<void> => {
    const service = cluster.service(name);
    await service.end();
    await service.start(skewed);
    try {
      await look(service);
    } finally {
      await service.end();
      await service.start();
    }
    await everythingWorks();
  };

  it('at the cases’ service makes it answer 503, and never more than it may', () =>
    whileSkewed('cases', async () => {
      expect(await statusOf(() => own(true))).toBe(503);
      expect(await statusOf(() => granted(true))).toBe(503);
    }));

  it('at the relay ends reads through grants, since nobody knows how old the news are; a team’s own reads go on', () =>
    whileSkewed('relay', async () => {
      await until('reads through grants are refused', async () => (await statusOf(() => granted(true))) === 503);
      await until('own reads are answered', async () => (await statusOf(() => own(true))) === 200);
      for (let n = 0; n < 20; n++) expect(await statusOf(() => granted(true))).toBe(503);
    }));
});

describe('a full disk of a spool', () => {
  it('refuses every read of the service, and nothing more is shown than is on record', async () => {
    const spool = path.join(cluster.home, 'cases/spool');
    const service = cluster.service('cases');
    await service.end();
    const kept = path.join(cluster.home, 'kept-spool');
    execFileSync('cp', ['-a', spool, kept]);
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=512k', 'tmpfs', spool]);
    const filler = path.join(spool, 'filler');
    try {
      execFileSync('cp', ['-a', `${kept}/.`, spool]);
      await service.start();
      await everythingWorks();
      const room = statfsSync(spool);
      writeFileSync(filler, Buffer.alloc(room.bavail * room.bsize));
      await until('nothing can be put on record', async () => (await statusOf(own)) === 503);
      const answers = [await own(), await granted(), await world.get('giulia', '/api/cases')];
      for (const { status, text } of answers) {
        expect(status).toBe(503);
        expect(text).not.toContain(world.knows('case'));
      }
      rmSync(filler);
      await everythingWorks();
      await service.end();
      rmSync(kept, { recursive: true });
      execFileSync('cp', ['-a', spool, kept]);
    } finally {
      rmSync(filler, { force: true });
      await service.end();
      execFileSync('umount', [spool]);
      rmSync(spool, { recursive: true, force: true });
      mkdirSync(path.dirname(spool), { recursive: true });
      execFileSync('cp', ['-a', kept, spool]);
      await service.start();
    }
    await everythingWorks();
    await trail();
  });
});

describe('a revocation while Kafka is down', () => {
  it('is never outrun: reads through grants are refused until it has been heard', async () => {
    const [broker] = cluster.engines.kafka?.brokers ?? [];
    if (!broker) throw new Error('there is no broker');
    const [theirs, ours] = [`/api/referrals/${world.knows('referral-toscana')}`, `/api/referrals/${world.knows('referral')}`];
    for (const [step, body] of [['service', {}] as const, ['outcome', { outcome: 'provided' }] as const])
      expect((await patiently(() => world.change('elena', theirs, `${theirs}/${step}`, body))).status).toBe(204);
    await everythingWorks();
    await broker.kill();
    await until('reads through grants are refused', async () => (await statusOf(() => granted(true))) === 503);
    await until('own reads are answered', async () => (await statusOf(() => own(true))) === 200);

    // The sender ends what the grant rests on, in another context: the cases' service cannot hear of it now.
    const ended = await patiently(() => world.change('giulia', ours, `${ours}/closure`));
    expect([ended.status, ended.text]).toEqual([204, '']);
    for (let n = 0; n < 20; n++) expect(await statusOf(() => granted(true))).not.toBe(200);

    await broker.start();
    const answers: number[] = [];
    await until('the revocation has been heard', async () => {
      answers.push(await statusOf(() => granted(true)));
      return answers.at(-1) === 404;
    });
    expect(answers).not.toContain(200);
    await until('own reads are answered', async () => (await statusOf(() => own(true))) === 200);
    await trail();
  });
});
