import type { Published } from '@contracts';
import { type Consumer, ConsumerRunner, type EventHandler } from '@platform/consuming';
import type { RecordedEvent } from '@platform/kernel';
import { NOON, recorded, streamId } from '@platform/testing';
import type { DataSource } from 'typeorm';
import { type SpecDatabase, specDatabase } from '../../../platform/event-store/test/spec-database';
import { StaffRegister } from './member/staff-register.projection';
import { OpenWork } from './open-work.projection';
import { OrganisationRegister } from './organisation/organisation-register.projection';
import { PolicyRegister } from './policy/policy-register.projection';
import { RegionRegister } from './region/region-register.projection';
import { regionsSchema } from './regions.schema';
import { TeamRegister } from './team/team-register.projection';
import { AgreementRegister } from './territorial-agreement/agreement-register.projection';

const [region, coop, comune, anna, team, agreement] = [
  'region',
  'organisation',
  'organisation',
  'member',
  'team',
  'territorialAgreement',
].map((noun, n) => streamId(noun, n + 1)) as [string, string, string, string, string, string];
const [first, second] = [streamId('policy', 1), streamId('policy', 2)];
const nameRef = 'vault:umbria:abcdefghijklmnopqrstuvwxyz';
const terms = {
  parties: [
    { organisation: coop, region: 'umbria' },
    { organisation: comune, region: 'toscana' },
  ],
  scope: ['joint_case'],
  caps: [],
  expiresAt: '2031-04-01T00:00:00.000Z',
};
const policy = (number: number) => ({ region: 'umbria', number, hash: `${number}`.repeat(64), document: { version: `${number}` } });
const lines = [{ cell: 'seal.readers', direction: 'WIDENS', before: 'nobody', after: 'responsible' }];
const seat = { member: anna, organisation: coop, region: 'umbria', discipline: 'educator' };

/** What happened, in order; revisions count per stream. */
const STORY: readonly [stream: string, type: string, data: object][] = [
  [region, 'RegionRegistered', { region: 'umbria' }],
  [coop, 'OrganisationRegistered', { kind: 'social_cooperative', sector: 'private_social', region: 'umbria', designation: 'Cooperativa' }],
  [
    coop,
    'OrganisationAccredited',
    { kind: 'social_cooperative', sector: 'private_social', region: 'umbria', agreement: 'a'.repeat(64), signedOn: '2031-01-01' },
  ],
  [comune, 'OrganisationRegistered', { kind: 'company', sector: 'business', region: 'toscana', nameRef }],
  [region, 'RegionActivated', { region: 'umbria', custodian: coop, controller: coop }],
  [anna, 'MemberInvited', { organisation: coop, region: 'umbria', login: 'f'.repeat(64), nameRef }],
  [anna, 'RoleAssigned', { role: 'operator', disciplines: ['educator'] }],
  [anna, 'RoleAssigned', { role: 'coordinator', disciplines: ['educator', 'lawyer'] }],
  [anna, 'RoleEnded', { role: 'operator' }],
  [
    anna,
    'VisitingMembershipStarted',
    { team, organisation: coop, region: 'umbria', discipline: 'educator', until: '2031-03-20T00:00:00.000Z' },
  ],
  [anna, 'MemberSuspended', { reason: 'misuse' }],
  [team, 'TeamProposed', { kind: 'local', leadRegion: 'umbria', organisation: coop, designation: 'Équipe' }],
  [team, 'TeamMemberAdded', seat],
  [team, 'TeamConstituted', { kind: 'local', leadRegion: 'umbria', members: [seat] }],
  [team, 'TeamMeetingRecorded', { heldOn: '2031-03-01', attendees: [anna], decisions: ['no_decision'], minutesRef: nameRef }],
  [agreement, 'AgreementDrafted', terms],
  [agreement, 'AgreementNegotiationOpened', {}],
  [agreement, 'AgreementSigned', { organisation: coop }],
  [agreement, 'AgreementSigned', { organisation: comune }],
  [agreement, 'AgreementActivated', terms],
  [first, 'PolicyProposed', { ...policy(1), lines, proposer: anna }],
  [first, 'PolicyActivated', { ...policy(1), signatures: [{ cell: 'seal.readers', signer: anna }] }],
  [second, 'PolicyProposed', { ...policy(2), lines: [], proposer: anna }],
  [second, 'PolicyActivated', { ...policy(2), signatures: [] }],
];
const revisions = new Map<string, number>();
const events: readonly RecordedEvent[] = STORY.map(([stream, type, data]) => {
  const revision = (revisions.get(stream) ?? -1) + 1;
  revisions.set(stream, revision);
  return recorded({ type, data }, { stream, revision });
});

