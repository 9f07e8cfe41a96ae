import { useQuery } from '@tanstack/react-query';

export interface Persona {
  readonly sub: string;
  readonly name: string;
  readonly label: string;
}
export interface DemoState {
  readonly demo: boolean;
  /** An empty installation on this machine that may still become the story's. */
  readonly offered: boolean;
  readonly personas: readonly Persona[];
  /** Token of the set-up, while nothing is set up. */
  readonly setup: string | null;
  readonly invented: { readonly state: 'none' | 'loading' | 'loaded' | 'failed'; readonly done: number; readonly total: number };
}
const NONE: DemoState = { demo: false, offered: false, personas: [], setup: null, invented: { state: 'none', done: 0, total: 0 } };

/** Whether these are invented data, and who can be played. Outside demo mode the route does not exist. */
export const useDemo = () =>
  useQuery({
    queryKey: ['/demo'],
    queryFn: async (): Promise<DemoState> => {
      const answer = await fetch('/demo', { cache: 'no-store' });
      return answer.ok ? { ...NONE, ...((await answer.json()) as DemoState) } : NONE;
    },
    staleTime: 60_000,
  });
