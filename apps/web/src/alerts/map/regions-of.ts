import { useQueries } from '@tanstack/react-query';
import { get } from '../../api/client';

interface Comune {
  readonly istat: string;
  readonly region: string;
}

/** The region each municipality lies in. The same readings as those that name the municipalities: asked once. */
export function useRegionsOf(comuni: readonly string[]): ReadonlyMap<string, string> {
  const wanted = [...new Set(comuni)];
  const answers = useQueries({
    queries: wanted.map((istat) => ({
      queryKey: ['/api/comuni', {}, { istat }, ''],
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        get<{ items: readonly Comune[] }, '/api/comuni'>('/api/comuni', { query: { istat }, signal }),
      staleTime: Infinity,
      gcTime: Infinity,
    })),
  });
  return new Map(wanted.flatMap((istat, n) => (answers[n]?.data?.data.items[0] ? [[istat, answers[n].data.data.items[0].region]] : [])));
}
