import { type Published } from '@contracts';
import { nounOf, type RecordedEvent } from '@platform/kernel';
import { publishMember } from './member/member.published';
import { publishOrganisation } from './organisation/organisation.published';
import { publishPolicy } from './policy/policy.published';
import { publishRegion } from './region/region.published';
import { publishTeam } from './team/team.published';
import { publishTerritorialAgreement } from './territorial-agreement/territorial-agreement.published';

const BY_NOUN: Readonly<Record<string, (event: RecordedEvent) => Published | undefined>> = {
  region: publishRegion,
  organisation: publishOrganisation,
  member: publishMember,
  team: publishTeam,
  territorialAgreement: publishTerritorialAgreement,
  policy: publishPolicy,
};

/** The public form of a stored event of this context; undefined for what stays inside. For the relay. */
export const publishedOf = (event: RecordedEvent): Published | undefined => BY_NOUN[nounOf(event.stream)]?.(event);
