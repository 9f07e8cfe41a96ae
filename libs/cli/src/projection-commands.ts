import type { OperationsStatus } from '@platform/runtime';
import { answered, operate, running } from './instance';
import { EXIT, type Output } from './output';

/** How far each read model and reactor is. 1 when one stands still or has parked something. */
export async function projectionStatus(output: Output): Promise<number> {
  const { consumers } = answered<OperationsStatus>(await operate(running(), 'GET', 'status'));
  for (const consumer of consumers) {
    const { name, state, lag, parked, because } = consumer;
    const text = `${state === 'running' && parked === 0 ? 'ok  ' : 'FAIL'} ${name}: ${state}${because ? ` (${because})` : ''}, lag ${lag ?? '–'}, parked ${parked}`;
    output.say(consumer, text);
  }
  return consumers.every(({ state, parked }) => state === 'running' && parked === 0) ? EXIT.ok : EXIT.no;
}

export async function rebuildProjection(name: string, output: Output): Promise<number> {
  answered(await operate(running(), 'POST', `projections/${encodeURIComponent(name)}/rebuild`));
  output.say({ ok: true, rebuilt: name }, { it: `${name} è stata ricostruita.`, en: `${name} was built again.` });
  return EXIT.ok;
}

export async function replayParked(name: string, output: Output): Promise<number> {
  const { handled } = answered<{ handled: number }>(await operate(running(), 'POST', `projections/${encodeURIComponent(name)}/replay`));
  output.say({ ok: true, handled }, { it: `${handled} eventi ripresi.`, en: `${handled} events handled again.` });
  return EXIT.ok;
}
