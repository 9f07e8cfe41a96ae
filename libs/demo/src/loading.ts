import * as path from 'node:path';
import { refused } from '@platform/kernel';
import { seedDemo } from './seed/seed-demo';
import { World } from './story/world';

/** What an empty instance in demo mode is filled with: the story's people alone, or five regions at work for fourteen months. */
export const FILLINGS = ['people', 'everything'] as const;
export type Filling = (typeof FILLINGS)[number];

export interface LoadingState {
  readonly state: 'none' | 'loading' | 'loaded' | 'failed';
  readonly done: number;
  readonly total: number;
}

/** Fills the instance it runs in, over HTTP as its people would, while those who wait are told how far it is. */
export class Loading {
  #state: LoadingState = { state: 'none', done: 0, total: 0 };

  constructor(
    private readonly url: () => string,
    private readonly dataDir: string,
    private readonly keysFolder: string,
  ) {}

  get state(): LoadingState {
    return this.#state;
  }

  /** Begins; the end is told by `state`. @throws DomainError `demo.loading` */
  begin(what: Filling): void {
    if (this.#state.state === 'loading') throw refused('demo.loading', 'The invented data are being loaded already.');
    this.#state = { state: 'loading', done: 0, total: 0 };
    this.#fill(what).then(
      () => (this.#state = { ...this.#state, state: 'loaded' }),
      () => (this.#state = { ...this.#state, state: 'failed' }),
    );
  }

  async #fill(what: Filling): Promise<void> {
    if (what === 'people') return void (await World.at(this.url(), this.keysFolder));
    const onProgress = (done: number, total: number): void => void (this.#state = { state: 'loading', done, total });
    await seedDemo(this.url(), () => undefined, {
      keysFolder: this.keysFolder,
      folder: path.join(this.dataDir, 'invented-trail'),
      onProgress,
    });
  }
}
