import type { AuditBody } from '@platform/auditing';
import type { RebuildProgress } from '@platform/consuming';
import { routesOf } from '@platform/http';
import { DomainError } from '@platform/kernel';
import { RegionsApp, type Who } from './regions-app';

interface Item {
  readonly name: string;
  readonly acts: boolean;
  readonly state: string;
  readonly behind?: number;
  readonly parked: number;
  readonly rebuildable: boolean;
  readonly rebuild?: RebuildProgress;
}
type Answer = { rebuild?: RebuildProgress; title?: string };

const CONTEXTS = ['regions', 'cases', 'referrals', 'alerts', 'audit'];
const STAFF = '/api/read-models/regions/staff-register';
const OTHERS: readonly [Who, number, string][] = [
  ['dora', 403, 'readModel.forbidden'],
  ['carla', 404, 'readModel.not-found'],
  ['dino', 404, 'readModel.not-found'],
];

describe('the read models of an installation', () => {
  let app: RegionsApp;
  const trail: AuditBody[] = [];
  let trailIsAway = false;
  /** While it is closed, whoever reads a log from its beginning waits: a rebuild does, and who has read it does not. */
  let gate: PromiseWithResolvers<void> | undefined;

  beforeAll(async () => {
    app = await RegionsApp.start();
    const { store, recorder } = app.running.foundation;
    const [readLog, record] = [store.readLog.bind(store), recorder.record.bind(recorder)];
    jest.spyOn(store, 'readLog').mockImplementation(async (log, after, limit) => {
      if (after === undefined) await gate?.promise;
      return readLog(log, after, limit);
    });
    jest.spyOn(recorder, 'record').mockImplementation((body) => {
      if (trailIsAway) return Promise.reject(new DomainError('audit.unavailable', 'unavailable', 'The trail is away.', [], 1));
      trail.push(body);
      return record(body);
    });
  }, 120_000);
  beforeEach(() => void trail.splice(0));
  afterEach(() => gate?.resolve());
  afterAll(async () => {
    jest.restoreAllMocks();
    await app?.stop();
  }, 60_000);

  const list = async (who: Who, context = 'regions'): Promise<readonly Item[]> =>
    (await app.get<{ items: Item[] }>(who, `/api/read-models/${context}`)).body.items;
  const progress = async (name = STAFF): Promise<RebuildProgress | undefined> =>
    (await app.get<Answer>('anna', `${name}/rebuild`)).body.rebuild;
  const ended = async (state: string): Promise<void> => app.until(async () => (await progress())?.state === state);
  const start = (who: Who, of = STAFF) => app.post<Answer>(who, `${of}/rebuild`);
  const cancel = (who: Who, of = STAFF) => app.post<Answer>(who, `${of}/rebuild/cancellation`);
  /** What the trail says of these requests, without what an office’s own list adds. */
  const recorded = (): [string, string, readonly string[]][] => trail.map(({ act, effect, reasons }) => [act, effect, reasons]);
  const rows = async (): Promise<number> => (await app.get<{ items: unknown[] }>('anna', '/api/members')).body.items.length;

  it('are listed for the administrator of a region’s office, context by context, with nothing of what is in them', async () => {
    for (const context of CONTEXTS) {
      const reply = await app.get<{ items: Item[] }>('anna', `/api/read-models/${context}`);
      expect([context, reply.status]).toEqual([context, 200]);
      expect(reply.body.items.length).toBeGreaterThan(0);
      expect(reply.text).not.toMatch(/@|[0-9a-f]{8}-[0-9a-f]{4}|\d{10}|vault:/);
    }
    expect((await list('anna')).find(({ name }) => name === 'staff-register')).toEqual({
      ...{ name: 'staff-register', acts: false, state: 'running', behind: 0, parked: 0, rebuildable: true },
    });
    expect((await list('olga')).length).toBe((await list('anna')).length);
    expect((await list('anna', 'referrals')).filter(({ acts, rebuildable }) => acts && rebuildable)).toEqual([]);
    expect(new Set(recorded().map(([act, effect]) => `${act} ${effect}`))).toEqual(new Set(['ReadReadModels permitted']));
  });

  it('are nobody else’s: whatever they ask and name is refused alike, and on record', async () => {
    const asked = routesOf(app.running.app).filter(({ path }) => path.startsWith('/api/read-models/'));
    expect(asked.length).toBe(4 * CONTEXTS.length);
    for (const [who, status, title] of OTHERS)
      for (const { method, path, act } of asked)
        for (const name of ['staff-register', 'case-file', 'nothing']) {
          trail.splice(0);
          const place = path.replace(':name', name);
          const reply = method === 'GET' ? await app.get<Answer>(who, place) : await app.post<Answer>(who, place);
          expect([who, place, reply.status, reply.body.title]).toEqual([who, place, status, title]);
          expect(trail.map((entry) => [entry.act, entry.effect])).toEqual([[act, 'denied']]);
          expect(JSON.stringify(trail)).not.toContain(name);
        }
    expect((await fetch(`${app.running.url}${STAFF}/rebuild`, { method: 'POST' })).status).toBe(401);
    expect((await app.get('anna', '/api/read-models/regions', 1)).status).toBe(403);
    expect((await list('anna')).every(({ rebuild }) => rebuild === undefined)).toBe(true);
  });

  it('are built again on request: under way, cancelled without a change, begun anew, done; each decision on record', async () => {
    const before = await rows();
    gate = Promise.withResolvers();
    trail.splice(0);
    const started = await start('anna');
    expect([started.status, started.body.rebuild]).toMatchObject([202, { state: 'running', applied: 0, cancelling: false }]);
    const total = started.body.rebuild?.total ?? 0;
    expect(total).toBeGreaterThan(5);
    expect(recorded()).toEqual([['RebuildReadModel', 'permitted', ['P-RM.RebuildReadModel', 'read-model.staff-register']]]);
    expect(trail[0]).toMatchObject({ region: 'umbria', role: 'administrator', cases: [], groups: [] });
    expect(await rows()).toBe(before);
    trail.splice(0);
    const second = await start('olga');
    expect([second.status, second.body.title]).toEqual([409, 'projection.rebuilding']);
    expect(recorded()).toEqual([['RebuildReadModel', 'refused', ['projection.rebuilding', 'read-model.staff-register']]]);
    expect(await list('olga')).toContainEqual(expect.objectContaining({ name: 'staff-register', rebuild: await progress() }));

    trail.splice(0);
    expect((await cancel('olga')).status).toBe(202);
    expect(recorded()).toEqual([['CancelRebuild', 'permitted', ['P-RM.CancelRebuild', 'read-model.staff-register']]]);
    await ended('cancelled');
    expect(await rows()).toBe(before);
    trail.splice(0);
    const late = await cancel('anna');
    expect([late.status, late.body.title]).toEqual([409, 'projection.not-rebuilding']);
    expect(recorded()).toEqual([['CancelRebuild', 'refused', ['projection.not-rebuilding', 'read-model.staff-register']]]);

    expect((await start('anna')).status).toBe(202);
    trail.splice(0);
    gate.resolve();
    await ended('done');
    expect(recorded()).toEqual([]);
    expect(await progress()).toMatchObject({ applied: total, total });
    expect(await rows()).toBe(before);
  });

  it('that act on events are never built again, and one that is none is not found', async () => {
    const acting = `/api/read-models/regions/${(await list('anna')).find(({ acts }) => acts)?.name ?? ''}`;
    trail.splice(0);
    const reply = await start('anna', acting);
    expect([reply.status, reply.body.title]).toEqual([409, 'projection.not-rebuildable']);
    expect(trail.map(({ effect }) => effect)).toEqual(['refused']);
    for (const name of ['nothing', 'case-file', '..%2Fcases']) {
      trail.splice(0);
      const absent = await start('anna', `/api/read-models/regions/${name}`);
      expect([absent.status, absent.body.title]).toEqual([404, 'readModel.not-found']);
      expect(recorded()).toEqual([['RebuildReadModel', 'denied', ['readModel.unknown']]]);
    }
  });

  it('stay as they are where the decision cannot be put on record', async () => {
    const last = await progress();
    trailIsAway = true;
    expect((await start('anna')).status).toBe(503);
    trailIsAway = false;
    expect(await progress()).toEqual(last);
    gate = Promise.withResolvers();
    expect((await start('anna')).status).toBe(202);
    trailIsAway = true;
    expect((await cancel('anna')).status).toBe(503);
    trailIsAway = false;
    expect(await progress()).toMatchObject({ state: 'running', cancelling: false });
    trailIsAway = true;
    expect((await app.get('anna', '/api/read-models/regions')).status).toBe(503);
    trailIsAway = false;
    gate.resolve();
    await ended('done');
  });
});
