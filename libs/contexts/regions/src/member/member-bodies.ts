import { Code, code, Instant, ListOf, Slug, Text } from '@platform/http';
import { type Discipline, DISCIPLINES, type Role, ROLES } from '@platform/kernel';
import { MEMBER_SUSPENSIONS, type MemberSuspension } from './member';

export const ORGANISATION = '^organisation-[0-9a-f-]{36}$';
export const TEAM = '^team-[0-9a-f-]{36}$';
export const MEMBER = '^member-[0-9a-f-]{36}$';

export class InviteMemberBody {
  @Slug({ pattern: ORGANISATION, optional: true, description: 'The own one unless told' }) organisation?: string;
  @Text({
    max: 300,
    optional: true,
    description: 'Issuer of the sign-in, as in its tokens; only a digest is kept. Absent: an account here',
  })
  issuer?: string;
  @Text({ max: 300, optional: true, description: 'Subject at that issuer; only a digest is kept. Absent: an account here' })
  subject?: string;
  @Text({ max: 120, optional: true, description: 'Shown to colleagues; kept in the vault' }) name?: string;
}
export class AssignRoleBody {
  @Code(ROLES) role!: Role;
  @ListOf(code(DISCIPLINES), { min: 1, max: DISCIPLINES.length, description: 'All the person works in from now on' })
  disciplines!: Discipline[];
}
export class EndRoleBody {
  @Code(ROLES) role!: Role;
}
export class VisitTeamBody {
  @Slug({ pattern: TEAM }) team!: string;
  @Code(DISCIPLINES) discipline!: Discipline;
  @Instant({ description: 'When the stay ends by itself' }) until!: string;
}
export class SuspendMemberBody {
  @Code(MEMBER_SUSPENSIONS) reason!: MemberSuspension;
}
export class StaffQuery {
  @Slug({ pattern: ORGANISATION, optional: true, description: 'The own one unless told' }) organisation?: string;
  @Slug({ pattern: TEAM, optional: true, description: 'People of a team, visitors included' }) team?: string;
}
