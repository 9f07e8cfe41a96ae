import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { systemAuthority, uuidOf } from '@platform/commanding';
import { Clock, type Command, type Discipline, type OrganisationKind, type Role } from '@platform/kernel';
import { Vaults } from '@platform/pseudonymity';
import type { TeamKind } from '@contracts';
import { AssignRole, InviteMember } from '../member/member.decider';
import { AccreditOrganisation, RegisterOrganisation } from '../organisation/organisation.decider';
import { ActivateRegion, RegisterRegion } from '../region/region.decider';
import { AddTeamMember, ConstituteTeam, ProposeTeam } from '../team/team.decider';

/** What an installation begins with. `key`s are words of the document only. */
export interface SetupDocument {
  readonly regions: readonly { readonly region: string; readonly custodian: string; readonly controller: string }[];
  readonly organisations: readonly {
    readonly key: string;
    readonly region: string;
    readonly kind: OrganisationKind;
    readonly designation: string;
    /** Digest of the signed data-sharing agreement, and the day of the signature. */
    readonly agreement: string;
    readonly signedOn: string;
  }[];
  readonly members: readonly {
    readonly key: string;
    readonly organisation: string;
    /** Hex SHA-256 of issuer and subject. */
    readonly login: string;
    readonly roles: readonly Role[];
    readonly disciplines: readonly Discipline[];
    /** Shown to colleagues; kept in the vault. */
    readonly name: string;
  }[];
  readonly teams: readonly {
    readonly key: string;
    readonly region: string;
    readonly kind: TeamKind;
    readonly designation: string;
    readonly members: readonly { readonly member: string; readonly discipline: Discipline }[];
  }[];
}
/** Ids by the document's keys. */
export interface SetupResult {
  readonly organisations: Readonly<Record<string, string>>;
  readonly members: Readonly<Record<string, string>>;
  readonly teams: Readonly<Record<string, string>>;
}

/**
 * Lays the first regions, organisations, people and teams of an installation that has none. Every id and command id is derived from the
 * document, so that an interrupted set-up is simply sent again.
 */
@Injectable()
export class Setup {
  constructor(
    private readonly commands: CommandBus,
    private readonly vaults: Vaults,
    private readonly clock: Clock,
  ) {}

  async lay(document: SetupDocument): Promise<SetupResult> {
    const id = (noun: string, key: string): string => `${noun}-${uuidOf(`setup|${noun}|${key}`)}`;
    const ids = (noun: string, all: readonly { key: string }[]): Record<string, string> =>
      Object.fromEntries(all.map(({ key }) => [key, id(noun, key)]));
    const result = {
      organisations: ids('organisation', document.organisations),
      members: ids('member', document.members),
      teams: ids('team', document.teams),
    };
    const regionOfMember = new Map(document.organisations.map(({ key, region }) => [key, region]));
    for (const { region } of document.regions) {
      await this.vaults.open(region);
      await this.issue(region, new RegisterRegion(id('region', region), region));
    }
    for (const { key, region, kind, designation, agreement, signedOn } of document.organisations) {
      const organisation = id('organisation', key);
      await this.issue(region, new RegisterOrganisation(organisation, { kind, region, designation }));
      await this.issue(region, new AccreditOrganisation(organisation, agreement, signedOn));
    }
    for (const { key, organisation, login, roles, disciplines, name } of document.members) {
      const region = regionOfMember.get(organisation) ?? '';
      const member = id('member', key);
      const nameRef = await this.vaults.of(region).put(member, 'STAFF', 'name', name);
      await this.issue(region, new InviteMember(member, result.organisations[organisation] ?? '', login, nameRef));
      for (const role of roles) await this.issue(region, new AssignRole(member, role, disciplines));
    }
    for (const { key, region, kind, designation, members } of document.teams) {
      const team = id('team', key);
      await this.issue(region, new ProposeTeam(team, kind, designation));
      for (const { member, discipline } of members)
        await this.issue(region, new AddTeamMember(team, result.members[member] ?? '', discipline, false));
      await this.issue(region, new ConstituteTeam(team));
    }
    for (const { region, custodian, controller } of document.regions)
      await this.issue(
        region,
        new ActivateRegion(id('region', region), result.organisations[custodian] ?? '', result.organisations[controller] ?? ''),
      );
    return result;
  }

  /** Issues a command of the set-up: the same command again is the same deed. */
  async issue(region: string, command: Command): Promise<void> {
    // A name is put into the vault anew by a repeated request: its reference is no part of what was asked for.
    const body = JSON.stringify({ ...command, nameRef: undefined });
    const digest = createHash('sha256').update(body).digest('hex');
    const by = systemAuthority(region, this.clock, `setup|${digest}`, `${command.kind}|${command.id}`);
    await this.commands.execute(command.by({ ...by, body }));
  }
}
