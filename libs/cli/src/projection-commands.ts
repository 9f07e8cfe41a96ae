import { setTimeout as wait } from 'node:timers/promises';
import type { RebuildProgress, RebuildState } from '@platform/consuming';
import type { OperationsRebuild, OperationsStatus } from '@platform/runtime';
import { answered, operate, running } from './instance';
import { CommandFailure, EXIT, no, type Output, type Words } from './output';

/** How far each read model and reactor is. 1 when one stands still or has parked something. */
export async function projectionStatus(output: Output): Promise<number> {
  const { consumers } = answered<OperationsStatus>(await operate(running(), 'GET', 'status'));
  for (const consumer of consumers) {
    const { name, state, lag, parked, because } = consumer;
    const [mark, why] = [state === 'running' && parked === 0 ? 'ok  ' : 'FAIL', because ? ` (${because})` : ''];
    output.say(consumer, {
      it: `${mark} ${name}: ${state === 'running' ? 'funziona' : 'fermo'}${why}, indietro di ${lag ?? '–'}, messi da parte ${parked}`,
      en: `${mark} ${name}: ${state}${why}, lag ${lag ?? '–'}, parked ${parked}`,
    });
  }
  return consumers.every(({ state, parked }) => state === 'running' && parked === 0) ? EXIT.ok : EXIT.no;
}

/** Milliseconds between looks how far it is. */
const LOOK = 250;

/** Shows how far it is until it ends. Ctrl-C asks it to end, and waits until what it did is rolled back; a second one leaves it to itself. */
export async function rebuildProjection(name: string, output: Output): Promise<number> {
  const [note, place] = [running(), `projections/${encodeURIComponent(name)}/rebuild`];
  const stopping = new AbortController();
  const stop = (): void => stopping.abort();
  process.once('SIGINT', stop).once('SIGTERM', stop);
  try {
    answered(await operate(note, 'POST', place));
    for (let asked = false; ;) {
      const { rebuild } = answered<OperationsRebuild>(await operate(note, 'GET', place));
      if (rebuild?.state !== 'running') return ended(name, rebuild?.state, rebuild?.reason, asked, output);
      output.progress(soFar(name, rebuild, asked));
      if (stopping.signal.aborted && !asked) {
        asked = true;
        await operate(note, 'POST', `${place}/cancellation`);
      } else await wait(LOOK, undefined, asked ? {} : { signal: stopping.signal }).catch(() => undefined);
    }
  } finally {
    process.off('SIGINT', stop).off('SIGTERM', stop);
    output.progress();
  }
}

function soFar(name: string, { applied, total }: RebuildProgress, ending: boolean): Words {
  const of = total === undefined ? '' : `/${total} (${total === 0 ? 100 : Math.floor((100 * applied) / total)}%)`;
  return ending
    ? { it: `${name}: mi fermo…`, en: `${name}: stopping…` }
    : { it: `${name}: ${applied}${of} eventi`, en: `${name}: ${applied}${of} events` };
}

function ended(name: string, state: RebuildState | undefined, reason = '', asked: boolean, output: Output): number {
  if (state === 'done') {
    output.say({ ok: true, rebuilt: name }, { it: `${name} è stata ricostruita.`, en: `${name} was built again.` });
    return EXIT.ok;
  }
  if (state === 'failed') throw no(`Non riuscita (${reason}): ${name} è rimasta com’era.`, `It failed (${reason}): ${name} is as it was.`);
  const words = { it: `Interrotta: ${name} è rimasta com’era.`, en: `Stopped: ${name} is as it was.` };
  throw new CommandFailure(asked ? EXIT.stopped : EXIT.no, words);
}

export async function replayParked(name: string, output: Output): Promise<number> {
  const { handled } = answered<{ handled: number }>(await operate(running(), 'POST', `projections/${encodeURIComponent(name)}/replay`));
  output.say({ ok: true, handled }, { it: `${handled} eventi ripresi.`, en: `${handled} events handled again.` });
  return EXIT.ok;
}
