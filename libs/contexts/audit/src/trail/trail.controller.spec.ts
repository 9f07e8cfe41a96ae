import { readFileSync, statSync } from 'node:fs';
import * as path from 'node:path';
import { verifyBundle } from '@platform/auditing';
import { AuditApp } from '../../test/audit-app';
import { anEvent, streamOf } from '../../test/audit-world';
import type { PublishedCheckpoint, ShownEntry, TrailCut, TrailPage } from './audit-trail';

/** In the past: a deciding clock that runs ahead is not believed. */
const after = (seconds: number): string => new Date(Date.parse('2024-03-14T12:00:00.000Z') + seconds * 1000).toISOString();

describe('the audit trail over HTTP', () => {
  let app: AuditApp;
  beforeAll(async () => {
    app = await AuditApp.start();
    const { store } = app.running.foundation;
    for (let n = 1; n <= 3; n++) {
      await store.append('cases@umbria', streamOf('case', n), [anEvent('CaseOpened', {}, { at: after(n), command: 'OpenCase' })], 'none');
    }
    await app.until(async () => (await app.get('ada', 'checkpoint')).status === 200);
  }, 60_000);
  afterAll(() => app.stop());

  it('grows by itself within moments of an event, and signs what it added', async () => {
    const size = async (): Promise<number> => (await app.get<PublishedCheckpoint>('ada', 'checkpoint')).body.size;
    const before = await size();
    await app.running.foundation.store.append(
      'referrals@umbria',
      streamOf('referral', 1),
      [anEvent('ReferralSent', {}, { at: after(9) })],
      'none',
    );
    await app.until(async () => (await size()) > before);
  });

  it('shows a page of entries without any stream id', async () => {
    const { status, body } = await app.get<TrailPage>('ada', `entries?act=OpenCase&limit=2&to=${after(100)}`);
    expect([status, body.entries.length]).toEqual([200, 2]);
    expect(body.entries[0]?.entry).toMatchObject({
      log: 'audit.umbria',
      producer: 'cases@umbria',
      body: { act: 'OpenCase', at: after(3) },
    });
    expect(JSON.stringify(body)).not.toMatch(/00000000-0000-7000/);
    const next = await app.get<TrailPage>('ada', `entries?act=OpenCase&limit=2&before=${body.next}`);
    expect(next.body.entries.map(({ entry }) => entry.body.at)).toEqual([after(1)]);
  });

  it('shows one entry by its number', async () => {
    const { status, body } = await app.get<ShownEntry>('ada', 'entries/0');
    expect([status, body.index, body.entry.index]).toEqual([200, 0, 0]);
    for (const place of ['entries/9999', 'entries/-1', 'entries/99999999999999999999'])
      expect((await app.get('ada', place)).status).toBe(404);
    expect((await app.get('ada', 'entries/first')).status).toBe(400);
  });

  it('is cut at an entry or a time, not at both or neither', async () => {
    const { body } = await app.get<TrailCut>('ada', `cut?time=${after(2)}`);
    expect(body).toMatchObject({ region: 'umbria', at: after(2), logs: [{ log: 'cases@umbria', last: { revision: 0 } }] });
    const resolved = await app.running.foundation.vaults.of('umbria').resolve(body.logs[0]?.last.stream ?? '', 'audit@umbria');
    expect(resolved).toBe(streamOf('case', 2));
    expect((await app.get('ada', 'cut')).status).toBe(400);
    expect((await app.get('ada', `cut?index=0&time=${after(2)}`)).status).toBe(400);
    expect((await app.get('ada', 'cut?index=0&log=cases@umbria')).status).toBe(200);
  });

  it('proves inclusion and growth', async () => {
    const { body } = await app.get<PublishedCheckpoint>('ada', 'checkpoint');
    expect((await app.get<{ hashes: string[] }>('ada', `proofs/inclusion?index=0&size=${body.size}`)).body.hashes.length).toBeGreaterThan(
      0,
    );
    expect((await app.get('ada', `proofs/consistency?from=1&size=${body.size}`)).status).toBe(200);
    expect((await app.get('ada', 'proofs/inclusion?index=5&size=2')).status).toBe(400);
    expect((await app.get('ada', 'proofs/inclusion?index=x&size=2')).status).toBe(400);
  });

  it('is downloaded whole, and verifies with the published key and checkpoint', async () => {
    const { body } = await app.get<PublishedCheckpoint>('ada', 'checkpoint');
    const reply = await app.get('ada', 'bundle', { acr: 3 });
    expect([reply.status, reply.headers.get('content-disposition')]).toEqual([200, 'attachment; filename="audit-umbria.bundle"']);
    expect(JSON.parse(reply.text.split('\n')[0] ?? '')).toMatchObject({ invented: 'DATI INVENTATI' });
    const found = verifyBundle(Buffer.from(reply.text), { vkey: body.vkey, outsideCheckpoint: body.note });
    expect(found).toMatchObject({ ok: true, findings: [] });
    expect(found.entries).toBeGreaterThanOrEqual(body.size);
  });

  it('looks to a coordinator as if it were not there, but lets her keep a checkpoint', async () => {
    for (const place of ['entries', 'entries/0', 'cut?index=0', 'proofs/inclusion?index=0&size=1', 'bundle']) {
      expect([place, (await app.get('carla', place, { acr: 3 })).status]).toEqual([place, 404]);
    }
    expect((await app.get<PublishedCheckpoint>('carla', 'checkpoint')).body.operators).toBe('single');
  });

  it('is of one region: another one looks absent', async () => {
    expect((await app.get('ada', 'entries?region=toscana')).status).toBe(404);
    expect((await app.get('ada', 'checkpoint?region=toscana')).status).toBe(404);
    expect((await app.get('ada', 'entries?region=Not%20a%20region')).status).toBe(400);
  });

  it.each([
    'entries?actor=member-1',
    'entries?act=drop%20table',
    'entries?effect=maybe',
    'entries?group=ALL',
    'entries?limit=0',
    'entries?limit=201',
    'entries?from=yesterday',
    'entries?case=case-00000000-0000-7000-8000-000000000001',
    'entries?nonsense=1',
  ])('refuses the question %s', async (place) => expect((await app.get('ada', place)).status).toBe(400));

  it('records the looks of those who may and of those who may not', async () => {
    const acts = async (): Promise<string[]> =>
      (await app.get<TrailPage>('ada', 'entries?limit=200')).body.entries.map(({ entry }) => `${entry.body.act} ${entry.body.effect}`);
    await app.until(async () => {
      const seen = await acts();
      return ['SearchTrail permitted', 'ExportTrail permitted', 'ExportTrail denied', 'CutTrail permitted'].every((one) =>
        seen.includes(one),
      );
    });
  });

  it('tells whoever watches the process how each log is doing', async () => {
    const text = await (await fetch(`${app.running.url}/metrics`)).text();
    expect(text).toContain('audit_log_trouble{region="umbria"} 0');
    expect(text).toMatch(/^raccordo_audit_spools_damaged 0$/m);
  });

  it('keeps its key under the data folder for its owner only', () => {
    const file = path.join(app.home, 'data/keys/audit-umbria.key');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readFileSync(file, 'utf8')).toMatch(/^PRIVATE\+KEY\+audit\.umbria\+/);
  });
});
