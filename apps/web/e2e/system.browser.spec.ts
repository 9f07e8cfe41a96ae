import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import pg from 'pg';
import type { Browser, Locator, Page } from 'playwright-core';
import { change } from './asking.ts';
import { launch, look, signedIn, whole } from './browser.ts';
import { saysNoKey } from './inspecting.ts';
import { both, Instance } from './instance.ts';

const button = (page: Page | Locator, name: string): Locator => page.getByRole('button', { name, exact: true });
const REBUILD = '/api/read-models/cases/contacts/rebuild';

/** Holds the rebuild of the contacts where it comes to the last of its logs: what it writes there first is being written by somebody else. */
class Gate {
  #closed = false;
  private readonly client: pg.Client;
  private readonly log: string;
  private readonly position: string;

  private constructor(client: pg.Client, log: string, position: string) {
    this.client = client;
    this.log = log;
    this.position = position;
  }

  static async of(client: pg.Client): Promise<Gate> {
    const { rows } = await client.query<{ source: string; position: string }>(
      `select source, position from cases.consumer_checkpoint where consumer = 'contacts' order by source desc`,
    );
    const [last] = rows;
    assert.ok(last && rows.length > 1, 'contacts of several regions');
    return new Gate(client, last.source, last.position);
  }

  async close(): Promise<void> {
    await this.client.query(`delete from cases.consumer_checkpoint where consumer = 'contacts' and source = $1`, [this.log]);
    await this.client.query('begin');
    await this.#insert(null);
    this.#closed = true;
  }

  /** What was there before is there again, unless the rebuild has put its own. */
  async open(): Promise<void> {
    if (!this.#closed) return;
    this.#closed = false;
    await this.client.query('rollback');
  }

  /** After a rebuild that was rolled back. */
  restore = (): Promise<unknown> => this.#insert(this.position);

  #insert(position: string | null): Promise<unknown> {
    return this.client.query(
      `insert into cases.consumer_checkpoint (consumer, source, position) values ('contacts', $1, $2) on conflict do nothing`,
      [this.log, position],
    );
  }
}

