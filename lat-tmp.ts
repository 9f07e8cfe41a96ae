import { KurrentCluster } from '/work/wt/kdb/libs/platform/event-store/test/kurrentdb/server';
import { KurrentDBClient, jsonEvent } from '@kurrent/kurrentdb-client';
void (async () => {
  const c = await KurrentCluster.start(); const client = KurrentDBClient.connectionString(c.url());
  await client.appendToStream('a-1', jsonEvent({ type: 'A', data: {} }));
  const t: number[] = [];
  for (let i = 0; i < 40; i++) { const s = performance.now(); for await (const _ of client.readStream('a-1', { requiresLeader: true })); t.push(Math.round(performance.now() - s)); }
  console.log('seq', t.join(' '));
  const t2: number[] = [];
  for (let i = 0; i < 20; i++) { const s = performance.now(); await Promise.all([1, 2, 3, 4].map(async () => { for await (const _ of client.readStream('a-1', { requiresLeader: true })); })); t2.push(Math.round(performance.now() - s)); }
  console.log('4par', t2.join(' '));
  const t3: number[] = [];
  for (let i = 0; i < 20; i++) { const s = performance.now(); await client.appendToStream('a-1', jsonEvent({ type: 'A', data: {} })); t3.push(Math.round((performance.now() - s)*10)/10); }
  console.log('append', t3.join(' '));
  await client.dispose(); c.stop(); process.exit(0);
})();
