import { createHash } from 'node:crypto';
import { Body, Get, HttpCode, Optional, Param, Post, Query } from '@nestjs/common';
import { Pipeline } from '@platform/commanding';
import { PostgresDirectory } from '@platform/directory';
import { Act, ContextController, type Exchange, Http, newStreamId } from '@platform/http';
import { type Authority, invalid, isStream, notFound, refused } from '@platform/kernel';
import { Vaults } from '@platform/pseudonymity';
import { type Enrolment, Enrolments } from '@platform/sign-in';
import type { Judgement } from '@platform/access';
import { Awaiting } from '../awaiting';
import { judged } from '../rulebook';
import { Running } from '../running';
import { TeamRegister } from '../team/team-register.projection';
import { MemberAccess } from './member.access';
import { AssignRoleBody, EndRoleBody, InviteMemberBody, StaffQuery, SuspendMemberBody, VisitTeamBody } from './member-bodies';
import {
  AssignRole,
  DisableMember,
  EndRole,
  InviteMember,
  memberDecider,
  ReinstateMember,
  ResetSignIn,
  SuspendMember,
  VisitTeam,
} from './member.decider';
import { memberSlice } from './member-slice';
import { type Colleague, StaffReading } from './staff-reading';
import { StaffRegister, type StaffRow } from './staff-register.projection';

type Shown = Colleague & { readonly etag: string };

@ContextController('members', 'Members')
export class MemberController {
  constructor(
    private readonly running: Running,
    private readonly pipeline: Pipeline,
    private readonly access: MemberAccess,
    private readonly vaults: Vaults,
    private readonly staff: StaffRegister,
    private readonly teams: TeamRegister,
    private readonly directory: PostgresDirectory,
    private readonly reading: StaffReading,
    private readonly awaiting: Awaiting,
    /** Where the installation is its own issuer. */
    @Optional() private readonly enrolments?: Enrolments,
  ) {}

  /** Colleagues of an organisation or team, by name. */
  @Get()
  @Act('ReadStaff')
  async list(@Http() http: Exchange, @Query() { organisation, team }: StaffQuery): Promise<{ items: Shown[] }> {
    await this.awaiting.caughtUp(http, StaffRegister.consumer, TeamRegister.consumer);
    const { by } = http;
    if (team !== undefined) {
      const [found, there] = [await this.teams.find(team), await this.directory.membersOf(team)];
      // Who was called into a team that is not constituted yet is known to the organisation that leads it; visitors only the directory knows.
      const called = found && found.status !== 'Dissolved' ? found.seats : [];
      const members = [...new Set([...called, ...there].map(({ member }) => member))];
      const judgement = staffJudgement(by, { organisations: [found?.organisation], teams: [team], region: found?.leadRegion });
      return { items: await this.#shown(http, judgement, await this.staff.ofMembers(members)) };
    }
    const whose = organisation ?? by.actor.organisation;
    const region = (await this.directory.organisation(whose))?.region;
    return {
      items: await this.#shown(http, staffJudgement(by, { organisations: [whose], region }), await this.staff.ofOrganisation(whose)),
    };
  }

  /** The caller's own membership. */
  @Get('me')
  @Act('ReadStaff')
  async me(
    @Http() http: Exchange,
  ): Promise<Shown & { kind: string; acr: number; teams: { team: string; designation: string; kind: string }[] }> {
    const { actor } = http.by;
    const [own] = await this.#shown(
      http,
      judged('ReadStaff', { organisations: [actor.organisation] }, http.by),
      await this.staff.ofMembers([actor.member]),
    );
    if (!own) throw notFound('member');
    const teams = (await this.teams.list()).filter(({ team }) => actor.teams.includes(team));
    return { ...own, kind: actor.kind, acr: actor.acr, teams: teams.map(({ team, designation, kind }) => ({ team, designation, kind })) };
  }

