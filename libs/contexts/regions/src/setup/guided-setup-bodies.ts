import { REGIONS } from '@platform/codes';
import { Code, code, count, DateOnly, Flag, Instant, ListOf, Nested, Slug, Text, text } from '@platform/http';
import { DISCIPLINES, type Discipline, ORGANISATION_KINDS, type OrganisationKind, ROLES, type Role } from '@platform/kernel';
import { WORD_LANGUAGES, type WordLanguage } from '@platform/pseudonymity';
import { withinCeiling } from '../member/role-ceilings';

/** Whoever has custody follows cases: an organisation none of whose members could would be no custodian. */
const CUSTODIANS = ORGANISATION_KINDS.filter((kind) => withinCeiling(kind, 'case_manager'));

export class CustodianBody {
  @Code(CUSTODIANS) kind!: OrganisationKind;
  @Text({ min: 2, max: 120 }) designation!: string;
}
export class GroundBody {
  @Code(REGIONS.map(({ slug }) => slug)) region!: string;
  @Text({ min: 2, max: 120, description: 'The region’s own office, which answers for the data' }) office!: string;
  @Nested(() => CustodianBody) custodian!: CustodianBody;
  @Slug({ pattern: '^[0-9a-f]{64}$', description: 'SHA-256 of the signed data-sharing agreement' }) agreement!: string;
  @DateOnly() signedOn!: string;
}
export class AdministratorBody {
  @Text({ min: 2, max: 120, description: 'Shown to colleagues; kept in the vault' }) name!: string;
}
export class NewcomerBody {
  @Slug({ pattern: '^[a-z0-9][a-z0-9-]{0,39}$', description: 'A word of the caller’s own: the same word is the same person' }) key!: string;
  @Code(['office', 'custodian']) at!: 'office' | 'custodian';
  @Text({ min: 2, max: 120, description: 'Shown to colleagues; kept in the vault' }) name!: string;
  @ListOf(code(ROLES), { min: 1, max: 4 }) roles!: Role[];
  @ListOf(code(DISCIPLINES), { min: 1, max: 6 }) disciplines!: Discipline[];
}
export class NewcomersBody {
  @ListOf(() => NewcomerBody, { min: 1, max: 30 }) people!: NewcomerBody[];
}
export class WordsBody {
  @Code(WORD_LANGUAGES, { optional: true, description: 'Language of the words; Italian unless told' }) language?: WordLanguage;
}
export class ConfirmedWordsBody {
  @Slug({ pattern: '^r[A-Za-z0-9_-]{40,2000}$' }) attempt!: string;
  @ListOf(text({ max: 20 }), { min: 1, max: 8, unique: false, description: 'The words asked for, in order' }) words!: string[];
}
export class MailTestBody {
  @Slug({ optional: true, pattern: '^[^\\s<>@,;"]{1,64}@[^\\s<>@,;"]{1,190}$', description: 'Not kept. Absent: mail is left for later' })
  to?: string;
}

export class ProgressView {
  @Flag({ description: 'Whether there is anything left to set up' }) open!: boolean;
  @Flag({ optional: true }) organisation?: boolean;
  @Flag({ optional: true }) administrator?: boolean;
  @Flag({ optional: true }) keys?: boolean;
  @Flag({ optional: true }) mail?: boolean;
  @Slug({ optional: true }) region?: string;
  @Slug({ optional: true, description: 'Hex SHA-256 of the exported keys' }) keysFingerprint?: string;
  @Flag({ optional: true, description: 'Whether there is a mail server to try' }) post?: boolean;
}
export class EnrolmentView {
  @Slug({ description: 'Stands in the link the person opens; shown once' }) token!: string;
  @Instant() expires!: string;
}
export class WelcomedView {
  @Text({ max: 60 }) key!: string;
  @Slug() member!: string;
  @Nested(() => EnrolmentView, { optional: true }) enrolment?: EnrolmentView;
}
export class WelcomedListView {
  @ListOf(() => WelcomedView, { max: 30 }) people!: WelcomedView[];
}
export class KeySheetView {
  @ListOf(text({ max: 20 }), { max: 8, unique: false, description: 'Shown once; kept nowhere' }) words!: string[];
  @Text({ max: 20_000, description: 'The keys under these words, base64' }) file!: string;
  @Slug({ description: 'Hex SHA-256 of the file' }) fingerprint!: string;
  @Instant() at!: string;
  @ListOf(text({ max: 40 }), { max: 25 }) regions!: string[];
  @Slug() attempt!: string;
  @ListOf(count({ min: 1, max: 8 }), { max: 8, description: 'Which words to send back, counted from one' }) ask!: number[];
}
export class MailTriedView {
  @Code(['sent', 'refused', 'unreachable', 'later']) outcome!: string;
}
