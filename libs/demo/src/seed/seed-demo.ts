import { World } from '../story/world';
import { daysFrom } from './deed';
import { demoWorldPlan } from './demo-world';
import { Doing } from './doing';
import { BEGINS, demoPlan } from './plan';
import { leaveTamperedCopy } from './tampered-copy';

export interface SeedOptions {
  /** Start of the day the data lead up to; the current day in UTC unless told. */
  readonly today?: string;
  /** Where the instance keeps its keys, when it is on the same machine: needed for the tampered copy. */
  readonly keysFolder?: string;
  /** Where the tampered copy is left. */
  readonly folder?: string;
  /** Told how many deeds of how many are done. */
  readonly onProgress?: (done: number, total: number) => void;
}

/** Invented data need an empty instance. */
export class NotEmpty extends Error {
  constructor() {
    super('this instance holds data already: invented data need an empty one');
    this.name = 'NotEmpty';
  }
}

const startOfDay = (): string => `${new Date().toISOString().slice(0, 10)}T00:00:00.000Z`;

/**
 * Fills an empty instance in demo mode with the invented data, as its people would: signed in, over HTTP, in the order things happened. The
 * service's clock is held in the past meanwhile and let go in any case.
 * @param say told of the progress
 * @throws NotEmpty when the instance is set up already; Error when it is not in demo mode, or a deed is refused
 */
export async function seedDemo(url: string, say: (line: string) => void, options: SeedOptions = {}): Promise<void> {
  const { today = startOfDay(), keysFolder, folder, onProgress } = options;
  const state = (await (await fetch(`${url}/demo`)).json()) as { demo?: boolean; setup?: string | null };
  if (state.demo === true && state.setup === null) throw new NotEmpty();
  const began = Date.now();
  const plan = demoPlan(today);
  await holdClock(url, daysFrom(today, -BEGINS));
  let world: World;
  try {
    world = await World.at(url, keysFolder, demoWorldPlan());
    say(`DATI INVENTATI: ${plan.length} atti da compiere.`);
    const step = Math.ceil(plan.length / 10);
    let told = 0;
    await new Doing(world).all(plan, (done) => {
      onProgress?.(done, plan.length);
      if (done - told < step && done < plan.length) return;
      told = done;
      say(`${done}/${plan.length}`);
    });
  } finally {
    await holdClock(url, undefined);
  }
  if (keysFolder === undefined || folder === undefined) say('Copia alterata: non prodotta, le chiavi dell’istanza non sono qui.');
  else say(`Copia alterata: ${(await leaveTamperedCopy(world, keysFolder, folder)).join(', ')}`);
  say(`Fatto in ${Math.round((Date.now() - began) / 1000)} s.`);
}

async function holdClock(url: string, at: string | undefined): Promise<void> {
  const body = JSON.stringify(at === undefined ? {} : { at });
  const answer = await fetch(`${url}/demo/clock`, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
  if (!answer.ok) throw new Error(`the clock could not be set: ${answer.status}`);
}
