/** How much of everything. `quick` says whether things work and roughly how they stand; only the full sizes are figures to compare. */
export interface Sizes {
  /** Pairs of (limit, ours), one after the other, of which the medians are taken. */
  readonly pairs: number;
  /** Seconds of one slice of appends. */
  readonly slice: number;
  /** Events in the log that is replayed. */
  readonly events: number;
  readonly live: number;
  readonly cases: number;
  readonly grants: number;
  /** Pages of each person in each way of asking. */
  readonly pages: number;
  readonly checkSeconds: number;
  readonly commands: number;
  readonly revocations: number;
  readonly starts: number;
  /** Messages that go over Kafka for a rate. */
  readonly messages: number;
  /** Seconds without a broker. */
  readonly outage: number;
}

export const FULL: Sizes = {
  ...{ pairs: 5, slice: 5, events: 300_000, live: 1000, cases: 1_000_000, grants: 50_000, pages: 200, checkSeconds: 3 },
  ...{ commands: 500, revocations: 100, starts: 5, messages: 100_000, outage: 60 },
};
export const QUICK: Sizes = {
  ...{ pairs: 3, slice: 1, events: 30_000, live: 200, cases: 20_000, grants: 1000, pages: 40, checkSeconds: 1 },
  ...{ commands: 60, revocations: 6, starts: 1, messages: 10_000, outage: 5 },
};
