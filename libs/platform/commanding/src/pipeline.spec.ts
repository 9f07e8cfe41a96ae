import { type AuditBody, type AuditReceipt, AuditRecorder } from '@platform/auditing';
import { deny, hide, type Judgement, permit } from '@platform/access';
import { MemoryEventStore } from '@platform/event-store';
import {
  type Authority,
  Command,
  type Decider,
  type DomainEvent,
  DomainError,
  type Grounded,
  refused,
  systemActor,
} from '@platform/kernel';
import { type Pseudonym, type Vault, Vaults } from '@platform/pseudonymity';
import { DecisionLog } from '@platform/querying';
import { boundTo, Pipeline } from './pipeline';
import { type Accepted, CommandAccess, type Slice } from './slice';

type Opened = DomainEvent<'BoxOpened', { size: number }>;
class OpenBox extends Command {
  readonly kind = 'OpenBox';
  constructor(
    readonly id: string,
    readonly size: number,
  ) {
    super();
  }
}
const decider: Decider<number, OpenBox, Opened> = {
  initialState: 0,
  decide: ({ size }, opened) => {
    if (size < 0) throw refused('box.too-small', 'A box has a size.');
    return opened === 99 ? [] : [{ type: 'BoxOpened', data: { size }, secret: { NEED: { size } } }];
  },
  evolve: (opened) => opened + 1,
};
const slice: Slice<number, OpenBox, Opened, object> = {
  context: 'boxes',
  noun: 'box',
  decider,
  commands: [OpenBox],
  regionOf: () => 'umbria',
  casesOf: () => ['case-1'],
};

const grounds = { policy: 'p1', reasons: ['T-1'], facts: [{ stream: 'consent-1', revision: 2 }] };
class Access extends CommandAccess<number, OpenBox, object> {
  answer: Judgement = permit(grounds);
  gather = (): Promise<Grounded<object>> => Promise.resolve({ value: {}, facts: [{ stream: 'team-1', revision: 7 }] });
  judge = (): Promise<Judgement> => Promise.resolve(this.answer);
}
class Recorder extends AuditRecorder {
  readonly bodies: AuditBody[] = [];
  broken = false;
  record(body: AuditBody): Promise<AuditReceipt> {
    if (this.broken) return Promise.reject(new DomainError('audit.unavailable', 'unavailable', 'No trail.', [], 1));
    this.bodies.push(body);
    return Promise.resolve({ producer: 'spec', seq: this.bodies.length, sha256: '', body });
  }
}
const vault = {
  handlesFor: (subjects: readonly string[], audience: string): Promise<Map<string, Pseudonym>> =>
    Promise.resolve(new Map(subjects.map((subject) => [subject, { handle: `${audience}:${subject}`, codename: '' }]))),
  seal: (_subject: string, bound: string, value: unknown): Promise<string> => Promise.resolve(`${bound}:${JSON.stringify(value)}`),
};
class Region extends Vaults {
  of = (): Vault => vault as unknown as Vault;
  open = (): Promise<Vault> => Promise.resolve(this.of());
  regions = (): readonly string[] => ['umbria'];
}

const BOX = 'box-00000000-0000-7000-8000-000000000001';
let commandId = 0;
const by = (changed: Partial<Authority> = {}): Authority => ({
  actor: { ...systemActor('umbria'), member: 'member-1', organisation: 'organisation-1', roles: ['operator'], session: 's1', acr: 2 },
  purpose: 'direct_assistance',
  at: '2031-03-14T12:00:00.000Z',
  request: 'r1',
  commandId: `c${++commandId}`,
  causation: null,
  correlation: 'r1',
  ...changed,
});

