/** Contexts that keep read models, each answering for its own. In the order of the page. */
export const CONTEXTS = ['regions', 'cases', 'referrals', 'alerts', 'audit'] as const;
export type Context = (typeof CONTEXTS)[number];

export interface RebuildProgress {
  readonly state: 'running' | 'done' | 'cancelled' | 'failed' | 'interrupted';
  readonly startedAt: string;
  readonly endedAt?: string;
  readonly applied: number;
  /** Absent where nobody can say beforehand. */
  readonly total?: number;
  readonly cancelling: boolean;
  /** Of one that failed: a code. */
  readonly reason?: string;
}
export interface Rebuild {
  readonly rebuild?: RebuildProgress;
}
export interface ReadModel extends Rebuild {
  readonly name: string;
  /** It acts on events: nothing of it could be built again. */
  readonly acts: boolean;
  readonly state: 'running' | 'stopped';
  readonly behind?: number;
  readonly parked: number;
  readonly rebuildable: boolean;
}

export const listOf = <C extends Context>(context: C) => `/api/read-models/${context}` as const;
export const rebuildOf = <C extends Context>(context: C) => `/api/read-models/${context}/{name}/rebuild` as const;
export const cancellationOf = <C extends Context>(context: C) => `/api/read-models/${context}/{name}/rebuild/cancellation` as const;

/** Whole percents, never 100 before it is done. */
export const percentOf = ({ applied, total }: RebuildProgress): number | undefined =>
  total === undefined ? undefined : total === 0 ? 0 : Math.min(99, Math.floor((100 * applied) / total));
