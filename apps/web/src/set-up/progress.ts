import { useQuery, useQueryClient } from '@tanstack/react-query';
import { post, type Answer, type BodyOf, type PostPath } from '../api/client';
import { problemOf } from '../api/problem';

/** How far the set-up is, as the server tells it to whoever has the token. */
export interface Progress {
  readonly open: boolean;
  readonly organisation?: boolean;
  readonly administrator?: boolean;
  readonly keys?: boolean;
  readonly mail?: boolean;
  readonly region?: string;
  readonly keysFingerprint?: string;
  readonly post?: boolean;
}
export const STEPS = ['organisation', 'administrator', 'keys', 'mail', 'import'] as const;
export type Step = (typeof STEPS)[number];

const HEADER = 'Raccordo-Setup-Token';
const KEY = '/api/setup';

export const useProgress = (token: string) =>
  useQuery({
    queryKey: [KEY, token],
    queryFn: async (): Promise<Progress> => {
      const answer = await fetch(KEY, { cache: 'no-store', headers: token === '' ? {} : { [HEADER]: token } });
      if (!answer.ok) throw await problemOf(answer);
      return (await answer.json()) as Progress;
    },
    retry: false,
  });

/** The end: nothing is read anew, for the token is spent. */
export const finishSetUp = (token: string): Promise<Answer<void>> =>
  post('/api/setup/completion', { body: {}, headers: { [HEADER]: token } });

type SetupPath = Extract<PostPath, `/api/setup/${string}`>;

/** Does a step, and reads anew how far the set-up is. */
export function useStep(token: string): <T = void, P extends SetupPath = SetupPath>(path: P, body: BodyOf<P>) => Promise<Answer<T>> {
  const client = useQueryClient();
  return async <T, P extends SetupPath>(path: P, body: BodyOf<P>) => {
    const answer = await post<T, P>(path, { body, headers: { [HEADER]: token } });
    await client.invalidateQueries({ queryKey: [KEY] });
    return answer;
  };
}
