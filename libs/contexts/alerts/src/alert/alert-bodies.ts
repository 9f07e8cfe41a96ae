import { ALERT_SUBJECTS, type AlertSubject } from '@contracts';
import { CODE_LISTS } from '@platform/codes';
import { Code, code, DateOnly, Flag, Handle, Instant, ListOf, Nested, Slug } from '@platform/http';
import { ORGANISATION_KINDS, type OrganisationKind } from '@platform/kernel';
import { type Area, AREAS, HOLD_REASONS, type HoldReason, RELEASE_REASONS, type ReleaseReason } from './alert';
import { slug } from '@platform/http';
import { WITHDRAWALS } from './alert.decider';

const codes = (list: 'sector' | 'territorial-pattern'): string[] => CODE_LISTS[list].codes.map((each) => each.code);

export class AlertSubjectBody {
  @Code(ALERT_SUBJECTS, { description: 'A company or a territory. Never a person' }) kind!: AlertSubject;
  @Handle({ optional: true, description: 'The company, as your organisation calls it; a territory is its comune' }) company?: string;
}
export class PeriodBody {
  @DateOnly() from!: string;
  @DateOnly() to!: string;
}
export class DraftAlertBody {
  @Nested(() => AlertSubjectBody) subject!: AlertSubjectBody;
  @Slug({ pattern: '^[0-9]{6}$', description: 'Six-digit ISTAT code of the comune; recipients are told the province' }) comune!: string;
  @Code(AREAS, { optional: true, description: 'Over which area a territory is counted' }) area?: Area;
  @Code(codes('sector')) sector!: string;
  @ListOf(code(codes('territorial-pattern')), { max: 7 }) patterns!: string[];
  @ListOf(slug('^[A-Za-z0-9][A-Za-z0-9_-]{1,59}$'), { max: 70 }) indicators!: string[];
  @Nested(() => PeriodBody) period!: PeriodBody;
  @Instant({ description: 'Within 180 days' }) expires!: string;
}
export class ScreeningBody {
  @Flag({ description: 'Could somebody suffer retaliation for this alert?' }) retaliationRisk!: boolean;
}
export class HoldBody {
  @Code(HOLD_REASONS) reason!: HoldReason;
}
export class ReleaseBody {
  @Code(RELEASE_REASONS) reason!: ReleaseReason;
}
export class IssueBody {
  @ListOf(code(ORGANISATION_KINDS), { min: 1, max: 12, description: 'Kinds of organisation that are to be told' })
  audience!: OrganisationKind[];
}
export class AlertWithdrawalBody {
  @Code(WITHDRAWALS) reason!: string;
}
