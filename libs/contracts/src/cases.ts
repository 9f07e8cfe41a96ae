import { FIELD_GROUPS, PURPOSES } from '@platform/kernel';
import { contract, v1 } from './contract';
import * as field from './fields';

const ofCase = { case: field.ref('case') } as const;
const basis = field.record({ kind: field.oneOf(['consent', 'legal_basis']), ref: field.ref() });
const groups = field.list(field.oneOf(FIELD_GROUPS));
/** What a consent or a legal basis covers: one recipient (an organisation or a team), one purpose, the field groups, until when. */
const scope = {
  ...ofCase,
  recipient: field.ref(),
  purpose: field.oneOf(PURPOSES),
  groups,
  expires: field.instant(),
} as const;
const consent = { consent: field.ref('consent'), ...scope } as const;
const legalBasis = { legalBasis: field.ref('legalBasis'), ...scope } as const;
/** Who may now see what of a case, and what that rests on. No members where a team is granted a shared view. */
const grant = {
  grant: field.ref('accessGrant'),
  ...ofCase,
  organisation: field.optional(field.ref('organisation')),
  members: field.list(field.ref('member')),
  team: field.optional(field.ref('team')),
  groups,
  purpose: field.oneOf(PURPOSES),
  basis,
  referral: field.optional(field.ref('referral')),
  expires: field.instant(),
} as const;
const breakGlass = {
  breakGlass: field.ref('breakGlass'),
  ...ofCase,
  custodian: field.ref('organisation'),
  member: field.ref('member'),
  organisation: field.ref('organisation'),
  group: field.code(),
} as const;
const dossier = { dossier: field.ref('companyDossier') } as const;
/** How many independent organisations have spoken, never which: these events travel without actor and organisation. */
const observation = { ...dossier, indicators: field.list(field.code()), reporters: field.count() } as const;
const dynamic = {
  dynamic: field.ref('territorialDynamic'),
  region: field.region(),
  comune: field.optional(field.code()),
  zone: field.optional(field.ref('borderZone')),
  from: field.day(),
  to: field.day(),
  pattern: field.code(),
} as const;

/** What cases tell the other contexts: that a case exists and who holds it, on what it may be shown, and what is known of companies and places. */
export const casesContract = contract('cases', {
  /** `origin` and `linkId`: taken jointly through that referral. */
  CaseOpened: v1({
    ...ofCase,
    organisation: field.ref('organisation'),
    team: field.ref('team'),
    region: field.region(),
    origin: field.optional(field.ref('referral')),
    linkId: field.optional(field.code()),
  }),
  CaseClosed: v1({ ...ofCase, reason: field.code() }),
  CaseReopened: v1(ofCase),
  CasesLinked: v1({ ...ofCase, linkId: field.code(), reason: field.code() }),
  CaseSharedWithTeam: v1({ ...ofCase, team: field.ref('team'), basis, expires: field.instant() }),
  CaseUnshared: v1({ ...ofCase, team: field.ref('team'), reason: field.code() }),
  CompanyLinked: v1({ ...ofCase, ...dossier }),
  WorkZoneSet: v1({ ...ofCase, comune: field.code() }),
  /** Stands back from the case for a conflict of interest: nothing that belongs to it is for them any more. */
  PersonRecused: v1({ ...ofCase, member: field.ref('member') }),

  ConsentGiven: v1(consent),
  ConsentRefused: v1(consent),
  ConsentWithdrawn: v1({ ...consent, reason: field.code() }),
  ConsentExpired: v1(consent),
  LegalBasisRecorded: v1({ ...legalBasis, kind: field.code() }),
  LegalBasisEnded: v1({ ...legalBasis, reason: field.code() }),

  AccessGranted: v1(grant),
  AccessNarrowed: v1(grant),
  AccessRenewed: v1(grant),
  AccessRevoked: v1({ ...grant, reason: field.code() }),
  AccessExpired: v1(grant),

  BreakGlassOpened: v1({ ...breakGlass, reason: field.code(), expires: field.instant(), reviewDue: field.instant() }),
  BreakGlassExpired: v1(breakGlass),
  BreakGlassClosedEarly: v1(breakGlass),
  BreakGlassJustified: v1(breakGlass),
  BreakGlassFoundUnjustified: v1(breakGlass),
  BreakGlassReviewOverdue: v1(breakGlass),

  /** Met in a case: no allegation. Its designation lies in the region's vault; whom an alert may show it opens it there, each time on record. */
  CompanyInvolved: v1({
    ...dossier,
    region: field.region(),
    sector: field.code(),
    comune: field.code(),
    nameRef: field.optional(field.vaultRef()),
    vatRef: field.optional(field.vaultRef()),
  }),
  CompanyReported: v1(observation),
  CompanyCorroborated: v1(observation),
  CompanyObservationAdded: v1(observation),
  CompanyAlertLinked: v1({ ...dossier, alert: field.ref('alert') }),
  /** Nothing about the company is shared until the dispute is resolved. */
  CompanyRecordDisputed: v1(dossier),
  CompanyDisputeResolved: v1({ ...dossier, outcome: field.code() }),
  CompanyArchived: v1(dossier),

  DynamicObserved: v1(dynamic),
  /** `by`: the second region. */
  DynamicCorroborated: v1({ ...dynamic, by: field.region() }),
  DynamicExpired: v1(dynamic),

  /** The subject's key is gone: whoever keeps anything about it deletes it. */
  SubjectErased: v1({ subject: field.ref() }),
});