describe('the command pipeline', () => {
  let [store, access, recorder] = [new MemoryEventStore(), new Access(), new Recorder()];
  let pipeline: Pipeline;
  const run = (command: OpenBox, authority = by()): Promise<Accepted> => pipeline.execute(slice, access, command.by(authority));

  beforeEach(() => {
    [store, access, recorder] = [new MemoryEventStore(), new Access(), new Recorder()];
    pipeline = new Pipeline(store, new Region(), new DecisionLog(recorder, new Region()), Buffer.alloc(32, 1));
  });

  it('stores what was decided with who, why and on which facts', async () => {
    const { revision, log } = await run(new OpenBox(BOX, 1));
    const [event] = await store.readStream(BOX);
    expect([revision, log]).toEqual([0, 'boxes@umbria']);
    expect(event?.meta).toMatchObject({
      actor: 'member-1',
      policy: 'p1',
      reasons: ['T-1'],
      cases: ['case-1'],
      command: 'OpenBox',
      region: 'umbria',
    });
    expect(event?.meta.facts).toEqual([
      { stream: 'consent-1', revision: 2 },
      { stream: 'team-1', revision: 7 },
    ]);
  });

  it('seals secret groups to their place before anything is stored', async () => {
    await run(new OpenBox(BOX, 1));
    await run(new OpenBox(BOX, 2));
    const events = await store.readStream(BOX);
    expect(events.map((event) => event.sealed?.NEED)).toEqual([
      `${boundTo(BOX, 0, 'NEED')}:{"size":1}`,
      `${boundTo(BOX, 1, 'NEED')}:{"size":2}`,
    ]);
  });

  it('refuses a command that nobody issued', async () => {
    await expect(pipeline.execute(slice, access, new OpenBox(BOX, 1))).rejects.toThrow('issued by nobody');
  });

  it('answers a repeated command with its first result and stores nothing more', async () => {
    const authority = by();
    const first = await run(new OpenBox(BOX, 1), authority);
    await run(new OpenBox(BOX, 5));
    expect(await run(new OpenBox(BOX, 1), authority)).toMatchObject({ revision: first.revision, position: first.position });
    expect(await store.readStream(BOX)).toHaveLength(2);
  });

  it('refuses the id of a command that was issued with another body', async () => {
    const authority = by();
    await run(new OpenBox(BOX, 1), authority);
    await expect(run(new OpenBox(BOX, 2), authority)).rejects.toMatchObject({ code: 'request.idempotency-key-reused', kind: 'refused' });
  });

  it('digests bodies under a key: a plain hash of a few codes could be guessed', async () => {
    const body = '{"size":1}';
    const elsewhere = new MemoryEventStore();
    const other = new Pipeline(elsewhere, new Region(), new DecisionLog(recorder, new Region()), Buffer.alloc(32, 2));
    await run(new OpenBox(BOX, 1), by({ body }));
    await other.execute(slice, access, new OpenBox(BOX, 1).by(by({ body })));
    const [[ours], [theirs]] = await Promise.all([store.readStream(BOX), elsewhere.readStream(BOX)]);
    expect(ours?.meta.commandHash).toMatch(/^[0-9a-f]{64}$/);
    expect(ours?.meta.commandHash).not.toBe(theirs?.meta.commandHash);
  });

  it.each([
    ['hides a record outside need-to-know', hide(grounds), 'not-found', 'box.not-found'],
    ['says no to somebody who may see the record', deny(grounds), 'forbidden', 'box.forbidden'],
  ])('%s and puts the denial on record first', async (_, answer, kind, code) => {
    access.answer = answer;
    await expect(run(new OpenBox(BOX, 1))).rejects.toMatchObject({ kind, code });
    expect(recorder.bodies).toMatchObject([{ act: 'OpenBox', effect: 'denied', reasons: ['T-1'], cases: ['audit@umbria:case-1'] }]);
    expect(await store.readStream(BOX)).toEqual([]);
  });

  it('does not even say no while the trail cannot be written', async () => {
    access.answer = hide(grounds);
    recorder.broken = true;
    await expect(run(new OpenBox(BOX, 1))).rejects.toMatchObject({ code: 'audit.unavailable', kind: 'unavailable' });
  });

  it('puts a rule’s refusal on record and passes it on', async () => {
    await expect(run(new OpenBox(BOX, -1))).rejects.toMatchObject({ code: 'box.too-small' });
    expect(recorder.bodies).toMatchObject([{ effect: 'refused', reasons: ['box.too-small'] }]);
  });

  it('tells whoever stated a revision that the record has moved on', async () => {
    await run(new OpenBox(BOX, 1));
    await expect(run(new OpenBox(BOX, 1), by({ expectedRevision: -1 }))).rejects.toMatchObject({ kind: 'stale', code: 'box.stale' });
    await expect(run(new OpenBox(BOX, 1), by({ expectedRevision: 0 }))).resolves.toMatchObject({ revision: 1 });
  });

  it.each([
    ['before anything else is done', (command: OpenBox) => pipeline.before(slice, access, command)],
    ['when it is executed', (command: OpenBox) => pipeline.execute(slice, access, command)],
  ])('asks for the version decided on only whoever may know that there is a record, %s', async (_, ask) => {
    await run(new OpenBox(BOX, 1));
    const asked = (expectedRevision: number | 'outdated' | 'unstated'): Promise<unknown> =>
      ask(new OpenBox(BOX, 2).by(by({ expectedRevision })));
    await expect(asked('unstated')).rejects.toMatchObject({ kind: 'precondition-missing', code: 'box.precondition-missing' });
    await expect(asked('outdated')).rejects.toMatchObject({ kind: 'stale', code: 'box.stale' });
    await expect(asked(7)).rejects.toMatchObject({ kind: 'stale', code: 'box.stale' });
    access.answer = hide(grounds);
    for (const stated of ['unstated', 'outdated', 7, 0] as const)
      await expect(asked(stated)).rejects.toMatchObject({ kind: 'not-found', code: 'box.not-found' });
    expect(await store.readStream(BOX)).toHaveLength(1);
  });

  const clock = (): Authority => by({ actor: systemActor('umbria') });

  it('lets a decision stand when only the service itself has put something on record since', async () => {
    await run(new OpenBox(BOX, 1));
    for (let n = 0; n < 2; n++) await run(new OpenBox(BOX, 2), clock());
    expect(await pipeline.before(slice, access, new OpenBox(BOX, 3).by(by({ expectedRevision: 0 })))).toBeUndefined();
    await expect(run(new OpenBox(BOX, 3), by({ expectedRevision: 0 }))).resolves.toMatchObject({ revision: 3 });
    // From then on somebody else has decided, whatever the service did before or after.
    await run(new OpenBox(BOX, 2), clock());
    for (const decidedOn of [0, 1, 2])
      await expect(run(new OpenBox(BOX, 3), by({ expectedRevision: decidedOn }))).rejects.toMatchObject({ code: 'box.stale' });
  });

  it('answers by its rules what has become of the record by that', async () => {
    await run(new OpenBox(BOX, 1));
    await run(new OpenBox(BOX, 2), clock());
    const late = run(new OpenBox(BOX, -1), by({ expectedRevision: 0 }));
    await expect(late).rejects.toMatchObject({ kind: 'refused', code: 'box.too-small' });
  });

  it.each([
    ['the service itself', clock, { revision: 2 }, undefined],
    ['somebody else', by, undefined, 'box.stale'],
  ])('decides again for whoever stated a revision when %s was faster by a moment', async (_, faster, done, code) => {
    await run(new OpenBox(BOX, 1));
    let first = true;
    access.gather = async () => {
      if (first) {
        first = false;
        await run(new OpenBox(BOX, 2), faster());
      }
      return { value: {}, facts: [] };
    };
    const answer = run(new OpenBox(BOX, 3), by({ expectedRevision: 0 }));
    if (done) await expect(answer).resolves.toMatchObject(done);
    else await expect(answer).rejects.toMatchObject({ code });
  });

  it('decides again for those who stated none when somebody was faster', async () => {
    const all = await Promise.all([1, 2, 3].map((size) => run(new OpenBox(BOX, size))));
    expect(all.map(({ revision }) => revision).sort()).toEqual([0, 1, 2]);
  });

  it('asks for permission without changing anything', async () => {
    expect(await pipeline.before(slice, access, new OpenBox(BOX, 1).by(by()))).toBeUndefined();
    expect([await store.readStream(BOX), recorder.bodies]).toEqual([[], []]);
    access.answer = deny(grounds);
    await expect(pipeline.before(slice, access, new OpenBox(BOX, 1).by(by()))).rejects.toMatchObject({ kind: 'forbidden' });
  });
});
