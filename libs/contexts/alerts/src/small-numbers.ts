/** Distinct workers, reporting organisations and companies behind an alert. Across regions a lower bound. */
export interface Cohort {
  readonly workers: number;
  readonly organisations: number;
  readonly companies: number;
}

/** Fewer than these could point at one worker, or at who reported. */
export const LEAST = { workers: 5, organisations: 2, companies: 2 } as const;
/** What leaves the network is counted over at least so many workers. */
export const LEAST_OUTSIDE = 11;

export const isLargeEnough = (cohort: Cohort, subject: 'company' | 'territory'): boolean =>
  cohort.workers >= LEAST.workers &&
  cohort.organisations >= LEAST.organisations &&
  (subject === 'company' || cohort.companies >= LEAST.companies);

export const BANDS = ['under-5', '5-10', '11-20', '21-50', '51-100', 'over-100'] as const;
export type Band = (typeof BANDS)[number];

/** How a count is told to inspectors and unions: never exactly. */
export function bandOf(count: number): Band {
  if (!(count >= 5)) return 'under-5'; // whatever is no number is told as the least
  if (count <= 10) return '5-10';
  if (count <= 20) return '11-20';
  if (count <= 50) return '21-50';
  return count <= 100 ? '51-100' : 'over-100';
}

/** How a count is told outside the network: down to a multiple of 5, and not at all below 11. */
export const roundedForOutside = (count: number): number | undefined => (count >= LEAST_OUTSIDE ? Math.floor(count / 5) * 5 : undefined);
