import type { PersonaKey } from '../../personas';
import type { Checks, Step } from '../step';
import type { World } from '../world';
import { VAT } from './1-contact-and-case';

const OTHER_VAT = '99999990015';
interface Deliveries {
  readonly items: readonly { handle: string; status: string }[];
}
interface Delivery {
  readonly content: { readonly workers?: unknown };
  readonly company: { readonly revealable: readonly string[] } | null;
}
interface AlertView {
  readonly cohort: { readonly enough: boolean };
}

/** One more worker of a company, met by a team. */
async function worker(world: World, who: 'giulia' | 'nino', team: string, companies: readonly string[]): Promise<void> {
  const opened = await world.post<{ handle: string }>(who, '/api/cases', { team: world.ids.teams[team], ageBand: 'adult', language: 'fr' });
  if (opened.status !== 201) throw new Error(`a further case could not be opened: ${opened.text}`);
  const path = `/api/cases/${opened.body.handle}`;
  for (const company of companies) await world.change(who, path, `${path}/companies`, { company });
  const zone = await world.change(who, path, `${path}/work-zone`, { comune: '054013' });
  if (zone.status !== 204) throw new Error(`the zone of a further case could not be set: ${zone.text}`);
}

const company = async (world: World, who: PersonaKey, vat: string, name: string): Promise<string> =>
  (await world.post<{ handle: string }>(who, '/api/companies', { vat, name, sector: 'A', comune: '054013' })).body.handle;

const drafted = (world: World, subject: object) =>
  world.post<{ handle: string }>('giulia', '/api/alerts', {
    ...{ subject, comune: '054013', area: 'province', sector: 'A', patterns: ['transport_by_gangmaster'], indicators: ['EX01', 'EX02'] },
    period: { from: '2025-09-01', to: '2025-10-31' },
    expires: new Date(Date.now() + 60 * 86_400_000).toISOString(),
  });

/** Screens, issues, and lets both recipients acknowledge and answer. */
async function issued(world: World, check: Checks, about: string, alert: string): Promise<void> {
  const path = `/api/alerts/${alert}`;
  check.equal(`${about} is screened`, (await world.change('giulia', path, `${path}/screening`, { retaliationRisk: false })).status, 204);
  const known: Record<string, readonly string[]> = {};
  for (const who of ['marco', 'sara'] as const)
    known[who] = (await world.get<Deliveries>(who, '/api/deliveries')).body.items.map((item) => item.handle);
  const sent = await world.change('giulia', path, `${path}/issue`, { audience: ['labour_inspectorate', 'trade_union'] });
  check.equal(`${about} is issued, screened once more`, sent.status, 204);
  const { organisations } = world.ids;
  for (const [who, other] of [
    ['marco', 'sindacato-umbria'],
    ['sara', 'ispettorato-umbria'],
  ] as const) {
    const fresh = ({ items }: Deliveries): string | undefined => items?.find((item) => !known[who]?.includes(item.handle))?.handle;
    const list = await world.until<Deliveries>(who, 'GET', '/api/deliveries', ({ body }) => fresh(body) !== undefined);
    const delivery = `/api/deliveries/${fresh(list.body)}`;
    const read = await world.get<Delivery>(who, delivery);
    check.equal(`${who} reads it`, read.status, 200);
    check.holds('in bands, never exactly', !/"workers":\s*\d/.test(read.text), read.text.slice(0, 160));
    check.holds('and does not see who else was told', !read.text.includes(organisations[other] ?? '-'));
    if (about === 'the alert about a company')
      check.equal(`${who} learns of the company what the kind of organisation may`, read.body.company !== null, who === 'marco');
    check.equal(`${who} confirms`, (await world.change(who, delivery, `${delivery}/acknowledgement`)).status, 204);
    check.equal(
      `${who} answers with an outcome and nothing else`,
      (await world.change(who, delivery, `${delivery}/answer`, { outcome: 'inspection_planned' })).status,
      204,
    );
  }
}

async function run(world: World, check: Checks): Promise<void> {
  for (const who of ['marco', 'sara'] as const) {
    const subscribed = await world.post(who, '/api/subscriptions', {
      regions: ['umbria'],
      sectors: [],
      subjects: ['company', 'territory'],
    });
    check.holds(`${who} subscribes within their competence`, [201, 409].includes(subscribed.status), String(subscribed.status));
  }
  check.refused('an alert is never about a person', await drafted(world, { kind: 'person' }), 400);

  const first = await drafted(world, { kind: 'company', company: world.knows('company') });
  check.equal('an alert about a company is drafted', first.status, 201);
  const alert = first.body.handle;
  const path = `/api/alerts/${alert}`;
  const screened = await world.change('giulia', path, `${path}/screening`, { retaliationRisk: false });
  check.refused('one worker could be recognised: it does not pass', screened, 409, 'alert.cohort-too-small');
  check.equal('so it is held', (await world.change('giulia', path, `${path}/hold`, { reason: 'cohort_too_small' })).status, 204);

  const ours = [world.knows('company'), await company(world, 'giulia', OTHER_VAT, 'Cooperativa Esempio Ombra')];
  const theirs = [
    await company(world, 'nino', VAT, 'Azienda Esempio'),
    await company(world, 'nino', OTHER_VAT, 'Cooperativa Esempio Ombra'),
  ];
  for (let n = 0; n < 3; n++) await worker(world, 'giulia', 'equipe-umbria', ours);
  for (let n = 0; n < 3; n++) await worker(world, 'nino', 'equipe-cooperativa', theirs);
  const grown = await world.until<AlertView>('giulia', 'GET', path, ({ body }) => body.cohort?.enough);
  check.equal('with more workers and a second organisation the cohort is large enough', grown.body.cohort?.enough, true);
  check.equal(
    'it is released on new evidence',
    (await world.change('giulia', path, `${path}/release`, { reason: 'new_evidence' })).status,
    204,
  );
  await issued(world, check, 'the alert about a company', alert);

  const zone = await drafted(world, { kind: 'territory' });
  check.equal('an alert about a zone is drafted', zone.status, 201);
  await issued(world, check, 'the alert about a zone', zone.body.handle);

  check.refused('an inspector reaches no case', await world.get('marco', `/api/cases/${world.knows('case')}`), 404);
  check.refused('nor does a union officer', await world.get('sara', `/api/cases/${world.knows('case')}`), 404);
  const elsewhere = await world.get('elena', path);
  check.holds(
    'another organisation does not see the alert',
    elsewhere.status === 404 || elsewhere.status === 403,
    String(elsewhere.status),
  );
}

export const step5: Step = {
  number: 5,
  name: 'Two alerts, held while they could point at somebody, told to each what their kind may know',
  run,
  fault: ({ who, path, status, body }) =>
    who === 'sara' && path.startsWith('/api/deliveries/') && status === 200
      ? { status, body: { ...(body as object), company: { handle: 'x', revealable: ['name'] } } }
      : { status, body },
};
