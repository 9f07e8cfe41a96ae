import type { Subject } from '../../src/event-store.contract';
import { KurrentDbEventStore } from '../../src/kurrentdb/kurrentdb-event-store';

/** The contract says nothing about time: a busy machine must not fail it. */
const PATIENT = { attemptMs: 20_000, patienceMs: 60_000 };

const nothing = (): Promise<void> => Promise.resolve();

/** What the contract asks of the KurrentDB store, as two processes see it. */
export function kurrentSubject(url: string, stop: () => Promise<void> | void): Subject {
  const [store, other] = [1, 2].map(() => new KurrentDbEventStore({ url, ...PATIENT })) as [KurrentDbEventStore, KurrentDbEventStore];
  const close = async (): Promise<void> => {
    await Promise.all([store.close(), other.close()]);
    await stop();
  };
  return { store, other, disturb: () => Promise.resolve(nothing), close };
}
