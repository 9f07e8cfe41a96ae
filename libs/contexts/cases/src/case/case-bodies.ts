import { CODE_LISTS } from '@platform/codes';
import { Code, code, DateOnly, Flag, Handle, Instant, ListOf, Nested, Slug, slug, Text } from '@platform/http';
import { FIELD_GROUPS } from '@platform/kernel';
import { BASIS_KINDS } from '../basis';
import { AGE_BANDS, INDICATOR_LISTS, LINK_REASONS, RECUSALS, REOPENINGS, SAFETY, SUSPENSIONS, UNSHARINGS } from './case';
import { REGISTER_CODE } from './document-reference';
import { VAULT_FIELDS } from './particulars';

const of = (list: keyof typeof CODE_LISTS): string[] => CODE_LISTS[list].codes.map((one) => one.code);
const TEAM = '^team-[0-9a-f-]{36}$';
const MEMBER = '^member-[0-9a-f-]{36}$';
const ORGANISATION = '^organisation-[0-9a-f-]{36}$';
const LANGUAGE = '^[a-z]{2,3}$';
const SHA256 = '^[0-9a-f]{64}$';

/** One value about the person: it goes to the vault, and only its reference further. */
export class PersonValue {
  @Code(Object.keys(VAULT_FIELDS)) group!: keyof typeof VAULT_FIELDS;
  @Slug({ pattern: '^[a-z_]{2,30}$' }) field!: string;
  @Text({ max: 4000, lines: true }) value!: string;
}

export class OpenCaseBody {
  @Slug({ pattern: TEAM, description: 'Team of the custodian that takes the case' }) team!: string;
  @Slug({ pattern: MEMBER, optional: true, description: 'Responsible worker; whoever opens it unless told' }) responsible?: string;
  @Code(AGE_BANDS) ageBand!: (typeof AGE_BANDS)[number];
  @Slug({ pattern: LANGUAGE }) language!: string;
  @Flag({ optional: true }) urgent?: boolean;
  @Handle({ optional: true, description: 'Contact the case grows from' }) contact?: string;
  @ListOf(() => PersonValue, { max: 40, optional: true }) person?: PersonValue[];
}

export class SealedCodesBody {
  @Code(['HEA', 'LEG', 'OFF']) group!: 'HEA' | 'LEG' | 'OFF';
  @Slug({ pattern: '^[a-z_]{2,30}$' }) field!: string;
  @ListOf(slug(), { max: 20 }) codes!: string[];
}
export class ParticularsBody {
  @ListOf(() => PersonValue, { max: 40, optional: true }) person?: PersonValue[];
  @ListOf(() => SealedCodesBody, { max: 20, optional: true }) codes?: SealedCodesBody[];
}
export class IndicatorsBody {
  @Code(INDICATOR_LISTS) list!: (typeof INDICATOR_LISTS)[number];
  @ListOf(slug('^[A-Za-z0-9][A-Za-z0-9_-]{1,59}$'), { min: 1, max: 70 }) indicators!: string[];
  @ListOf(code(of('exploitation-type')), { max: 15, optional: true }) exploitation?: string[];
}
export class AccountBody {
  @Text({ max: 8000, lines: true, optional: true }) account?: string;
}
export class FormalIdentificationBody {
  @DateOnly() on!: string;
  @Slug() decidedBy!: string;
  @Slug() outcome!: string;
}
export class StrategyBody {
  @Text({ max: 4000, lines: true }) territory!: string;
  @Text({ max: 4000, lines: true }) specifics!: string;
  @Text({ max: 4000, lines: true }) resources!: string;
  @Text({ max: 4000, lines: true }) obstacles!: string;
}
export class AdmissionBody {
  @Code(AGE_BANDS) ageBand!: (typeof AGE_BANDS)[number];
}
export class CompanyBody {
  @Handle({ description: 'Handle of the company dossier' }) company!: string;
}
export class WorkZoneBody {
  @Slug({ pattern: '^[0-9]{6}$', description: 'Six-digit ISTAT code of the comune' }) comune!: string;
  @DateOnly({ optional: true }) from?: string;
  @DateOnly({ optional: true }) to?: string;
}
export class NeedsBody {
  @ListOf(code(of('need')), { min: 1, max: 20 }) needs!: string[];
  @Flag({ optional: true }) urgent?: boolean;
}
export class SafetyBody {
  @Code(SAFETY) status!: (typeof SAFETY)[number];
  @ListOf(() => PersonValue, { max: 5, optional: true }) place?: PersonValue[];
}
/** Where a document is kept and what it is; the document itself is never sent. */
export class DocumentBody {
  @Code(of('document-kind')) kind!: string;
  @DateOnly({ optional: true, description: 'Day the document bears, if any' }) dated?: string;
  @DateOnly({ description: 'Day it came to whoever keeps it' }) received!: string;
  @Slug({ pattern: ORGANISATION, description: 'Organisation that keeps it' }) keeper!: string;
  @Slug({ pattern: REGISTER_CODE, description: 'Where it stands in the keeper’s register; no name and no number of a person' })
  register!: string;
  @Slug({ pattern: SHA256, optional: true, description: 'SHA-256 of the file, made where the file is' }) fingerprint?: string;
}
export class DocumentWithdrawalBody {
  @Code(of('document-withdrawal')) reason!: string;
}
export class ReasonBody {
  @Text({ min: 10, max: 500, lines: true, description: 'Why the value is needed now; kept in the vault' }) reason!: string;
}
export class FingerprintBody {
  @Slug({ pattern: SHA256, description: 'SHA-256 of the file at hand' }) fingerprint!: string;
}
export class WorkerBody {
  @Slug({ pattern: MEMBER }) worker!: string;
}
/** A consent or legal basis of this case, by its handle. */
export class BasisBody {
  @Code(BASIS_KINDS) kind!: (typeof BASIS_KINDS)[number];
  @Handle() ref!: string;
}
export class ShareBody {
  @Slug({ pattern: TEAM }) team!: string;
  @Nested(() => BasisBody) basis!: BasisBody;
  @Instant() expires!: string;
}
export class UnshareBody {
  @Slug({ pattern: TEAM }) team!: string;
  @Code(UNSHARINGS) reason!: (typeof UNSHARINGS)[number];
}
export class RecusalBody {
  @Slug({ pattern: MEMBER }) member!: string;
  @Code(RECUSALS) reason!: (typeof RECUSALS)[number];
}
export class LinkBody {
  @Slug({ pattern: '^[0-9a-f-]{36}$' }) linkId!: string;
  @Code(LINK_REASONS.filter((reason) => reason === 'one_situation')) reason!: 'one_situation';
}
export class SuspensionBody {
  @Code(SUSPENSIONS) reason!: (typeof SUSPENSIONS)[number];
}
export class ClosureBody {
  @Code(of('case-closure')) reason!: string;
  @Text({ max: 8000, lines: true, optional: true }) followUpForm?: string;
}
export class ReopeningBody {
  @Code(REOPENINGS) reason!: (typeof REOPENINGS)[number];
  @Nested(() => BasisBody) basis!: BasisBody;
}
export class RevealBody {
  @Code(FIELD_GROUPS) group!: string;
  @Slug({ pattern: '^[a-z_]{2,30}$' }) field!: string;
  @Text({ min: 10, max: 500, lines: true, description: 'Why the value is needed now; kept in the vault' }) reason!: string;
}