describe('the state of the system', () => {
  let instance: Instance;
  let browser: Browser;
  let piero: Page;
  let database: pg.Client;
  let gate: Gate;

  before(async () => {
    [instance, browser] = await both(Instance.seeded(), launch());
    database = new pg.Client(instance.database);
    await database.connect();
    gate = await Gate.of(database);
    piero = await signedIn(browser, instance.url, 'Piero', '/sistema');
  });
  after(async () => {
    await gate?.open();
    await database?.end();
    await browser?.close();
    await instance?.stop();
  });

  const row = (name: string): Locator =>
    piero.getByRole('row').filter({ has: piero.locator('code', { hasText: new RegExp(`^${name}$`) }) });
  const contacts = (): Locator => row('contacts');
  const start = async (): Promise<void> => {
    await button(piero, 'Ricostruisci: Contatti').click();
    await button(piero.getByRole('dialog'), 'Ricostruisci').click();
    await piero.getByRole('dialog').waitFor({ state: 'detached' });
  };
  const said = (words: string | RegExp): Promise<void> =>
    piero.getByRole('status').filter({ hasText: words }).waitFor({ state: 'attached' });

  it('names every read model and automatism in words', async () => {
    await piero.getByText('Tutto funziona').waitFor();
    for (const name of ['Rete e persone', 'Casi', 'Richieste', 'Allerte', 'Registro'])
      await piero.getByRole('heading', { name, level: 2, exact: true }).waitFor();
    for (const details of await piero.locator('details').all()) await details.locator('summary').click();
    const headers = await piero.locator('tbody th').allInnerTexts();
    assert.ok(headers.length > 35, String(headers.length));
    assert.deepEqual(
      headers.filter((text) => !/^\p{Lu}.* .*\n[a-z-]+$|^\p{Lu}\p{Ll}+\n[a-z-]+$/u.test(text)),
      [],
    );
    await look(piero, 'system-open');
    for (const details of await piero.locator('details').all()) await details.locator('summary').click();
    await look(piero, 'system');
  });

  it('says what a rebuild does before it begins, and begins none where somebody thinks better of it', async () => {
    await button(piero, 'Ricostruisci: Contatti').click();
    await piero.getByText('Nessuno perde niente').waitFor();
    await look(piero, 'system-ask');
    await button(piero, 'Non adesso').click();
    await piero.getByRole('dialog').waitFor({ state: 'detached' });
    assert.equal(await contacts().getByRole('progressbar').count(), 0);
  });

  it('shows how far a rebuild is, also to whoever leaves and comes back, and lets nobody begin a second', async () => {
    await gate.close();
    await start();
    // How far it is may be said a moment after that it has begun.
    await said(/Ricostruzione iniziata: Contatti|Contatti: \d+ %/);
    const bar = piero.getByRole('progressbar', { name: 'Avanzamento della ricostruzione: Contatti' });
    await contacts()
      .getByText(/^[1-9][\d.]* di [\d.]+ eventi \(\d+ %\)$/)
      .waitFor();
    const [value, max] = await bar.evaluate((element: HTMLProgressElement) => [element.value, element.max] as const);
    assert.ok(value > 0 && value < max, `${value} of ${max}`);
    await look(piero, 'system-running');
    await assert.rejects(change(piero, REBUILD, {}), /409 .*projection\.rebuilding/);
    await piero.getByRole('link', { name: 'Persone' }).click();
    await piero.getByRole('heading', { name: 'Persone autorizzate', level: 1 }).waitFor();
    await piero.getByRole('link', { name: 'Sistema' }).click();
    await bar.waitFor();
    assert.equal(await button(piero, 'Ricostruisci: Contatti').count(), 0);
  });

  it('stops one on request: nothing has changed, and another one may begin', async () => {
    await button(piero, 'Ferma la ricostruzione: Contatti').click();
    await contacts().getByText('Mi fermo…').waitFor();
    await look(piero, 'system-stopping');
    await gate.open();
    await contacts()
      .getByText(/^Fermata il .*: non è cambiato nulla\.$/)
      .waitFor();
    await said('Ricostruzione fermata, non è cambiato nulla: Contatti');
    await gate.restore();
    await look(piero, 'system-stopped');
    await start();
    await contacts()
      .getByText(/^Fatta il .*: [\d.]+ eventi riletti\.$/)
      .waitFor();
    await said('Ricostruzione fatta: Contatti');
    await look(piero, 'system-done');
  });

  it('says what to do about what failed, was interrupted or put aside', async () => {
    await database.query(
      `insert into cases.consumer_rebuild (consumer, state, started_at, ended_at, applied, total, reason) values
         ('companies', 'failed', '2026-03-01T09:00:00.000Z', '2026-03-01T09:01:00.000Z', 3, 9, '57P01'),
         ('erasures', 'running', '2026-03-01T09:00:00.000Z', null, 3, 9, null)`,
    );
    const parked = `insert into cases.consumer_parked (consumer, source, stream, revision, type, at, parked_at, reason)
      select $1, 'cases@umbria', 'case-of-a-spec', n, 'CaseOpened', '2026-03-01T09:00:00.000Z', '2026-03-01T09:00:00.000Z', 'Error' from generate_series(1, $2) n`;
    await database.query(parked, ['dynamics', 3]);
    await database.query(parked, ['grant-when-referred', 1]);
    await button(piero, 'Aggiorna').click();
    await piero.getByText('Qualcosa va guardato').waitFor();
    await row('companies').getByText('57P01').waitFor();
    await row('erasures').getByText('Interrotta perché il servizio si è fermato: non è cambiato nulla.').waitFor();
    await row('dynamics').getByText('3 eventi messi da parte').waitFor();
    await row('dynamics').getByText('«raccordo projections replay dynamics»').waitFor();
    await row('grant-when-referred').getByText('1 evento messo da parte').waitFor();
    assert.doesNotMatch(await piero.locator('main').innerText(), /case-of-a-spec|CaseOpened|@umbria/);
    await look(piero, 'system-trouble');
    await button(piero, 'English').click();
    await piero.getByText('Something has to be looked at').waitFor();
    await whole(piero);
    await saysNoKey(piero, 'the state of the system');
    await look(piero, 'system-trouble-english');
    await button(piero, 'Italiano').click();
    await database.query(`delete from cases.consumer_parked where stream = 'case-of-a-spec'`);
  });

  it('shows the rest where one service is away', async () => {
    await piero.route('**/api/read-models/alerts', (route) => route.fulfill({ status: 500, contentType: 'application/json', body: '{}' }));
    await piero.reload();
    await piero.getByRole('alert').waitFor();
    await row('contacts').waitFor();
    assert.equal(await piero.getByText('Tutto funziona').count(), 0);
    await look(piero, 'system-away');
    await piero.unroute('**/api/read-models/alerts');
  });

  it('is no page of anybody else', async () => {
    for (const [persona, status] of [
      ['Giulia', 404],
      ['Dora', 403],
      ['Ada', 403],
    ] as const) {
      const page = await signedIn(browser, instance.url, persona, '/sistema');
      await page.getByRole('heading', { name: 'Questa pagina non c’è' }).waitFor();
      assert.equal(await page.getByRole('link', { name: 'Sistema' }).count(), 0);
      for (const at of ['/api/read-models/cases', REBUILD])
        assert.deepEqual([persona, await page.evaluate(async (path) => (await fetch(path)).status, at)], [persona, status]);
      await assert.rejects(change(page, REBUILD, {}), new RegExp(`${status} `));
      await page.context().close();
    }
  });
});
