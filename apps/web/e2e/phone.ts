import type { Browser, Page } from 'playwright-core';
import { PHONE, signedIn } from './browser.ts';

export const PIN = 'ponte vecchio 7';

/** A phone on which somebody has set a PIN, and whose browser holds the page. */
export async function phoneOf(browser: Browser, url: string, persona: string, pin = PIN): Promise<Page> {
  const page = await signedIn(browser, url, persona, '/bozze', PHONE);
  await page.getByLabel('PIN o frase').fill(pin);
  await page.getByLabel('Lo stesso, ancora una volta').fill(pin);
  await page.getByRole('button', { name: 'Imposta il PIN' }).click();
  await page.getByRole('heading', { name: 'Da inviare' }).waitFor();
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  return page;
}

export async function unlock(page: Page, pin = PIN): Promise<void> {
  await page.getByLabel('PIN o frase').fill(pin);
  await page.getByRole('button', { name: 'Apri', exact: true }).click();
}

export async function fillContact(page: Page): Promise<void> {
  await page.getByRole('combobox', { name: 'Dove (comune)' }).fill('folign');
  await page.getByRole('option', { name: 'Foligno (PG)' }).click();
  await page.getByLabel('Che posto è').selectOption('field_camp');
  await page.getByLabel('Lingua che parla').selectOption('wo');
  await page.getByLabel('Come vi siete incontrati').selectOption('brought_by_peer');
}
