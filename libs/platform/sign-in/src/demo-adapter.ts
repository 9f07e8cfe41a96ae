import type { Adapter, AdapterPayload } from 'oidc-provider';
import type { Clock } from '@platform/kernel';

interface Kept {
  readonly payload: AdapterPayload;
  /** Milliseconds. */
  readonly until: number;
}

const MOST = 2000;

/** What the embedded issuer remembers: in memory, bounded, gone with the process. The oldest goes first when it is full. */
export class DemoMemory {
  readonly #kept = new Map<string, Kept>();

  constructor(private readonly clock: Clock) {}

  /** One view per kind of thing the issuer keeps. */
  adapterFor(kind: string): Adapter {
    const key = (id: string): string => `${kind}|${id}`;
    return {
      upsert: (id, payload, expiresIn) => Promise.resolve(this.#put(key(id), payload, expiresIn)),
      find: (id) => Promise.resolve(this.#get(key(id))),
      findByUid: (uid) => Promise.resolve(this.#where(kind, ({ payload }) => payload.uid === uid)[0]?.[1].payload),
      findByUserCode: (userCode) => Promise.resolve(this.#where(kind, ({ payload }) => payload.userCode === userCode)[0]?.[1].payload),
      destroy: (id) => Promise.resolve(void this.#kept.delete(key(id))),
      consume: (id) => {
        const payload = this.#get(key(id));
        if (payload) payload.consumed = Math.floor(this.#now() / 1000);
        return Promise.resolve();
      },
      revokeByGrantId: (grantId) => {
        for (const [found] of this.#where(undefined, ({ payload }) => payload.grantId === grantId)) this.#kept.delete(found);
        return Promise.resolve();
      },
    };
  }

  get size(): number {
    return this.#kept.size;
  }

  #now = (): number => Date.parse(this.clock.now());

  #put(key: string, payload: AdapterPayload, expiresIn: number | undefined): void {
    this.#kept.delete(key);
    this.#kept.set(key, { payload, until: this.#now() + (expiresIn ?? 3600) * 1000 });
    for (const [oldest] of this.#kept) {
      if (this.#kept.size <= MOST) break;
      this.#kept.delete(oldest);
    }
  }

  #get(key: string): AdapterPayload | undefined {
    const kept = this.#kept.get(key);
    if (!kept || kept.until <= this.#now()) {
      this.#kept.delete(key);
      return undefined;
    }
    return kept.payload;
  }

  #where(kind: string | undefined, test: (kept: Kept) => boolean): [string, Kept][] {
    return [...this.#kept].filter(
      ([key, kept]) => (kind === undefined || key.startsWith(`${kind}|`)) && test(kept) && kept.until > this.#now(),
    );
  }
}
