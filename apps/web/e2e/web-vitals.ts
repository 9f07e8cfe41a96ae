/**
 * The recorded performance run (`npm run web:vitals`): the built application as a phone with poor coverage meets it for the first time. It is run by
 * hand and its figures are kept (`-- --record`); no check waits for it, as figures depend on the machine.
 */
import { writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { read } from './asking.ts';
import { launch, PHONE, signedIn } from './browser.ts';
import { Instance } from './instance.ts';

const LIMITS = { lcp: 2_500, cls: 0.02, tbt: 200 } as const;
const RUNS = 3;
/** 1.6 Mbit/s with 150 ms, and a processor that is four times slower. */
const LINE = { offline: false, latency: 150, downloadThroughput: 1_600_000 / 8, uploadThroughput: 1_600_000 / 8 };
const SLOWER = 4;
/** A page has come to rest when nothing was painted, moved or worked on for so long. */
const QUIET = 2_000;
const PATIENCE = 60_000;

interface Vitals {
  readonly lcp: number;
  readonly cls: number;
  readonly tbt: number;
  /** What was painted last among the largest: where to look when it is late. */
  readonly largest: string;
  readonly kilobytes: number;
}
type Watched = Window & { vitals: { lcp: number; largest: string; cls: number; tasks: { at: number; ms: number }[]; last: number } };

/** Runs in the page before anything else of it. */
function watch(): void {
  const vitals: Watched['vitals'] = { lcp: 0, largest: '', cls: 0, tasks: [], last: 0 };
  (window as unknown as Watched).vitals = vitals;
  const on = (type: string, see: (entry: PerformanceEntry) => void): void =>
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) see(entry);
      vitals.last = performance.now();
    }).observe({ type, buffered: true });
  on('largest-contentful-paint', (entry) => {
    const { element } = entry as PerformanceEntry & { element?: Element };
    vitals.lcp = entry.startTime;
    vitals.largest = element ? `${element.tagName.toLowerCase()} ${(element.textContent ?? '').trim().slice(0, 40)}` : '';
  });
  on('layout-shift', (entry) => {
    const { value, hadRecentInput } = entry as PerformanceEntry & { value: number; hadRecentInput: boolean };
    if (!hadRecentInput) vitals.cls += value;
  });
  on('longtask', ({ startTime, duration }) => vitals.tasks.push({ at: startTime, ms: duration }));
}

/** Somebody's first visit: their session, and nothing of ours on the device. */
async function visit(
  browser: Browser,
  url: string,
  state: Awaited<ReturnType<BrowserContext['storageState']>>,
  at: string,
): Promise<Vitals> {
  const context = await browser.newContext({ viewport: PHONE, locale: 'it-IT', baseURL: url, storageState: state });
  const page = await context.newPage();
  const line = await context.newCDPSession(page);
  await line.send('Network.enable');
  await line.send('Network.emulateNetworkConditions', LINE);
  await line.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
  let bytes = 0;
  line.on('Network.loadingFinished', ({ encodedDataLength }) => (bytes += encodedDataLength));
  await page.addInitScript(watch);
  await page.goto(at);
  await page.locator('h1').first().waitFor({ timeout: PATIENCE });
  await page.waitForFunction(
    (quiet) => {
      const { vitals } = window as unknown as Watched;
      const waiting = document.querySelector('.rc-waiting, .rc-body-coming') !== null;
      return !waiting && vitals.lcp > 0 && performance.now() - vitals.last > quiet;
    },
    QUIET,
    { timeout: PATIENCE },
  );
  const found = await page.evaluate(() => {
    const { vitals } = window as unknown as Watched;
    const painted = performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0;
    const late = vitals.tasks.filter(({ at: began, ms }) => began + ms > painted);
    return { lcp: vitals.lcp, cls: vitals.cls, largest: vitals.largest, tbt: late.reduce((sum, { ms }) => sum + Math.max(0, ms - 50), 0) };
  });
  await context.close();
  return { ...found, kilobytes: bytes / 1_000 };
}

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;

async function measure(browser: Browser, url: string, page: Page | undefined, at: string): Promise<Vitals> {
  const state = (await page?.context().storageState()) ?? { cookies: [], origins: [] };
  const runs: Vitals[] = [];
  for (let n = 0; n < RUNS; n++) runs.push(await visit(browser, url, state, at));
  const of = (what: 'lcp' | 'cls' | 'tbt' | 'kilobytes'): number => median(runs.map((one) => one[what]));
  return { lcp: of('lcp'), cls: of('cls'), tbt: of('tbt'), kilobytes: of('kilobytes'), largest: runs.at(-1)?.largest ?? '' };
}

const instance = await Instance.seeded();
const browser = await launch();
try {
  const giulia = await signedIn(browser, instance.url, 'Giulia', '/lavoro');
  const { items } = await read<{ items: { handle: string }[] }>(giulia, '/api/cases?limit=1');
  const pages: readonly [name: string, as: Page | undefined, at: string][] = [
    ['Start page', undefined, '/'],
    ['My work', giulia, '/lavoro'],
    ['Case', giulia, `/casi/${items[0]?.handle ?? ''}`],
    ['Contact form', giulia, '/contatti/nuovo'],
  ];
  const rows: string[] = [];
  for (const [name, as, at] of pages) {
    const { lcp, cls, tbt, kilobytes, largest } = await measure(browser, instance.url, as, at);
    const ok = lcp <= LIMITS.lcp && cls <= LIMITS.cls && tbt <= LIMITS.tbt;
    if (!ok) process.exitCode = 1;
    console.log(
      `${ok ? 'ok  ' : 'OVER'} ${name}: LCP ${Math.round(lcp)} ms, CLS ${cls.toFixed(3)}, TBT ${Math.round(tbt)} ms, ${Math.round(kilobytes)} kB (${largest})`,
    );
    rows.push(`| ${name} | ${(lcp / 1000).toFixed(2)} s | ${cls.toFixed(3)} | ${Math.round(tbt)} ms | ${Math.round(kilobytes)} kB |`);
  }
  if (process.argv.includes('--record')) record(rows, browser.version());
} finally {
  await browser.close();
  await instance.stop();
}

function record(rows: readonly string[], version: string): void {
  const day = new Date().toISOString().slice(0, 10);
  const text = `# The browser application on a poor line

Recorded by \`npm run web:vitals -- --record\` on ${day}: Chromium ${version}, ${os.cpus().length} processor cores, the invented data, server and browser on the same
machine. First visit with nothing kept, 390 px wide, 1.6 Mbit/s, 150 ms, a processor ${SLOWER} times slower; the median of ${RUNS} runs each.

| page | LCP | CLS | TBT | transferred |
|---|---|---|---|---|
| *at most* | *${LIMITS.lcp / 1000} s* | *${LIMITS.cls}* | *${LIMITS.tbt} ms* | |
${rows.join('\n')}

LCP: when the largest text was there. CLS: how much moved under the reader's eyes. TBT: how long the page did not answer, beyond 50 ms at a time.
`;
  writeFileSync(path.resolve(import.meta.dirname, '../../../docs/reference/web-vitals.md'), text);
}
