import type { IssuedAlert } from '../alert/alert';
import type { Profile } from '../recipients';
import { bandOf, roundedForOutside } from '../small-numbers';
import type { DeliveredContent } from './alert-delivery';

/** The coarse place of a comune: its province, the first three digits of the ISTAT code. The same at every read, because it is no draw. */
export const provinceOf = (comune: string): string => comune.slice(0, 3);

/**
 * What a recipient of this profile is told of an alert. Ceilings: inspectors see the company, codes and bands; unions the company only where they
 * signed an agreement, else its sector; associations and prefectures see a region and a rounded count.
 * Undefined: nothing may be said to them.
 */
export function contentFor(profile: Profile, issued: IssuedAlert, region: string, signatory: boolean): DeliveredContent | undefined {
  const { subject, sector, patterns, indicators, period, cohort, comune } = issued;
  const told = { profile, subject: subject.kind, region, period: { from: period.from, to: period.to } };
  if (profile === 'aggregate') {
    const workers = roundedForOutside(cohort.workers);
    return workers === undefined || subject.kind === 'company' ? undefined : { ...told, patterns, rounded: workers };
  }
  const shared = { ...told, province: provinceOf(comune), sector, patterns, indicators, workers: bandOf(cohort.workers) };
  if (subject.kind === 'territory') return { ...shared, companies: bandOf(cohort.companies) };
  const { dossier } = subject;
  if (dossier === undefined || (profile === 'union' && !signatory)) return shared;
  return { ...shared, company: { dossier, ...issued.company } };
}
