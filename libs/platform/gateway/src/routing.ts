/**
 * Service → paths it answers with everything underneath, `*` for any one segment. Where several fit, the longest counts: a question about a
 * team's cases is one for the cases.
 */
export type Routes = Readonly<Record<string, readonly string[]>>;

/** The service that answers a path; undefined for what the gateway answers itself, or nobody. */
export function serviceFor(routes: Routes, path: string): string | undefined {
  const asked = segmentsOf(path);
  const fitting = Object.entries(routes).flatMap(([service, patterns]) =>
    patterns
      .map(segmentsOf)
      .filter((pattern) => fits(pattern, asked))
      .map(({ length }) => ({ service, length })),
  );
  return fitting.sort((a, b) => b.length - a.length)[0]?.service;
}

const segmentsOf = (path: string): string[] => path.split('/').slice(1);

const fits = (pattern: readonly string[], asked: readonly string[]): boolean =>
  asked.length >= pattern.length && pattern.every((segment, n) => (segment === '*' ? asked[n] !== '' : segment === asked[n]));
