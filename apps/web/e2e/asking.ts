import type { Page } from 'playwright-core';

/** What a colleague does elsewhere meanwhile: a change through the API, with the session of their page. */
export async function change<T = unknown>(
  page: Page,
  path: string,
  body: object,
  headers: Readonly<Record<string, string>> = {},
): Promise<T> {
  const answer = await page.evaluate(
    async ([address, sent, more]) => {
      const { csrf } = (await (await fetch('/auth/session')).json()) as { csrf: string };
      const key = crypto.randomUUID();
      const response = await fetch(address, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-csrf-token': csrf, 'idempotency-key': key, ...more },
        body: JSON.stringify(sent),
      });
      return { status: response.status, text: await response.text() };
    },
    [path, body, headers] as const,
  );
  if (answer.status >= 300) throw new Error(`${path}: ${answer.status} ${answer.text}`);
  return (answer.text === '' ? undefined : JSON.parse(answer.text)) as T;
}

export const read = <T>(page: Page, path: string): Promise<T> =>
  page.evaluate(async (address) => (await fetch(address)).json() as Promise<unknown>, path) as Promise<T>;

/** A case somebody opens elsewhere, in the first team of theirs that takes cases. */
export async function openCase(page: Page, more: object = {}): Promise<{ handle: string; codename: string }> {
  const { teams } = await read<{ teams: { team: string; kind: string }[] }>(page, '/api/members/me');
  const team = teams.find(({ kind }) => kind !== 'interregional')?.team;
  return change(page, '/api/cases', { team, ageBand: 'adult', language: 'fr', urgent: false, ...more });
}

/** Changes a record that exists, at the version it has now. */
export async function amend(page: Page, record: string, path: string, body: object = {}): Promise<void> {
  // What one wrote a moment ago may not be shown yet.
  for (let tries = 0; tries < 600; tries++) {
    const etag = await page.evaluate(async (address) => (await fetch(address)).headers.get('etag'), record);
    if (etag !== null) return change(page, path, body, { 'if-match': etag });
    await new Promise((done) => setTimeout(done, 100));
  }
  throw new Error(`${record} has no version to decide on`);
}

/** Records that the page's own organisation keeps a document of a case. */
export async function recordDocument(page: Page, handle: string, kind: string, register: string): Promise<void> {
  const { organisation } = await read<{ organisation: string }>(page, '/api/members/me');
  const body = { kind, received: '2026-01-20', keeper: organisation, register };
  await amend(page, `/api/cases/${handle}`, `/api/cases/${handle}/documents`, body);
}

/** Asks again until the answer is as hoped: what one context tells another arrives within moments. */
export async function until<T>(page: Page, path: string, hoped: (answer: T) => boolean): Promise<T> {
  for (let tries = 0; tries < 600; tries++) {
    const answer = await read<T>(page, path);
    if (hoped(answer)) return answer;
    await new Promise((done) => setTimeout(done, 100));
  }
  throw new Error(`${path} did not become as hoped`);
}
