import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';

/** Targets of a finger or an unsteady hand: 24 px for all, 44 px high for what a screen is for. Links inside sentences are as high as their line. */
export async function targetsAreLarge(page: Page, name: string): Promise<void> {
  const small = await page.evaluate(() => {
    const shown = (element: HTMLElement): boolean => element.checkVisibility({ visibilityProperty: true, opacityProperty: true });
    const inSentence = (element: HTMLElement): boolean =>
      element.tagName === 'A' && getComputedStyle(element).display === 'inline' && element.closest('p, li, dd, td, th') !== null;
    const all = [...document.querySelectorAll<HTMLElement>('a[href], button, input, select, textarea, summary, [role=option]')];
    return all.filter(shown).flatMap((element) => {
      const target = element.matches('input[type=checkbox], input[type=radio]') ? (element.closest('label') ?? element) : element;
      const { width, height } = target.getBoundingClientRect();
      if (width <= 1 || height <= 1 || inSentence(element)) return [];
      const least = element.matches('.rc-button, .rc-exit, .rc-plain, .rc-nav a, .rc-input') ? 44 : 24;
      return height < least - 0.5 || width < 24 ? [`${Math.round(width)}×${Math.round(height)} ${element.outerHTML.slice(0, 90)}`] : [];
    });
  });
  assert.deepEqual(small, [], `targets of ${name} are too small`);
}

/** 1280 × 1024 px at 400 %. */
export async function bearsZoom(page: Page, name: string): Promise<void> {
  const before = page.viewportSize();
  await page.setViewportSize({ width: 320, height: 256 });
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  if (before) await page.setViewportSize(before);
  assert.ok(wide <= 0, `${name} scrolls sideways by ${wide} px at 400 %`);
}

/** Where people choose their own colours, backgrounds are gone: what a thing is must show by its border. */
export async function bearsForcedColours(page: Page, name: string): Promise<void> {
  await page.emulateMedia({ forcedColors: 'active' });
  const bare = await page.evaluate(() => {
    const edged = (element: Element): boolean => {
      const { borderTopWidth, borderTopStyle, borderBottomWidth } = getComputedStyle(element);
      return (parseFloat(borderTopWidth) > 0 || parseFloat(borderBottomWidth) > 0) && borderTopStyle !== 'none';
    };
    const all = [...document.querySelectorAll('.rc-button, .rc-exit, .rc-plain, .rc-input, .rc-badge, .rc-notice, .rc-card')];
    const invisible = (element: Element): boolean => getComputedStyle(element).color === getComputedStyle(element).backgroundColor;
    return all.filter((element) => !edged(element) || invisible(element)).map((element) => element.outerHTML.slice(0, 90));
  });
  await page.emulateMedia({ forcedColors: 'none' });
  assert.deepEqual(bare, [], `${name} cannot be read in forced colours`);
}

/** What stays behind in a browser: title, address and history say nothing about anybody. */
export async function tellsNothing(page: Page, name: string, secrets: readonly string[]): Promise<void> {
  const left = await page.evaluate(() => ({
    title: document.title,
    address: decodeURIComponent(location.href),
    state: JSON.stringify(history.state),
    icon: document.querySelector('link[rel=icon]')?.getAttribute('href'),
  }));
  assert.match(left.title, /^(\p{L}[\p{L}’ -]{1,20} – )?Rete Casi$/u, `the title of ${name}`);
  assert.equal(left.icon, '/icon.svg');
  const words = `${left.title}\n${left.address}\n${left.state}`.toLowerCase();
  assert.deepEqual(
    secrets.filter((secret) => words.includes(secret.toLowerCase())),
    [],
    `what ${name} leaves in the browser`,
  );
}

/** Handles and logs have a dot as well. */
const NO_KEY = String.raw`\.[a-z2-7]{26}$|^(audit|cases|referrals|alerts|regions)\.[a-z-]+$`;

/** A key where words should be. */
export async function saysNoKey(page: Page, name: string): Promise<void> {
  const keys = await page.evaluate((other) => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const found: string[] = [];
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const text = node.nodeValue?.trim() ?? '';
      if ((/^[a-z][A-Za-z]*(\.[A-Za-z][\w-]*)+$/.test(text) && !new RegExp(other).test(text)) || /\{\{/.test(text)) found.push(text);
    }
    return found;
  }, NO_KEY);
  assert.deepEqual(keys, [], `raw keys on ${name}`);
}
