import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { change, openCase, read, until } from './asking.ts';
import { dialogClosed, launch, look, signedIn, signIn, visitor } from './browser.ts';
import { both, Instance } from './instance.ts';
import { hearsNothing } from './meanwhile.ts';
import { consentOf, offerReferral } from './referral-ground.ts';

const HOUR = 3_600_000;

interface Lines {
  readonly items: readonly { readonly handle: string; readonly etag: string; readonly status: string; readonly overdue?: boolean }[];
}

describe('what a clock or a colleague does between reading and deciding', () => {
  let instance: Instance;
  let browser: Browser;
  let giulia: Page;
  before(async () => {
    [instance, browser] = await both(Instance.start(), launch());
    await instance.fill();
    giulia = await signedIn(browser, instance.url, 'Giulia', '/lavoro');
  });
  after(async () => {
    await browser?.close();
    await instance?.stop();
  });

  const holdClock = (at?: number): Promise<Response> =>
    fetch(`${instance.url}/demo/clock`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(at === undefined ? {} : { at: new Date(at).toISOString() }),
    });

  /** Nino opens something of a case of Giulia's team in an emergency. */
  async function emergency(): Promise<void> {
    const { codename } = await openCase(giulia);
    const { organisation: custodian } = await read<{ organisation: string }>(giulia, '/api/members/me');
    const nino = await visitor(browser, instance.url);
    await signIn(nino, 'Nino', '/emergenze', 3);
    const body = { custodian, codename, group: 'CON', reason: 'imminent_danger_to_life', account: 'Ha chiamato il pronto soccorso.' };
    await change(nino, '/api/break-glass', body, { 'raccordo-purpose': 'emergency' });
    await nino.context().close();
  }

  it('loses no judgement because its review was marked overdue meanwhile', async () => {
    const began = Date.now();
    await emergency();
    const elsewhere = await signedIn(browser, instance.url, 'Livia', '/riesami');
    const livia = await signedIn(browser, instance.url, 'Livia', '/lavoro');
    await hearsNothing(livia, '/api/break-glass');
    try {
      await holdClock(began + 5 * HOUR);
      await until<Lines>(elsewhere, '/api/break-glass', ({ items }) => items.at(-1)?.status === 'AwaitingReview');
      await livia.goto('/riesami');
      await livia.getByLabel('Il tuo giudizio').selectOption('justified');
      await livia.getByLabel('Che cosa hai verificato').fill('La chiamata risulta dal registro.');
      await holdClock(began + 73 * HOUR);
      await until<Lines>(elsewhere, '/api/break-glass', ({ items }) => items.at(-1)?.overdue === true);
      assert.equal(await livia.getByText('In ritardo').count(), 0, 'the page has not heard of it');
      await livia.getByRole('button', { name: 'Registra il giudizio' }).click();
      await livia.getByText('Giudizio registrato.').waitFor();
      await livia.getByText('Niente da riesaminare.').waitFor();
    } finally {
      await holdClock();
    }
  });

  it('says that somebody else has judged, and that nothing was recorded', async () => {
    const began = Date.now();
    await emergency();
    const elsewhere = await signedIn(browser, instance.url, 'Livia', '/riesami');
    const livia = await signedIn(browser, instance.url, 'Livia', '/lavoro');
    await hearsNothing(livia, '/api/break-glass');
    try {
      await holdClock(began + 5 * HOUR);
      const { items } = await until<Lines>(elsewhere, '/api/break-glass', (lines) => lines.items.at(-1)?.status === 'AwaitingReview');
      await livia.goto('/riesami');
      await livia.getByLabel('Il tuo giudizio').selectOption('unjustified');
      await livia.getByLabel('Che cosa hai verificato').fill('Non risulta nessuna chiamata.');
      const { handle = '', etag = '' } = items.at(-1) ?? {};
      await change(elsewhere, `/api/break-glass/${handle}/justification`, { account: 'La chiamata c’è stata.' }, { 'if-match': etag });
      await until<Lines>(elsewhere, '/api/break-glass', (lines) => lines.items.length === 0);
      await livia.getByRole('button', { name: 'Registra il giudizio' }).click();
      await livia.getByText('Nel frattempo l’ha giudicato qualcun altro').waitFor();
      assert.equal(await livia.getByText('Giudizio registrato.').count(), 0);
      await look(livia, 'meanwhile-judged');
    } finally {
      await holdClock();
    }
  });

  it('says of a notice that lapsed, or that a colleague confirmed, what has become of it and what is left to do', async () => {
    const elsewhere = await signedIn(browser, instance.url, 'Giulia', '/casi');
    const waiting = (lines: Lines): boolean => lines.items.some(({ status }) => status === 'Sent');
    // Newest first: what the other tests have left there is confirmed already, or is now.
    for (const { handle, etag } of (await read<Lines>(elsewhere, '/api/notices')).items.filter(({ status }) => status === 'Sent'))
      await change(elsewhere, `/api/notices/${handle}/acknowledgement`, {}, { 'if-match': etag });
    await until<Lines>(elsewhere, '/api/notices', (lines) => !waiting(lines));
    for (const how of ['Lapsed', 'Acknowledged'] as const) {
      await emergency();
      const { items } = await until<Lines>(elsewhere, '/api/notices', waiting);
      const { handle = '', etag = '' } = items.find(({ status }) => status === 'Sent') ?? {};
      const page = await signedIn(browser, instance.url, 'Giulia', '/casi');
      await hearsNothing(page, '/api/notices');
      await page.goto('/lavoro');
      await page.getByText('Qualcuno ha aperto un dato in emergenza').waitFor();
      try {
        if (how === 'Lapsed') await holdClock(Date.now() + 25 * HOUR);
        else await change(elsewhere, `/api/notices/${handle}/acknowledgement`, {}, { 'if-match': etag });
        await until<Lines>(elsewhere, '/api/notices', (lines) => lines.items.some((one) => one.handle === handle && one.status === how));
        await page.getByRole('button', { name: 'Confermo' }).click();
        const words =
          how === 'Lapsed' ? 'Il tempo per confermare era già passato' : 'L’ha già confermato una persona della tua organizzazione';
        await page.getByText(words).waitFor();
        await page.getByRole('button', { name: 'Confermo' }).waitFor({ state: 'detached' });
        await look(page, `meanwhile-notice-${how.toLowerCase()}`);
      } finally {
        await holdClock();
      }
      await page.context().close();
    }
  });

  it('says of a referral that expired while somebody was accepting it what has become of it, and who can do what', async () => {
    const elsewhere = await signedIn(browser, instance.url, 'Elena', '/lavoro');
    const { received } = await offerReferral(giulia, elsewhere);
    const referral = `/api/referrals/${received}`;
    const elena = await signedIn(browser, instance.url, 'Elena', `/richieste/${received}`);
    await elena.getByRole('button', { name: 'Apri il riassunto senza nome' }).click();
    await elena.getByRole('button', { name: 'Accetta' }).waitFor();
    await hearsNothing(elena, referral);
    await elena.reload();
    await elena.getByRole('button', { name: 'Accetta' }).click();
    const dialog = elena.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Accetta' }).waitFor();
    const { due } = await read<{ due: string }>(elsewhere, referral);
    try {
      await holdClock(Date.parse(due) + 60_000);
      await until<{ status: string }>(elsewhere, referral, ({ status }) => status === 'Expired');
      await dialog.getByRole('button', { name: 'Accetta' }).click();
      // In the dialog, until the page has read anew and says the same.
      await dialog
        .getByText('Questa richiesta nel frattempo è finita')
        .or(elena.getByText('Nessuno ha risposto in tempo.'))
        .first()
        .waitFor();
      await elena.reload();
      await elena.getByText('Nessuno ha risposto in tempo.').waitFor();
      await look(elena, 'meanwhile-expired');
    } finally {
      await holdClock();
    }
  });

  it('shows a consent that a colleague withdrew first beside what one was about to do', async () => {
    const elsewhere = await signedIn(browser, instance.url, 'Giulia', '/casi');
    const { handle } = await openCase(giulia);
    const elena = await signedIn(browser, instance.url, 'Elena', '/lavoro');
    const { organisation } = await read<{ organisation: string }>(elena, '/api/members/me');
    const consent = await consentOf(giulia, handle, organisation, 'direct_assistance', ['NEED']);
    const access = `/api/cases/${handle}/access`;
    const page = await signedIn(browser, instance.url, 'Giulia', '/casi');
    await hearsNothing(page, access);
    await page.goto(`/casi/${handle}?parte=consensi`);
    await page.getByRole('button', { name: 'Ritira' }).click();
    const dialog = page.getByRole('dialog');
    const { consents } = await read<{ consents: { handle: string; etag: string }[] }>(elsewhere, access);
    const etag = consents.find((one) => one.handle === consent)?.etag ?? '';
    await change(elsewhere, `/api/consents/${consent}/withdrawal`, { reason: 'person_asked' }, { 'if-match': etag });
    await until<{ consents: { status: string }[] }>(elsewhere, access, (shown) => shown.consents[0]?.status === 'Withdrawn');
    await dialog.getByRole('button', { name: 'Ritira' }).click();
    await dialog.getByText('Qualcuno ha cambiato questo mentre scrivevi').waitFor();
    await dialog.getByRole('region', { name: 'Come è adesso' }).getByText('Ritirato').waitFor();
    await look(page, 'meanwhile-consent');
    await dialog.getByRole('button', { name: 'Tieni la versione di ora' }).click();
    await dialogClosed(page);
    await page.getByRole('table').getByText('Ritirato').waitFor();
  });
});
