import type { World } from './world';

/** One thing a step makes sure of. A refusal check proves that somebody is kept out. */
export interface Check {
  readonly what: string;
  readonly refusal: boolean;
  readonly ok: boolean;
  /** What was seen instead, without any personal value. */
  readonly seen?: string;
}

/** What a step reports: one line of `--json`. */
export interface StepResult {
  readonly step: number;
  readonly name: string;
  readonly ok: boolean;
  readonly checks: readonly Check[];
}

/** Collects what a step saw. A failed check does not end the step: the report shows all of it. */
export class Checks {
  readonly list: Check[] = [];

  holds(what: string, ok: boolean, seen?: string): void {
    this.list.push({ what, refusal: false, ok, ...(ok || seen === undefined ? {} : { seen }) });
  }
  equal(what: string, seen: unknown, expected: unknown): void {
    const [a, b] = [JSON.stringify(seen), JSON.stringify(expected)];
    this.holds(what, a === b, `expected ${b?.slice(0, 120)}, saw ${a?.slice(0, 120)}`);
  }
  /** Somebody was kept out, with this status and code. */
  refused(what: string, answer: { status: number; body: unknown }, status: number, code?: string): void {
    const title = (answer.body as { title?: string } | undefined)?.title ?? '';
    const ok = answer.status === status && (code === undefined || title === code);
    this.list.push({ what, refusal: true, ok, ...(ok ? {} : { seen: `expected ${status} ${code ?? ''}, saw ${answer.status} ${title}` }) });
  }
}

export interface Step {
  readonly number: number;
  readonly name: string;
  run(world: World, check: Checks): Promise<void>;
  /**
   * How a broken server would answer: changes the answers of this step so that a check must fail. Planted by `--fault <n>`; it shows that the
   * step's checks look.
   */
  readonly fault: Fault;
}

export interface Exchange {
  readonly who: string;
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly body: unknown;
}
/** Returns the answer a broken server would have given, or the same one. */
export type Fault = (exchange: Exchange) => Pick<Exchange, 'status' | 'body'>;
