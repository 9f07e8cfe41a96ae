import { setTimeout as wait } from 'node:timers/promises';
import { type Session, signInAs } from '@platform/sign-in';
import { baseWorld, type Ids, idsOf } from '../base-world';
import { PERSONAS, type PersonaKey, STORY_PERSONAS } from '../personas';
import type { Exchange, Fault } from './step';

/** What an answer looks like to a step. */
export interface Answer<T = Record<string, unknown>> {
  readonly status: number;
  readonly body: T;
  /** The body as it came, byte for byte. */
  readonly text: string;
  readonly etag: string;
}
export interface Ask {
  readonly body?: unknown;
  readonly etag?: string | undefined;
  readonly purpose?: string;
  /** Strength of the sign-in this is asked with: 2 unless told. */
  readonly acr?: 1 | 2 | 3;
  readonly key?: string;
  /** The first answer counts, also one that would pass by waiting. */
  readonly once?: boolean;
}

/** What an empty instance is set up with, and whom to wait for until they are known everywhere. */
export interface WorldPlan {
  readonly document: ReturnType<typeof baseWorld>;
  readonly people: readonly PersonaKey[];
}
const STORY_WORLD: WorldPlan = { document: baseWorld(), people: Object.keys(STORY_PERSONAS) as PersonaKey[] };

/** Tenths of a second: on a busy machine moments last. */
const PATIENCE = 300;
/** What a planted fault keeps from coming is not waited for that long. */
const PATIENCE_WITH_FAULT = 40;

/** The story's people, signed in for real, and what they learned so far: handles, never ids of streams. */
export class World {
  readonly #sessions = new Map<string, Promise<Session>>();
  readonly #learned = new Map<string, string>();
  /** When the people came together, ISO 8601: what lies before is not the story's. */
  readonly began = new Date().toISOString();
  /** How a broken server would answer, if one is to be played. */
  fault: Fault | undefined;

  private constructor(
    readonly url: string,
    readonly ids: Ids,
    /** Where the instance keeps its keys, when the story runs on the same machine: to play the operator who forges a log. */
    readonly keysFolder: string | undefined,
  ) {}

  /** Joins an instance in demo mode; one that is empty is set up with the regions and people of the story. */
  static async at(url: string, keysFolder?: string, plan: WorldPlan = STORY_WORLD): Promise<World> {
    const state = (await (await fetch(`${url}/demo`)).json()) as { demo?: boolean; setup?: string | null };
    if (state.demo !== true) throw new Error('this instance is not in demo mode');
    if (typeof state.setup === 'string') {
      const answer = await fetch(`${url}/api/setup`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'raccordo-setup-token': state.setup },
        body: JSON.stringify(plan.document),
      });
      if (!answer.ok) throw new Error(`the set-up was refused: ${await answer.text()}`);
    }
    const world = new World(url, idsOf(plan.document), keysFolder);
    // Memberships reach the other contexts as published events: the story begins once they have.
    for (const who of plan.people) await world.until(who, 'GET', '/api/cases', ({ status }) => status !== 403);
    return world;
  }

  learn(name: string, value: unknown): string {
    if (typeof value !== 'string' || value === '') throw new Error(`the story did not learn its ${name}`);
    this.#learned.set(name, value);
    return value;
  }
  knows(name: string): string {
    const value = this.#learned.get(name);
    if (value === undefined) throw new Error(`the story does not know its ${name} yet`);
    return value;
  }

  get = <T = Record<string, unknown>>(who: PersonaKey, path: string, ask: Ask = {}): Promise<Answer<T>> => this.send(who, 'GET', path, ask);
  post = <T = Record<string, unknown>>(who: PersonaKey, path: string, body: unknown = {}, ask: Ask = {}): Promise<Answer<T>> =>
    this.send(who, 'POST', path, { ...ask, body });

  /** Reads a record's version and changes it at that version, as a careful client does. */
  async change<T = Record<string, unknown>>(
    who: PersonaKey,
    record: string,
    path: string,
    body: unknown = {},
    ask: Ask = {},
  ): Promise<Answer<T>> {
    const { etag } = await this.send(who, 'GET', record, {
      ...(ask.acr ? { acr: ask.acr } : {}),
      ...(ask.purpose ? { purpose: ask.purpose } : {}),
    });
    return this.post<T>(who, path, body, { ...ask, etag });
  }

  /** One request of a person. What passes by waiting (503) is waited for, as the answer asks, unless it is asked once. */
  async send<T = Record<string, unknown>>(who: PersonaKey, method: string, path: string, ask: Ask): Promise<Answer<T>> {
    const session = await this.#session(who, ask.acr ?? 2);
    const options = { match: ask.etag, purpose: ask.purpose, idempotencyKey: ask.key };
    for (let attempt = 1; ; attempt++) {
      const reply = await session.send(method, path, method === 'GET' ? undefined : (ask.body ?? {}), options);
      if (reply.status === 503 && !ask.once && attempt < PATIENCE) {
        await wait(100);
        continue;
      }
      const exchange: Exchange = { who, method, path, status: reply.status, body: reply.body };
      const broken = this.fault?.(exchange);
      if (!broken) return { status: reply.status, body: reply.body as T, text: reply.text, etag: reply.headers.get('etag') ?? '' };
      return { status: broken.status, body: broken.body as T, text: JSON.stringify(broken.body), etag: reply.headers.get('etag') ?? '' };
    }
  }

  /** Asks until the answer is as hoped, or gives the last one: what another context tells arrives within moments. */
  async until<T = Record<string, unknown>>(
    who: PersonaKey,
    method: 'GET',
    path: string,
    hoped: (answer: Answer<T>) => boolean,
    ask: Ask = {},
  ): Promise<Answer<T>> {
    for (let attempt = 1; ; attempt++) {
      const answer = await this.send<T>(who, method, path, ask);
      if (hoped(answer) || attempt >= (this.fault ? PATIENCE_WITH_FAULT : PATIENCE)) return answer;
      await wait(100);
    }
  }

  /** Holds the demo's clock at an instant, or lets it go. */
  async holdClock(at: string | undefined): Promise<void> {
    const body = JSON.stringify(at === undefined ? {} : { at });
    const answer = await fetch(`${this.url}/demo/clock`, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
    if (!answer.ok) throw new Error(`the clock could not be set: ${answer.status}`);
  }

  #session(who: PersonaKey, acr: 1 | 2 | 3): Promise<Session> {
    const known = this.#sessions.get(`${who}${acr}`);
    if (known) return known;
    const session = signInAs(this.url, PERSONAS[who].sub, acr);
    this.#sessions.set(`${who}${acr}`, session);
    return session;
  }
}
