import { findComune, isCode } from '@platform/codes';
import { dayInItaly, type DecisionContext, invalid, isStream, nounOf, refused } from '@platform/kernel';
import { daysAfter, isReached } from '../deadline';
import { type AlertContent, AREAS } from './alert';
import type { AlertDraft } from './alert-commands';

/** An alert is news: half a year at most. */
export const LONGEST_DAYS = 180;
const DAY = /^\d{4}-\d{2}-\d{2}$/;
/** Streams that are, or lead to, a person. */
const OF_PEOPLE = ['case', 'contact', 'member', 'consent', 'legalBasis', 'accessGrant', 'breakGlass', 'unmask', 'erasure', 'referral'];

/** What an alert is about, once every code is known and no person is in it. */
export function contentOf(draft: AlertDraft, { actor, at }: DecisionContext): AlertContent {
  const subject = subjectOf(draft.subject);
  const { comune, sector, patterns, indicators, period, expires, area = 'comune' } = draft;
  if (!findComune(comune)) throw invalid('alert.unknown-comune', '/comune', 'There is no comune with this six-digit ISTAT code.');
  if (!AREAS.includes(area)) throw invalid('alert.unknown-area', '/area', 'A place is a comune or a province.');
  known(isCode('sector', sector), 'alert.unknown-sector', '/sector');
  patterns.forEach((code, n) => known(isCode('territorial-pattern', code), 'alert.unknown-pattern', `/patterns/${n}`));
  indicators.forEach((code, n) => known(isIndicator(code), 'alert.unknown-indicator', `/indicators/${n}`));
  if (patterns.length + indicators.length === 0) throw invalid('alert.says-nothing', '/indicators', 'Name a pattern or an indicator.');
  if (!DAY.test(period.from) || !DAY.test(period.to) || period.from > period.to || period.from > dayInItaly(at))
    throw invalid('alert.period-impossible', '/period', 'A period runs from one day to the same or a later one, and has begun.');
  if (Number.isNaN(Date.parse(expires)) || isReached(expires, at) || !isReached(expires, daysAfter(at, LONGEST_DAYS)))
    throw invalid('alert.expiry-out-of-range', '/expires', `An alert ends within ${LONGEST_DAYS} days.`);
  const { from, to } = period;
  return { issuer: actor.organisation, subject, comune, area, sector, patterns, indicators, period: { from, to }, expires };
}

function subjectOf({ kind, ref }: AlertDraft['subject']): AlertContent['subject'] {
  if (!['company', 'territory'].includes(kind) || (ref !== undefined && OF_PEOPLE.includes(nounOf(ref))))
    throw refused('alert.subject-is-a-person', 'An alert is about a company or a territory, never about a person.');
  if (kind === 'territory') {
    if (ref !== undefined) throw invalid('alert.subject-misplaced', '/subject/ref', 'A territory is its comune.');
    return { kind };
  }
  if (ref === undefined || !isStream(ref, 'companyDossier'))
    throw invalid('alert.unknown-company', '/subject/ref', 'Name the company’s dossier.');
  return { kind: 'company', dossier: ref };
}

const isIndicator = (code: string): boolean =>
  isCode('indicator', code) ||
  isCode('forced-labour-indicator', code) ||
  isCode('603bis-index', code) ||
  isCode('603bis-aggravating', code);

function known(isKnown: boolean, code: string, pointer: string): void {
  if (!isKnown) throw invalid(code, pointer, 'This code is not on the list.');
}
