import { hashKey, QueryClient, useMutation, useQuery, useQueryClient, type QueryKey } from '@tanstack/react-query';
import { useRef } from 'react';
import { contextOf } from '../live/contexts';
import { useLive } from '../live/live-state';
import { keepable } from '../offline/commands';
import { settled, wasTold } from '../live/told';
import { type Answer, type Changing, get, type GetPath, post, type PostPath, type Reading } from './client';
import { ApiProblem, isConflict, willPass } from './problem';

/** Where the server does not tell of changes, or cannot for now, lists that others change are asked for again this often. */
export const LIVELY = 15_000;

/** How often what passes by waiting is asked for again. */
export const PATIENCE = 6;
const isMissing = (error: unknown): boolean => error instanceof ApiProblem && error.status === 404;

export const newQueryClient = (): QueryClient =>
  new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 5_000,
        gcTime: 60_000,
        refetchOnWindowFocus: true,
        // Without a line a reading fails and says so; it is read again when the line is back.
        networkMode: 'always',
        refetchOnReconnect: true,
        // What passes by waiting is waited for, as the answer asks; a refusal is an answer.
        retry: (failed, error) => navigator.onLine && willPass(error) && failed < PATIENCE,
        retryDelay: (failed, error) => Math.min(10, (error instanceof ApiProblem && error.retryAfter) || 0.25 * 2 ** failed) * 1000,
      },
      mutations: { retry: false, networkMode: 'always' },
    },
  });

/**
 * Reads one route. `data` is what the route answers, as the caller describes it: the API's description holds no shapes of answers.
 * @param steady it never changes while somebody works, as code lists
 * @param expected it is on its way from another context: not found yet is asked for again for some seconds
 * @param lively others may change it: while the server does not tell of changes, asked for again every few seconds without keeping the session alive
 */
export function useRead<T, P extends GetPath = GetPath>(
  path: P,
  {
    lively = false,
    steady = false,
    enabled = true,
    expected = false,
    ...reading
  }: Reading<P> & { lively?: boolean; steady?: boolean; enabled?: boolean; expected?: boolean } = {},
) {
  const first = useRef(true);
  const told = useLive(contextOf(path));
  return useQuery<Answer<T>, Error>({
    queryKey: [path, reading.params ?? {}, reading.query ?? {}, reading.purpose ?? ''],
    queryFn: async ({ signal, queryKey }) => {
      const hash = hashKey(queryKey);
      const passive = reading.passive ?? (wasTold(hash) || (lively && !first.current));
      first.current = false;
      const answer = await get<T, P>(path, { ...reading, passive, signal });
      settled(hash);
      return answer;
    },
    enabled,
    ...(expected ? { retry: (failed: number, error: Error) => (willPass(error) || isMissing(error)) && failed < PATIENCE } : {}),
    ...(steady ? { staleTime: Infinity, gcTime: Infinity } : {}),
    ...(lively ? { refetchInterval: told ? false : LIVELY } : {}),
  });
}

/**
 * Reads one route for a decision `of` somebody, who decides on exactly what they were shown: nothing that others change, and nothing that is read
 * elsewhere, takes its place under their eyes. `refetch` reads anew.
 */
export function useVersionShown<T, P extends GetPath = GetPath>(of: string, path: P, reading: Reading<P>) {
  return useQuery<Answer<T>, Error>({
    queryKey: ['version', of],
    queryFn: ({ signal }) => get<T, P>(path, { ...reading, signal }),
    staleTime: Infinity,
    gcTime: 0,
  });
}

/** Everything read from these paths is read again. */
export function useRefresh(): (...pathsToRead: readonly GetPath[]) => Promise<void> {
  const client = useQueryClient();
  return async (...pathsToRead) => {
    await Promise.all(pathsToRead.map((path) => client.invalidateQueries({ queryKey: [path] satisfies QueryKey })));
  };
}

/**
 * One change of a route. The idempotency key stays the same until it was accepted or refused for good, so that sending again after a cut
 * connection does nothing twice.
 * @param refresh read again after the change, and when what was decided on has changed: the next attempt is about what stands there then
 */
export function useChange<P extends PostPath, T = void>(path: P, refresh: readonly GetPath[] = []) {
  const key = useRef<string>(crypto.randomUUID());
  const read = useRefresh();
  return useMutation<Answer<T>, Error, Changing<P>>({
    mutationFn: async (changing) => {
      try {
        const answer = await post<T, P>(path, { key: key.current, ...changing });
        key.current = crypto.randomUUID();
        return answer;
      } catch (error) {
        const { params = {}, body, etag, purpose } = changing;
        if (error instanceof ApiProblem && error.status === 0 && keepable(path))
          error.unsent = { path, params, body, etag, key: changing.key ?? key.current, purpose };
        if (!willPass(error)) key.current = crypto.randomUUID();
        throw error;
      }
    },
    onSuccess: () => read(...refresh),
    onError: (error) => (isConflict(error) ? read(...refresh) : undefined),
  });
}
