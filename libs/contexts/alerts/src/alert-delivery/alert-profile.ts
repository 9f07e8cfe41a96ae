import { generalise } from '@platform/codes';
import type { IssuedAlert } from '../alert/alert';
import type { Profile } from '../recipients';
import { bandOf, roundedForOutside } from '../small-numbers';
import type { DeliveredContent } from './alert-delivery';

/**
 * What a recipient of this profile is told of an alert. Ceilings: inspectors see the company, codes and bands; unions the company only where they
 * signed an agreement, else its sector; associations and prefectures see a region and a rounded count.
 * The coarse place of a comune is its province or its region: the same at every read, because it is no draw.
 * Undefined: nothing may be said to them.
 */
export function contentFor(profile: Profile, issued: IssuedAlert, signatory: boolean): DeliveredContent | undefined {
  const { subject, sector, patterns, indicators, period, cohort, comune } = issued;
  const place = generalise(comune);
  if (!place) return undefined;
  const told = { profile, subject: subject.kind, region: place.region, period: { from: period.from, to: period.to } };
  if (profile === 'aggregate') {
    const workers = roundedForOutside(cohort.workers);
    return workers === undefined || subject.kind === 'company' ? undefined : { ...told, patterns, rounded: workers };
  }
  const shared = { ...told, province: place.code, sector, patterns, indicators, workers: bandOf(cohort.workers) };
  if (subject.kind === 'territory') return { ...shared, companies: bandOf(cohort.companies) };
  const { dossier } = subject;
  if (dossier === undefined || (profile === 'union' && !signatory)) return shared;
  return { ...shared, company: { dossier, ...issued.company } };
}
