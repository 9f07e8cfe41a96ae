import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { get, onSignedOut, post, rememberCsrf } from '../api/client';
import { isUnreached, willPass } from '../api/problem';
import { PATIENCE, useRead } from '../api/query';

export interface Session {
  readonly signedIn: boolean;
  readonly way: 'demo' | 'issuer' | 'local' | 'none';
  /** Local accounts only: whether this address can have passkeys. */
  readonly passkeys?: boolean;
  /** Whom to write to about obstacles. */
  readonly contact?: string;
  readonly acr?: number;
  readonly csrf?: string;
  readonly idleEnds?: string;
  readonly ends?: string;
}
export type Role =
  | 'operator'
  | 'case_manager'
  | 'coordinator'
  | 'legal_adviser'
  | 'cultural_mediator'
  | 'helpdesk_expert'
  | 'mentor'
  | 'inspector'
  | 'union_officer'
  | 'auditor'
  | 'dpo'
  | 'administrator';

/** The person's own membership, as `/api/members/me` shows it. */
export interface Me {
  readonly member: string;
  readonly organisation: string;
  readonly region: string;
  readonly name?: string;
  readonly kind: string;
  readonly acr: number;
  readonly roles: readonly Role[];
  readonly disciplines: readonly string[];
  readonly teams: readonly { readonly team: string; readonly designation: string; readonly kind: string }[];
}

/** Asked this often: a session that ended elsewhere is noticed, and the dialog comes in time. */
const EVERY = 30_000;
const ONCE = 1;
const KEY = ['/auth/session'] as const;

/** Difference between the server's clock and ours, milliseconds: a wrong clock must not cut a session short. */
let skew = 0;
export const serverNow = (): number => Date.now() + skew;

async function readSession(): Promise<Session> {
  const before = Date.now();
  const [{ data }, answered] = await Promise.all([
    get<Session>('/auth/session', { passive: true }),
    fetch('/health/live', { method: 'HEAD', cache: 'no-store' }).catch(() => undefined),
  ]);
  const date = Date.parse(answered?.headers.get('Date') ?? '');
  if (!Number.isNaN(date)) skew = Math.abs(date - before) < 5_000 ? 0 : date - before;
  rememberCsrf(data.csrf);
  return data;
}

export function useSession() {
  const client = useQueryClient();
  useEffect(() => onSignedOut(() => void client.invalidateQueries({ queryKey: KEY })), [client]);
  return useQuery({
    queryKey: KEY,
    queryFn: readSession,
    refetchInterval: EVERY,
    staleTime: EVERY / 2,
    // Where the server is not reached, the door to what is kept here must not wait for it: a browser may believe that it is on line.
    retry: (failed, error) => willPass(error) && failed < (isUnreached(error) ? ONCE : PATIENCE),
  });
}

export function useMe() {
  const { data: session } = useSession();
  return useRead<Me>('/api/members/me', { enabled: session?.signedIn === true, steady: true });
}

export const rolesOf = (me: Me | undefined): readonly Role[] => me?.roles ?? [];

/** Where one signs in. `goto` is a path of ours. */
export const signInAddress = (goto: string, more: Readonly<Record<string, string>> = {}): string =>
  `/auth/login?${new URLSearchParams({ ...more, goto }).toString()}`;

/** Ends the session and leaves nothing of it in the page. */
export async function signOut(): Promise<void> {
  await post('/auth/logout').catch(() => undefined);
  location.replace('/');
}
