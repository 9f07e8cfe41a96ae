import { verifyBundle } from '@platform/auditing';
import type { World } from '@raccordo/demo';
import { patiently } from './load';

export const AUDIT = { purpose: 'audit', acr: 3 } as const;

export interface Entry {
  readonly producer: string;
  readonly seq: number;
  readonly body: { readonly act: string; readonly effect: string };
  readonly event?: { readonly stream: string; readonly revision: number };
}
/** Umbria's whole trail, verified: every entry once, every stored event once. */
export async function trailOf(world: World): Promise<Entry[]> {
  const kept = await patiently(() => world.get('ada', '/api/audit/checkpoint', AUDIT));
  const bundle = await patiently(() => world.get('ada', '/api/audit/bundle', AUDIT));
  const { note, vkey } = kept.body as { note: string; vkey: string };
  expect(verifyBundle(Buffer.from(bundle.text), { outsideCheckpoint: note, vkey })).toMatchObject({ ok: true });
  const entries = bundle.text
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((line) => JSON.parse(line) as Entry);
  expect(new Set(entries.map(({ producer, seq }) => `${producer} ${seq}`)).size).toBe(entries.length);
  const events = entries.flatMap(({ event }) => (event ? [`${event.stream} ${event.revision}`] : []));
  expect(new Set(events).size).toBe(events.length);
  return entries;
}
export const openedIn = (entries: readonly Entry[]): number =>
  entries.filter(({ body, event }) => event && body.act === 'OpenCase' && body.effect === 'permitted').length;
