import type { Page } from 'playwright-core';

/**
 * A page that hears of nothing: of this address it is told what stood there when it read next, until it sends something itself. What happens between
 * the reading and the decision is then certain to, however fast a page is told of changes.
 */
export async function hearsNothing(page: Page, path: string): Promise<void> {
  let [sent, kept]: [boolean, Promise<{ status: number; headers: Record<string, string>; body: Buffer }> | undefined] = [false, undefined];
  page.on('request', (request) => {
    if (request.method() === 'POST' && new URL(request.url()).pathname.startsWith('/api/')) sent = true;
  });
  await page.route(
    ({ pathname }) => decodeURIComponent(pathname) === path,
    async (route) => {
      if (sent || route.request().method() !== 'GET') return route.continue();
      kept ??= route.fetch().then(async (answer) => ({ status: answer.status(), headers: answer.headers(), body: await answer.body() }));
      await route.fulfill(await kept);
    },
  );
}
