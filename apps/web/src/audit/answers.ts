import type { CaseView, FieldGroup, View } from '../cases/answers';

export type Effect = 'permitted' | 'denied' | 'refused';
export interface Fact {
  readonly stream: string;
  readonly revision: number;
}
/** One entry of the trail. Everybody and everything stands in it by a name of the trail's own. */
export interface TrailEntry {
  readonly body: {
    readonly at: string;
    readonly actor: string;
    readonly organisation: string;
    readonly role: string;
    readonly acr: number;
    readonly act: string;
    readonly purpose: string;
    readonly effect: Effect;
    readonly reasons: readonly string[];
    readonly policy: string;
    readonly facts: readonly Fact[];
    readonly cases: readonly string[];
    readonly groups: readonly string[];
    readonly folded?: { readonly count: number; readonly since: string };
  };
  readonly event?: { readonly log: string; readonly stream: string; readonly revision: number; readonly type: string };
}
export interface ShownEntry {
  readonly index: number;
  /** Leaf hash, hex. */
  readonly hash: string;
  readonly sequencedAt: string;
  readonly entry: TrailEntry;
}
export interface TrailPage {
  readonly entries: readonly ShownEntry[];
  readonly next?: number;
}
export interface TrailCut {
  readonly index: number;
  readonly at: string;
  readonly logs: readonly { readonly log: string; readonly last: Fact; readonly before: readonly Fact[] }[];
}
export interface CouldSee {
  readonly actor: string;
  readonly purpose: string;
  readonly views: Readonly<Partial<Record<FieldGroup, View>>>;
  readonly because: readonly string[];
  readonly facts: readonly (Fact & { readonly kind: string })[];
  readonly policy: string;
}
export interface Replay {
  readonly at: string;
  readonly phase: string;
  readonly view: CaseView;
  readonly couldSee: readonly CouldSee[];
}
export interface Checkpoint {
  readonly log: string;
  readonly size: number;
  readonly note: string;
  readonly vkey: string;
  readonly signedAt: string;
}
