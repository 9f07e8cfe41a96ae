import { Body, Controller, Headers, HttpCode, Post } from '@nestjs/common';
import { ApiHeader, ApiTags } from '@nestjs/swagger';
import { SetupToken } from '@platform/config';
import { Code, code, DateOnly, ListOf, Public, Slug, Text } from '@platform/http';
import { DISCIPLINES, type Discipline, DomainError, ORGANISATION_KINDS, type OrganisationKind, type Role, ROLES } from '@platform/kernel';
import { TEAM_KINDS, type TeamKind } from '@contracts';
import { Setup, type SetupResult } from './setup';

const KEY = '^[a-z][a-z0-9-]{0,39}$';
const REGION = '^[a-z][a-z0-9-]{1,39}$';

export class SetupRegion {
  @Slug({ pattern: REGION }) region!: string;
  @Slug({ pattern: KEY, description: 'Organisation that has custody where nobody else does' }) custodian!: string;
  @Slug({ pattern: KEY, description: 'Organisation that answers for the data' }) controller!: string;
}
export class SetupOrganisation {
  @Slug({ pattern: KEY }) key!: string;
  @Slug({ pattern: REGION }) region!: string;
  @Code(ORGANISATION_KINDS) kind!: OrganisationKind;
  @Text({ min: 2, max: 120 }) designation!: string;
  @Slug({ pattern: '^[0-9a-f]{64}$', description: 'SHA-256 of the signed data-sharing agreement' }) agreement!: string;
  @DateOnly() signedOn!: string;
}
export class SetupMember {
  @Slug({ pattern: KEY }) key!: string;
  @Slug({ pattern: KEY }) organisation!: string;
  @Slug({ pattern: '^[0-9a-f]{64}$', description: 'SHA-256 of issuer and subject' }) login!: string;
  @ListOf(code(ROLES), { min: 1, max: 4 }) roles!: Role[];
  @ListOf(code(DISCIPLINES), { min: 1, max: 6 }) disciplines!: Discipline[];
  @Text({ max: 120 }) name!: string;
}
export class SetupSeat {
  @Slug({ pattern: KEY }) member!: string;
  @Code(DISCIPLINES) discipline!: Discipline;
}
export class SetupTeam {
  @Slug({ pattern: KEY }) key!: string;
  @Slug({ pattern: REGION }) region!: string;
  @Code(TEAM_KINDS) kind!: TeamKind;
  @Text({ min: 2, max: 120 }) designation!: string;
  @ListOf(() => SetupSeat, { min: 2, max: 60 }) members!: SetupSeat[];
}
export class SetupBody {
  @ListOf(() => SetupRegion, { min: 1, max: 25 }) regions!: SetupRegion[];
  @ListOf(() => SetupOrganisation, { min: 1, max: 200 }) organisations!: SetupOrganisation[];
  @ListOf(() => SetupMember, { min: 1, max: 400 }) members!: SetupMember[];
  @ListOf(() => SetupTeam, { max: 100 }) teams!: SetupTeam[];
}

/** The one door into an empty installation: open to whoever can read the token on the machine, and shut for good once it has been used. */
@ApiTags('Set-up')
@Controller('api/setup')
export class SetupController {
  constructor(
    private readonly setup: Setup,
    private readonly token: SetupToken,
  ) {}

  @Post()
  @HttpCode(200)
  @Public()
  @ApiHeader({ name: 'Raccordo-Setup-Token', required: true })
  async lay(@Headers('raccordo-setup-token') given: string | undefined, @Body() body: SetupBody): Promise<SetupResult> {
    if (!this.token.matches(given))
      throw new DomainError('setup.closed', 'forbidden', 'This installation is set up, or the token is not the one on its machine.');
    const result = await this.setup.lay(body);
    this.token.spend();
    return result;
  }
}
