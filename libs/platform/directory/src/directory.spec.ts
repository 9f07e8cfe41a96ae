import type { Published } from '@contracts';
import { streamId } from '@platform/testing';
import fc from 'fast-check';
import { SpecDirectory } from '../test/spec-directory';
import { anna, bruno, comune, constituted, coop, founding, loginOf, minutes, seat, team, umbria } from '../test/story';
import { directoryTables, ownDirectoryConsumer, type PostgresDirectory } from './index';

describe('the directory of a context', () => {
  let spec: SpecDirectory;
  let directory: PostgresDirectory;
  const session = { id: 's1', acr: 2 };
  const play = (messages: readonly Published[]): Promise<void> => spec.play(messages);

  beforeAll(async () => {
    spec = await SpecDirectory.start();
    directory = spec.directory;
  });
  beforeEach(() => spec.empty());
  afterAll(() => spec.stop());

  it('recognises an active member by the sign-in, with roles, disciplines, teams and the event all that stands on', async () => {
    await play(constituted(founding()).messages);
    expect(await directory.actor(loginOf(anna), session)).toEqual({
      ...{
        member: anna,
        organisation: coop,
        region: umbria,
        kind: 'social_cooperative',
        roles: ['case_manager'],
        disciplines: ['educator'],
      },
      ...{ teams: [team], session: 's1', acr: 2, standing: { stream: anna, revision: 1 } },
    });
    expect(await directory.actor('b'.repeat(64), session)).toBeUndefined();
  });

  it('knows nobody who is only invited, suspended or disabled', async () => {
    await play(founding().messages.slice(0, 3));
    expect(await directory.actor(loginOf(anna), session)).toBeUndefined();
    expect(await directory.member(anna)).toMatchObject({ status: 'invited', active: false });
    await play(founding().tell('MemberSuspended', anna, { member: anna, reason: 'misuse' }).messages);
    expect(await directory.actor(loginOf(anna), session)).toBeUndefined();
    const back = founding()
      .tell('MemberSuspended', anna, { member: anna, reason: 'misuse' })
      .tell('MemberReinstated', anna, { member: anna });
    await play(back.messages);
    expect((await directory.actor(loginOf(anna), session))?.standing).toEqual({ stream: anna, revision: 3 });
    await play(back.tell('MemberDisabled', anna, { member: anna }).messages);
    expect(await directory.actor(loginOf(anna), session)).toBeUndefined();
    expect(await directory.loginTaken(loginOf(anna))).toBe(false);
  });

  it('knows a login again with a new member, and nobody by a login of two', async () => {
    const [again, login] = [streamId('member', 9), loginOf(anna)];
    const story = founding()
      .tell('MemberInvited', again, { member: again, organisation: comune, region: umbria, login })
      .tell('RoleAssigned', again, { member: again, role: 'operator', disciplines: ['educator'] });
    await play(story.messages);
    expect(await directory.actor(login, session)).toBeUndefined();
    await play(story.tell('MemberDisabled', anna, { member: anna }).messages);
    expect((await directory.actor(login, session))?.member).toBe(again);
    expect(await directory.loginTaken(login)).toBe(true);
  });

  it('knows nobody of an organisation that lost its standing, until it is reinstated', async () => {
    const story = constituted(founding()).tell('OrganisationSuspended', coop, { organisation: coop, reason: 'investigation' });
    await play(story.messages);
    expect(await directory.actor(loginOf(anna), session)).toBeUndefined();
    expect((await directory.membersOf(team)).map(({ member }) => member)).toEqual([bruno]);
    await play(story.tell('OrganisationReinstated', coop, { organisation: coop }).messages);
    expect((await directory.actor(loginOf(anna), session))?.member).toBe(anna);
    await play(story.tell('OrganisationWithdrawn', coop, { organisation: coop }).messages);
    expect(await directory.actor(loginOf(anna), session)).toBeUndefined();
    expect(await directory.organisation(coop)).toMatchObject({ active: false, sector: 'private_social' });
  });

  it('counts nobody as a member of a team that is not constituted, or no longer', async () => {
    const story = founding();
    await play(story.messages);
    expect(await directory.membersOf(team)).toEqual([]);
    expect((await directory.actor(loginOf(anna), session))?.teams).toEqual([]);
    await play(constituted(story).messages);
    expect(await directory.membersOf(team)).toEqual([
      { team, ...seat(anna, coop, 'educator') },
      { team, ...seat(bruno, comune, 'social_worker') },
    ]);
    await play(story.tell('TeamDissolved', team, { team }).messages);
    expect(await directory.membersOf(team)).toEqual([]);
    expect(await directory.team(team)).toMatchObject({ active: false });
  });

  it('takes a removed member out of the team', async () => {
    await play(constituted(founding()).tell('TeamMemberRemoved', team, { team, member: anna }).messages);
    expect((await directory.membersOf(team)).map(({ member }) => member)).toEqual([bruno]);
    expect((await directory.actor(loginOf(anna), session))?.teams).toEqual([]);
  });

  it('believes the last revision of a team when its clock ran backwards', async () => {
    await play(constituted(founding()).tell('TeamMemberRemoved', team, { team, member: anna }, minutes(-5)).messages);
    expect((await directory.membersOf(team)).map(({ member }) => member)).toEqual([bruno]);
  });

  it('lets a visit end by itself', async () => {
    const guest = streamId('team', 2);
    const story = founding()
      .tell('TeamConstituted', guest, { team: guest, kind: 'local', leadRegion: umbria, members: [seat(bruno, comune, 'social_worker')] })
      .tell('VisitingMembershipStarted', anna, { ...seat(anna, coop, 'educator'), team: guest, until: minutes(90) });
    await play(story.messages);
    expect((await directory.actor(loginOf(anna), session))?.teams).toEqual([guest]);
    expect(await directory.membersOf(guest)).toContainEqual({ team: guest, ...seat(anna, coop, 'educator'), until: minutes(90) });
    spec.now = minutes(90);
    expect((await directory.actor(loginOf(anna), session))?.teams).toEqual([]);
    expect(await directory.membersOf(guest)).toHaveLength(1);
  });

  it('shows in the view that lists join only visits that have not ended', async () => {
    const [guest, host] = [streamId('team', 2), streamId('team', 3)];
    const long = '2001-01-01T00:00:00.000Z';
    const story = founding();
    for (const [each, until] of [
      [guest, '2001-02-01T00:00:00.000Z'],
      [host, '2999-01-01T00:00:00.000Z'],
    ] as const) {
      story
        .tell('TeamConstituted', each, { team: each, kind: 'local', leadRegion: umbria, members: [] }, long)
        .tell('VisitingMembershipStarted', anna, { ...seat(anna, coop, 'educator'), team: each, until }, long);
    }
    await play(story.messages);
    expect(await spec.reader.query('select team from cases.directory_team_member where member = $1', [anna])).toEqual([{ team: host }]);
  });

  it('ends a visit when the team removes the visitor, and when the two messages overtake each other', async () => {
    const guest = streamId('team', 2);
    const story = founding()
      .tell('TeamConstituted', guest, { team: guest, kind: 'local', leadRegion: umbria, members: [] })
      .tell('VisitingMembershipStarted', anna, { ...seat(anna, coop, 'educator'), team: guest, until: minutes(900) })
      .tell('TeamMemberRemoved', guest, { team: guest, member: anna });
    const [visit, removal] = story.messages.slice(-2);
    await play([...story.messages.slice(0, -2), removal!, visit!]);
    expect(await directory.membersOf(guest)).toEqual([]);
    await play(
      story
        .tell('VisitingMembershipStarted', anna, { ...seat(anna, coop, 'educator'), team: guest, until: minutes(900) })
        .messages.slice(-1),
    );
    expect(await directory.membersOf(guest)).toHaveLength(1);
  });

  it('does not shorten a place in a team to a visit', async () => {
    const story = constituted(founding()).tell('VisitingMembershipStarted', anna, {
      ...seat(anna, coop, 'educator'),
      team,
      until: minutes(20),
    });
    await play(story.messages);
    expect((await directory.membersOf(team)).map(({ member }) => member)).toEqual([anna, bruno]);
  });

  it('answers as of an instant, naming the events the answer stands on', async () => {
    const story = constituted(founding()) // minutes 0 to 8
      .tell('RoleEnded', anna, { member: anna, role: 'case_manager' }, minutes(20))
      .tell('TeamMemberRemoved', team, { team, member: anna }, minutes(30))
      .tell('OrganisationSuspended', coop, { organisation: coop, reason: 'investigation' }, minutes(40));
    await play(story.messages);
    expect(await directory.asOf(anna, minutes(1))).toBeUndefined();
    expect(await directory.asOf(anna, minutes(2))).toMatchObject({ status: 'invited', active: false, teams: [] });
    expect(await directory.asOf(anna, minutes(10))).toEqual({
      ...{ member: anna, organisation: coop, kind: 'social_cooperative', region: umbria, status: 'active', active: true },
      ...{ roles: ['case_manager'], disciplines: ['educator'], teams: [{ team, discipline: 'educator' }] },
      facts: [
        { stream: anna, revision: 1 },
        { stream: coop, revision: 0 },
        { stream: team, revision: 2 },
      ],
    });
    expect(await directory.asOf(anna, minutes(25))).toMatchObject({ active: true, roles: [], teams: [{ team }] });
    expect(await directory.asOf(anna, minutes(35))).toMatchObject({ active: true, teams: [] });
    expect(await directory.asOf(anna, minutes(45))).toMatchObject({ status: 'active', active: false });
  });

  it('is the same whether messages come once or twice, and in whatever order streams interleave', async () => {
    const guest = streamId('team', 2);
    const story = constituted(founding())
      .tell('TeamConstituted', guest, { team: guest, kind: 'local', leadRegion: umbria, members: [] })
      .tell('VisitingMembershipStarted', anna, { ...seat(anna, coop, 'educator'), team: guest, until: minutes(900) })
      .tell('TeamMemberRemoved', guest, { team: guest, member: anna })
      .tell('OrganisationSuspended', comune, { organisation: comune, reason: 'investigation' })
      .tell('RoleAssigned', bruno, { member: bruno, role: 'coordinator', disciplines: ['social_worker'] })
      .tell('TeamMemberRemoved', team, { team, member: bruno });
    const image = async (): Promise<unknown> =>
      Promise.all(
        directoryTables('cases').map(async (table) =>
          (await spec.writer.query<object[]>(`select * from ${table}`)).map((row) => JSON.stringify(row)).sort(),
        ),
      );
    await play(story.messages);
    const expected = await image();
    const subjects = [...new Set(story.messages.map(({ subject }) => subject))];
    const bySubject = subjects.map((subject) => story.messages.filter((message) => message.subject === subject));
    await fc.assert(
      fc.asyncProperty(fc.infiniteStream(fc.nat()), fc.boolean(), async (picks, twice) => {
        for (const table of directoryTables('cases')) await spec.writer.query(`delete from ${table}`);
        const left = bySubject.map((messages) => [...messages]);
        while (left.some((messages) => messages.length > 0)) {
          const open = left.filter((messages) => messages.length > 0);
          const next = open[picks.next().value! % open.length]!.shift()!;
          await play(twice ? [next, next] : [next]);
        }
        expect(await image()).toEqual(expected);
      }),
      { seed: 7, numRuns: 25 },
    );
  });

  it('is written by the projector alone', async () => {
    for (const table of directoryTables('cases'))
      await expect(spec.reader.query(`delete from ${table}`)).rejects.toThrow('permission denied');
  });

  it('can be fed from the own store, by what is published of it', async () => {
    const story = founding();
    const consumer = ownDirectoryConsumer('cases', (event) => story.messages.find(({ id }) => id === event.id));
    for (const message of story.messages) {
      await spec.writer.transaction(async (tx) => consumer.handlers[message.type.split('.')[2]!]?.({ id: message.id } as never, tx));
    }
    expect(consumer.source).toEqual({ store: 'cases' });
    expect((await directory.actor(loginOf(anna), session))?.member).toBe(anna);
  });
});
