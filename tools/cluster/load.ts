import { setTimeout as wait } from 'node:timers/promises';
import type { PersonaKey, World } from '@raccordo/demo';

interface Reply {
  readonly status: number;
  readonly body: Record<string, unknown>;
  readonly text: string;
}

/** Asks until the answer is neither 503 nor a broken connection: what a careful client does while a service is away. */
export async function patiently(ask: () => Promise<Reply>, patience = 120_000): Promise<Reply> {
  const until = performance.now() + patience;
  for (;;) {
    const answer = await ask().catch(() => undefined);
    if (answer && answer.status !== 503) return answer;
    if (performance.now() > until) throw new Error('the service did not come back');
    await wait(100);
  }
}

/** Somebody at work: opens cases one after the other, each under a key of its own, while an outsider tries to see each of them. */
export class Load {
  /** Handles of the cases that were answered with 201. */
  readonly opened: string[] = [];
  /** What the outsider was shown: must stay empty. */
  readonly leaked: string[] = [];
  #stopped = false;
  #running: Promise<void> = Promise.resolve();

  constructor(
    private readonly world: World,
    private readonly who: PersonaKey,
    private readonly outsider: PersonaKey,
    private readonly name: string,
  ) {}

  start(): void {
    this.#running = this.#run();
  }

  /** Resolves once that many more cases were opened. */
  async progress(count: number): Promise<void> {
    const goal = this.opened.length + count;
    while (this.opened.length < goal && !this.#stopped) await Promise.race([wait(20), this.#running]);
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#running;
  }

  async #run(): Promise<void> {
    for (let n = 0; !this.#stopped; n++) {
      const body = { team: this.world.ids.teams['equipe-umbria'], ageBand: 'adult', language: 'fr' };
      const answer = await patiently(() => this.world.post(this.who, '/api/cases', body, { key: `${this.name}-${n}` }));
      if (answer.status !== 201) throw new Error(`a case was answered with ${answer.status}: ${answer.text.slice(0, 200)}`);
      const handle = String(answer.body.handle);
      this.opened.push(handle);
      const seen = await this.world.get(this.outsider, `/api/cases/${handle}`).catch(() => undefined);
      if (seen?.status === 200) this.leaked.push(handle);
    }
  }
}
