import assert from 'node:assert/strict';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { SMTPServer } from 'smtp-server';
import { launch, look, signedIn } from './browser.ts';
import { both, Instance } from './instance.ts';

/** A mail server that keeps the words of what it gets. */
class Letters {
  readonly #bodies: string[] = [];
  readonly #server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData: (stream, _, done) => {
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => parts.push(part));
      stream.on('end', () => {
        this.#bodies.push(Buffer.concat(parts).toString('utf8'));
        done();
      });
    },
  });

  open = (): Promise<number> =>
    new Promise((resolve) => this.#server.listen(0, '127.0.0.1', () => resolve((this.#server.server.address() as AddressInfo).port)));
  close = (): Promise<void> => new Promise((resolve) => this.#server.close(() => resolve()));

  async next(): Promise<string> {
    for (let tries = 0; tries < 900; tries++) {
      const body = this.#bodies.shift();
      if (body !== undefined) return body;
      await new Promise((done) => setTimeout(done, 100));
    }
    throw new Error('no letter came');
  }
}

describe('the screen of letters', () => {
  const letters = new Letters();
  const dayFrom = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
  let tomorrow = '';
  let instance: Instance;
  let browser: Browser;
  before(async () => {
    const port = await letters.open();
    const post = { SMTP_URL: `smtp://127.0.0.1:${port}`, MAIL_FROM: 'posta@rete.example' };
    [instance, browser] = await both(Instance.seeded(post), launch());
    // Only now: midnight may have come while the data were laid, which lead up to the day they are laid on.
    const today = dayFrom(0);
    tomorrow = dayFrom(1);
    await holdClock(`${today}T11:00:00.000Z`);
  });
  after(async () => {
    await browser?.close();
    await instance?.stop();
    await letters.close();
  });

  /** By day or by night, whenever the spec runs. */
  const holdClock = async (at: string): Promise<void> => {
    const headers = { 'content-type': 'application/json' };
    assert.ok((await fetch(`${instance.url}/demo/clock`, { method: 'POST', headers, body: JSON.stringify({ at }) })).ok);
  };
  const give = async (page: Page, address: string): Promise<void> => {
    await page.getByLabel('Indirizzo di posta').fill(address);
    await page.getByRole('button', { name: 'Manda il codice' }).click();
    await page.getByRole('heading', { name: 'Scrivi il codice' }).waitFor();
  };

  it('shows before anything is given what a letter would say: as many things as the page of what is to be done', async () => {
    const page = await signedIn(browser, instance.url, 'Nora', '/lavoro');
    const due = page.getByRole('region', { name: 'Da fare' });
    await due.getByRole('listitem').first().waitFor();
    const shown = await due.getByRole('listitem').count();
    assert.ok(shown > 1, 'there is something to count');
    await page.getByRole('link', { name: 'Una lettera quando c’è qualcosa da fare' }).click();
    await page.getByText(`Hai ${shown} cose da fare, la prima entro`).waitFor();
    await look(page, 'letters-none');
  });

  it('takes an address, has it confirmed by the code that was sent there, and lets it be taken away', async () => {
    const page = await signedIn(browser, instance.url, 'Giulia', '/posta');
    await page.getByLabel('Indirizzo di posta').fill('nessuna chiocciola');
    await page.getByRole('button', { name: 'Manda il codice' }).click();
    await page.locator('.rc-field-error').waitFor();
    await give(page, 'giulia@posta.example');
    await page.getByText('Un codice parte per g…@posta.example.').waitFor();
    const code = /\d{8}/.exec((await letters.next()).split('\r\n\r\n')[1] ?? '')?.[0] ?? '';
    await page.getByLabel('Codice', { exact: true }).fill(String((Number(code) + 1) % 1e8).padStart(8, '0'));
    await page.getByRole('button', { name: 'Conferma' }).click();
    await page.getByText('Non è l’ultimo codice mandato').waitFor();
    await look(page, 'letters-code');
    await page.getByLabel('Codice', { exact: true }).fill(`${code.slice(0, 4)} ${code.slice(4)}`);
    await page.getByRole('button', { name: 'Conferma' }).click();
    await page.getByText('Indirizzo confermato. La prima lettera può arrivare domani mattina.').waitFor();
    await look(page, 'letters-confirmed');
    await page.getByLabel('Lingua delle lettere').selectOption('en');
    await page.getByRole('button', { name: 'Salva' }).click();
    await page.getByText('Salvato.').waitFor();

    await holdClock(`${tomorrow}T10:00:00.000Z`);
    assert.match(await letters.next(), /You have one thing to do by/);
    await page.reload();
    await page.getByRole('button', { name: 'Togli l’indirizzo' }).click();
    await page.getByText('Indirizzo tolto e cancellato. Non arriva più niente.').waitFor();
    await page.getByRole('heading', { name: 'Il tuo indirizzo' }).waitFor();
  });

  it('says by night that the code comes in the morning', async () => {
    await holdClock(`${tomorrow}T22:00:00.000Z`);
    const page = await signedIn(browser, instance.url, 'Karim', '/posta');
    await give(page, 'karim@posta.example');
    await page.getByText('Di notte non parte posta: il codice arriva dopo le 7.').waitFor();
  });

  it('is not there for whoever has no such list', async () => {
    const page = await signedIn(browser, instance.url, 'Marco', '/mie-allerte');
    await page.goto('/posta');
    await page.getByText('Questa pagina non c’è').waitFor();
    const other = await signedIn(browser, instance.url, 'Piero', '/posta');
    await other.getByText('Questa pagina non c’è').waitFor();
  });
});
