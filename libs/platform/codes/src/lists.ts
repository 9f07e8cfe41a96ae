import { article603bisActors, article603bisAggravating, article603bisElements, article603bisIndices } from './article-603bis';
import {
  breakGlassReasons,
  caseClosures,
  contactChannels,
  documentKinds,
  documentWithdrawals,
  identificationAuthorities,
  identificationOutcomes,
  needs,
  safetyStatuses,
} from './case-codes';
import { codeList, type CodeList, type Language } from './code-list';
import {
  alertOutcomes,
  exploitationTypes,
  historicEvents,
  meansOfControl,
  recruitmentChannels,
  sectors,
  territorialPatterns,
} from './exploitation';
import { delphiIndicators, forcedLabourIndicators } from './indicators';
import { referralDeclines, referralReasons, referralReturns, referralWithdrawals, urgencies } from './referrals';
import { REGIONS } from './regions';
import { serviceOutcomes, services } from './services';
import { disciplines, fieldGroups, organisationKinds, organisationSectors, phases, purposes, roles, views } from './vocabulary-labels';

const regions = codeList(
  'region',
  'ISO 3166-2:IT; slugs are ours',
  Object.fromEntries(REGIONS.map(({ slug, name }) => [slug, [name, name]])),
);

/** Every list by its name. */
export const CODE_LISTS = {
  service: services,
  'service-outcome': serviceOutcomes,
  urgency: urgencies,
  'referral-reason': referralReasons,
  'referral-decline': referralDeclines,
  'referral-withdrawal': referralWithdrawals,
  'referral-return': referralReturns,
  'case-closure': caseClosures,
  'break-glass-reason': breakGlassReasons,
  'safety-status': safetyStatuses,
  need: needs,
  'contact-channel': contactChannels,
  'document-kind': documentKinds,
  'document-withdrawal': documentWithdrawals,
  'identification-outcome': identificationOutcomes,
  'identification-authority': identificationAuthorities,
  'exploitation-type': exploitationTypes,
  'means-of-control': meansOfControl,
  'recruitment-channel': recruitmentChannels,
  'historic-event': historicEvents,
  sector: sectors,
  'territorial-pattern': territorialPatterns,
  'alert-outcome': alertOutcomes,
  indicator: delphiIndicators,
  'forced-labour-indicator': forcedLabourIndicators,
  '603bis-index': article603bisIndices,
  '603bis-aggravating': article603bisAggravating,
  '603bis-element': article603bisElements,
  '603bis-actor': article603bisActors,
  'organisation-kind': organisationKinds,
  'organisation-sector': organisationSectors,
  discipline: disciplines,
  role: roles,
  purpose: purposes,
  'field-group': fieldGroups,
  view: views,
  phase: phases,
  region: regions,
} as const satisfies Record<string, CodeList>;

export type ListName = keyof typeof CODE_LISTS;
export type CodeOf<N extends ListName> = (typeof CODE_LISTS)[N]['codes'][number]['code'];

const known = new Map<string, ReadonlyMap<string, { it: string; en: string }>>(
  Object.entries(CODE_LISTS).map(([name, list]) => [name, new Map((list as CodeList).codes.map((entry) => [entry.code, entry]))]),
);

/** Is this exactly a code of the list? No trimming, no case folding, no Unicode folding: a look-alike is not a code. */
export const isCode = <N extends ListName>(list: N, value: unknown): value is CodeOf<N> =>
  typeof value === 'string' && (known.get(list)?.has(value) ?? false);

/** What people read; the code itself when a list no longer knows it, so that old records stay legible. */
export const labelOf = (list: ListName, code: string, language: Language = 'it'): string => known.get(list)?.get(code)?.[language] ?? code;
