import type { Page } from 'playwright-core';
import { amend, change, openCase, until } from './asking.ts';

const COMUNE = '054013';
const DAY = 86_400_000;
const day = (offset: number): string => new Date(Date.now() + offset * DAY).toISOString().slice(0, 10);

/**
 * An alert about one company, issued by whoever has `ours` with workers that `theirs` met as well, and told to an inspectorate. All through the API:
 * the screens of the way there are looked at elsewhere.
 */
export async function issueAlert(ours: Page, theirs: Page, inspector: Page): Promise<void> {
  await change(inspector, '/api/subscriptions', { regions: ['umbria'], sectors: [], subjects: ['company'] });
  const company = async (page: Page): Promise<string> =>
    (
      await change<{ handle: string }>(page, '/api/companies', {
        vat: '99999990007',
        name: 'Azienda Esempio',
        sector: 'A',
        comune: COMUNE,
      })
    ).handle;
  const [own, other] = [await company(ours), await company(theirs)];
  for (const [page, handle] of [...Array<[Page, string]>(3).fill([ours, own]), ...Array<[Page, string]>(3).fill([theirs, other])]) {
    const path = `/api/cases/${(await openCase(page)).handle}`;
    await amend(page, path, `${path}/companies`, { company: handle });
    await amend(page, path, `${path}/work-zone`, { comune: COMUNE });
  }
  const body = {
    subject: { kind: 'company', company: own },
    comune: COMUNE,
    sector: 'A',
    patterns: ['transport_by_gangmaster'],
    indicators: [],
    period: { from: day(-60), to: day(0) },
    expires: new Date(Date.now() + 30 * DAY).toISOString(),
  };
  const { handle } = await change<{ handle: string }>(ours, '/api/alerts', body);
  const alert = `/api/alerts/${handle}`;
  await until<{ cohort: { enough: boolean } }>(ours, alert, ({ cohort }) => cohort.enough);
  await amend(ours, alert, `${alert}/screening`, { retaliationRisk: false });
  await amend(ours, alert, `${alert}/issue`, { audience: ['labour_inspectorate'] });
  await until<{ items: object[] }>(inspector, '/api/deliveries', ({ items }) => items.length > 0);
}