  @Get(':member')
  @Act('ReadStaff')
  async read(@Http() http: Exchange, @Param('member') member: string): Promise<Colleague & { signIn?: string }> {
    await this.awaiting.caughtUp(http, StaffRegister.consumer);
    const [row] = await this.staff.ofMembers([member]);
    const [shown] = await this.#shown(
      http,
      staffJudgement(http.by, { organisations: [row?.organisation], region: row?.region }),
      row ? [row] : [],
    );
    if (!shown) throw notFound('member');
    http.tag(member, shown.revision);
    return { ...shown, ...(this.enrolments ? { signIn: (await this.enrolments.stateOf(member)).state } : {}) };
  }

  /** Where the installation is its own issuer, answers the link by which the person makes their account; it goes to them by a safe way. */
  @Post()
  @Act('InviteMember')
  async invite(
    @Http() http: Exchange,
    @Body() { organisation = http.by.actor.organisation, issuer, subject, name }: InviteMemberBody,
  ): Promise<{ member: string; enrolment?: Enrolment }> {
    const id = newStreamId('member', http.by.commandId);
    const here = issuer === undefined && subject === undefined ? this.enrolments : undefined;
    const login = here?.loginOf(id) ?? loginAt(issuer, subject);
    const done = await this.pipeline.before(memberSlice, this.access, new InviteMember(id, organisation, login).by(http.by));
    const vault = this.vaults.of(http.by.actor.region);
    const nameRef = name === undefined || done ? undefined : await vault.put(id, 'STAFF', 'name', name);
    await this.running.run(http, http.by, new InviteMember(id, organisation, login, nameRef));
    http.created(`/api/members/${id}`);
    // A resend finds the account made meanwhile, or opens another link in place of the one that was not received.
    const open = here && (await here.stateOf(id)).state !== 'enrolled';
    return { member: id, ...(open ? { enrolment: await here.invite(id) } : {}) };
  }

  /** Throws the person's ways in away, ends their sessions and answers a link by which they make new ones. */
  @Post(':member/sign-in-reset')
  @HttpCode(200)
  @Act('ResetSignIn')
  async resetSignIn(@Http() http: Exchange, @Param('member') member: string): Promise<Enrolment> {
    if (!this.enrolments) throw refused('member.signs-in-elsewhere', 'Accounts are looked after by the issuer people sign in at.');
    await this.running.run(http, await this.#at(http, member), new ResetSignIn(member));
    return this.enrolments.reset(member);
  }

  @Post(':member/roles')
  @HttpCode(204)
  @Act('AssignRole')
  async assignRole(@Http() http: Exchange, @Param('member') member: string, @Body() { role, disciplines }: AssignRoleBody): Promise<void> {
    await this.running.run(http, await this.#at(http, member), new AssignRole(member, role, disciplines));
  }

  @Post(':member/role-endings')
  @HttpCode(204)
  @Act('EndRole')
  async endRole(@Http() http: Exchange, @Param('member') member: string, @Body() { role }: EndRoleBody): Promise<void> {
    await this.running.run(http, await this.#at(http, member), new EndRole(member, role));
  }

  @Post(':member/visits')
  @HttpCode(204)
  @Act('VisitTeam')
  async visit(@Http() http: Exchange, @Param('member') member: string, @Body() { team, discipline, until }: VisitTeamBody): Promise<void> {
    await this.running.run(http, await this.#at(http, member), new VisitTeam(member, team, discipline, until));
  }

  @Post(':member/suspension')
  @HttpCode(204)
  @Act('SuspendMember')
  async suspend(@Http() http: Exchange, @Param('member') member: string, @Body() { reason }: SuspendMemberBody): Promise<void> {
    await this.running.run(http, await this.#at(http, member), new SuspendMember(member, reason));
  }

  @Post(':member/reinstatement')
  @HttpCode(204)
  @Act('ReinstateMember')
  async reinstate(@Http() http: Exchange, @Param('member') member: string): Promise<void> {
    await this.running.run(http, await this.#at(http, member), new ReinstateMember(member));
  }

  /** Everything the person did stays on record. */
  @Post(':member/disabling')
  @HttpCode(204)
  @Act('DisableMember')
  async disable(@Http() http: Exchange, @Param('member') member: string): Promise<void> {
    await this.running.run(http, await this.#at(http, member), new DisableMember(member));
  }

  async #at(http: Exchange, member: string): Promise<Authority> {
    return (await this.running.at(http, memberDecider, 'member', member)).by;
  }

  async #shown(http: Exchange, judgement: Judgement, rows: readonly StaffRow[]): Promise<Shown[]> {
    const shown = await this.reading.show(
      http.by,
      'ReadStaff',
      judgement,
      rows.filter(({ member }) => isStream(member, 'member')),
    );
    return shown.map((row) => ({ ...row, etag: http.etagOf(row.member, row.revision) }));
  }
}

/** @throws DomainError `member.no-subject` */
function loginAt(issuer: string | undefined, subject: string | undefined): string {
  if (issuer === undefined) throw invalid('member.no-subject', '/issuer', 'Name the issuer the person signs in at.');
  if (subject === undefined) throw invalid('member.no-subject', '/subject', 'Name the subject the person is at their issuer.');
  return createHash('sha256').update(`${issuer}|${subject}`, 'utf8').digest('hex');
}

/** Colleagues look up colleagues; those who answer for the region look up everybody in it. */
function staffJudgement(by: Authority, belonging: Parameters<typeof judged>[1]): Judgement {
  const asColleague = judged('ReadStaff', belonging, by);
  if (asColleague.effect === 'permitted') return asColleague;
  const asOffice = judged('OverseeStaff', belonging, by);
  return asOffice.effect === 'permitted' ? asOffice : asColleague;
}