describe('the registers of regions', () => {
  let database: SpecDatabase;
  let writer: DataSource;
  let registers: {
    regions: RegionRegister;
    organisations: OrganisationRegister;
    staff: StaffRegister;
    teams: TeamRegister;
    agreements: AgreementRegister;
    policies: PolicyRegister;
  };
  let work: OpenWork;
  let fresh: boolean;

  const feed = async (consumer: Consumer, item: RecordedEvent | Published, type: string): Promise<void> => {
    const handle = (consumer.handlers as Readonly<Record<string, EventHandler>>)[type];
    if (handle) await writer.transaction((tx) => handle(item as RecordedEvent, tx));
  };
  const consumers = (): Consumer[] => [...Object.values(registers).map((register) => register.consumer()), ...work.consumers()];
  const play = async (times: number): Promise<void> => {
    for (const consumer of consumers()) for (const table of consumer.tables) await writer.query(`delete from ${table}`);
    for (const event of events) for (const consumer of consumers()) for (let n = 0; n < times; n++) await feed(consumer, event, event.type);
  };
  const image = (): Promise<string[]> =>
    Promise.all(
      consumers()
        .flatMap(({ tables }) => tables)
        .map(async (table) => JSON.stringify(await writer.query(`select t::text from ${table} t order by 1`))),
    );

  beforeAll(async () => {
    database = await specDatabase([regionsSchema]);
    writer = await database.databases.writer('regions');
    const reader = await database.databases.reader('regions');
    registers = {
      regions: new RegionRegister(reader),
      organisations: new OrganisationRegister(reader),
      staff: new StaffRegister(reader),
      teams: new TeamRegister(reader),
      agreements: new AgreementRegister(reader),
      policies: new PolicyRegister(reader),
    };
    // How old what a topic brought may be is the runner's knowledge; here it is held still.
    const runner = Object.assign(Object.create(ConsumerRunner.prototype) as ConsumerRunner, { freshWithin: () => Promise.resolve(fresh) });
    work = new OpenWork(reader, runner);
  });
  beforeEach(async () => {
    fresh = true;
    await play(1);
  });
  afterAll(() => database.drop());

  it('are the same when every event comes twice', async () => {
    const once = await image();
    expect(once.join('')).toContain('Cooperativa');
    await play(2);
    expect(await image()).toEqual(once);
  });

  it('tell regions and who answers for them', async () => {
    expect(await registers.regions.list()).toEqual([
      { id: region, region: 'umbria', status: 'Active', custodian: coop, controller: coop, revision: 1 },
    ]);
  });

  it('tell organisations by region, kind and sector, companies without a designation', async () => {
    expect(await registers.organisations.list({ region: 'umbria' })).toMatchObject([
      { organisation: coop, designation: 'Cooperativa', status: 'Accredited' },
    ]);
    expect(await registers.organisations.list({ sector: 'business' })).toMatchObject([
      { organisation: comune, designation: null, status: 'Registered' },
    ]);
    expect(await registers.organisations.list({ kind: 'court' })).toEqual([]);
  });

  it('tell roles and disciplines as last assigned', async () => {
    expect(await registers.staff.ofOrganisation(coop)).toEqual([
      {
        ...{ member: anna, organisation: coop, region: 'umbria', status: 'Suspended', suspendedFor: 'misuse', roles: ['coordinator'] },
        ...{ disciplines: ['educator', 'lawyer'], nameRef, revision: 5 },
      },
    ]);
  });

  it('keep a login for its member until they are disabled', async () => {
    expect(await registers.staff.loginTaken('f'.repeat(64), 'another')).toBe(true);
    expect(await registers.staff.loginTaken('f'.repeat(64), anna)).toBe(false);
    await feed(registers.staff.consumer(), recorded({ type: 'MemberDisabled', data: {} }, { stream: anna, revision: 6 }), 'MemberDisabled');
    expect(await registers.staff.loginTaken('f'.repeat(64), 'another')).toBe(false);
  });

  it('know visitors until their visit ends', async () => {
    expect(await registers.staff.visitors(team, NOON)).toEqual([
      { member: anna, discipline: 'educator', until: '2031-03-20T00:00:00.000Z' },
    ]);
    expect(await registers.staff.visitors(team, '2031-03-20T00:00:00.000Z')).toEqual([]);
  });

  it('tell teams with their seats and meetings', async () => {
    expect(await registers.teams.find(team)).toMatchObject({ status: 'Constituted', designation: 'Équipe', seats: [seat], revision: 3 });
    expect(await registers.teams.list('toscana')).toEqual([]);
    expect(await registers.teams.meetings(team)).toEqual([
      { revision: 3, heldOn: '2031-03-01', attendees: [anna], decisions: ['no_decision'], minutesRef: nameRef },
    ]);
  });

  it('tell agreements to their parties and regions, and which are due', async () => {
    expect(await registers.agreements.of({ organisation: comune })).toMatchObject([
      { agreement, status: 'Active', signed: [coop, comune], terms },
    ]);
    expect(await registers.agreements.of({ organisation: anna })).toEqual([]);
    expect(await registers.agreements.of({ region: 'toscana' })).toHaveLength(1);
    expect(await registers.agreements.due(NOON)).toEqual([]);
    expect(await registers.agreements.due('2031-04-01T00:00:00.000Z')).toEqual([{ agreement, region: 'umbria' }]);
  });

  it('tell the latest policy, and which it has overtaken', async () => {
    expect(await registers.policies.latest('umbria')).toMatchObject({ policy: second, number: 2, decidedAt: NOON });
    expect((await registers.policies.overtaken('umbria')).map((row) => row.policy)).toEqual([first]);
    expect(await registers.policies.find(first)).toMatchObject({ lines, signatures: [{ cell: 'seal.readers', signer: anna }] });
    expect(await registers.policies.latest('toscana')).toBeUndefined();
  });

  it('count open custody and unanswered referrals, and do not guess when they may be out of date', async () => {
    const [custody, referrals] = work.consumers();
    const told = async (consumer: Consumer | undefined, type: string, revision: number, data: object): Promise<void> =>
      feed(consumer!, { revision, data } as Published, type);
    const [one, other] = [streamId('case', 1), streamId('case', 2)];
    await told(custody, 'CaseOpened', 0, { case: one, organisation: coop });
    await told(custody, 'CaseOpened', 0, { case: other, organisation: coop });
    await told(custody, 'CaseClosed', 4, { case: one });
    expect(await work.openCustody(coop)).toBe(1);
    await told(custody, 'CaseReopened', 5, { case: one });
    await told(custody, 'CaseClosed', 4, { case: one });
    expect(await work.openCustody(coop)).toBe(2);
    await told(referrals, 'ReferralOffered', 1, { referral: streamId('referral', 1), organisation: coop });
    expect([await work.openReferrals('umbria'), await work.openReferrals('toscana')]).toEqual([1, 0]);
    await told(referrals, 'ReferralDeclined', 2, { referral: streamId('referral', 1) });
    expect(await work.openReferrals('umbria')).toBe(0);
    fresh = false;
    await expect(work.openCustody(coop)).rejects.toMatchObject({ code: 'organisation.custody-unknown', kind: 'unavailable' });
    await expect(work.openReferrals('umbria')).rejects.toMatchObject({ code: 'region.referrals-unknown' });
  });
});
