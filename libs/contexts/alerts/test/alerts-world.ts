import { type Answer, type Call, ContextWorld } from '../../../platform/runtime/test/context-world';
import { AlertsModule } from '../src';

const stream = (noun: string, n: number): string => `${noun}-00000000-0000-7000-8000-${String(n).padStart(12, '0')}`;
export const START = '2031-03-14T12:00:00.000Z';
export const PERUGIA = '054039';
export const SPELLO = '054050';
const ORGANISATIONS = {
  coop: [1, 'social_cooperative', 'umbria'],
  project: [2, 'anti_trafficking_project', 'umbria'],
  itl: [3, 'labour_inspectorate', 'umbria'],
  itlToscana: [4, 'labour_inspectorate', 'toscana'],
  union: [5, 'trade_union', 'umbria'],
  employers: [6, 'employers_association', 'umbria'],
} as const;
export type Org = keyof typeof ORGANISATIONS;
export const organisation = (name: Org): string => stream('organisation', ORGANISATIONS[name][0]);

const PEOPLE = {
  giulia: [1, 'coop', 'coordinator'],
  karim: [2, 'coop', 'case_manager'],
  lea: [3, 'project', 'coordinator'],
  marco: [4, 'itl', 'inspector'],
  ivo: [5, 'itlToscana', 'inspector'],
  sara: [6, 'union', 'union_officer'],
  elio: [7, 'employers', 'operator'],
} as const;
export type Who = keyof typeof PEOPLE;
const loginOf = (who: Who): string => String(PEOPLE[who][0]).repeat(64).slice(0, 64);

/** The alerts context alone; regions and cases are played by what they would publish. */
export class AlertsWorld {
  #cases = 0;
  #companies = 0;

  private constructor(readonly world: ContextWorld) {}

  static async start(): Promise<AlertsWorld> {
    const world = await ContextWorld.start(AlertsModule, 'alerts', ['regions', 'cases'], ['umbria', 'toscana'], '2031-03-14T11:00:00.000Z');
    for (const [name, [n, kind, region]] of Object.entries(ORGANISATIONS))
      await world.tell('regions', 'OrganisationAccredited', organisation(name as Org), {
        ...{ organisation: stream('organisation', n), kind, sector: 'public', region },
      });
    for (const [who, [n, org, role]] of Object.entries(PEOPLE)) {
      const member = stream('member', n);
      const region = ORGANISATIONS[org][2];
      await world.tell('regions', 'MemberInvited', member, { member, organisation: organisation(org), region, login: loginOf(who as Who) });
      await world.tell('regions', 'RoleAssigned', member, { member, role, disciplines: [] });
    }
    await world.passTo(START);
    return new AlertsWorld(world);
  }

  get<T = Record<string, unknown>>(who: Who, path: string, more: Partial<Call> = {}): Promise<Answer<T>> {
    return this.world.call<T>({ login: loginOf(who), ...more }, 'GET', path);
  }
  post<T = Record<string, unknown>>(who: Who, path: string, body?: unknown, more: Partial<Call> = {}): Promise<Answer<T>> {
    return this.world.call<T>({ login: loginOf(who), ...more }, 'POST', path, body);
  }
  /** Does something on the version seen now. */
  async change(who: Who, path: string, what: string, body?: unknown): Promise<Answer> {
    const ifMatch = (await this.get(who, path)).headers.get('etag') ?? '';
    return this.post(who, `${path}/${what}`, body, { ifMatch });
  }
  async handle(record: string, org: Org): Promise<string> {
    return (await this.world.vaults.of('umbria').handleFor(record, organisation(org))).handle;
  }

  /** A company whose designation lies in the vault. */
  async company(): Promise<string> {
    const dossier = stream('companyDossier', ++this.#companies);
    const nameRef = await this.world.vaults.of('umbria').put(dossier, 'COMP', 'name', 'Agricola Esempio srl');
    await this.world.tell('cases', 'CompanyInvolved', dossier, { dossier, region: 'umbria', sector: 'A', comune: PERUGIA, nameRef });
    return dossier;
  }
  /** So many workers of an organisation, each with a file, at a place and in a company. */
  async workers(count: number, org: Org, comune: string, dossier?: string): Promise<string[]> {
    const made: string[] = [];
    for (let n = 0; n < count; n++) {
      const of = stream('case', ++this.#cases);
      const team = stream('team', ORGANISATIONS[org][0]);
      await this.world.tell('cases', 'CaseOpened', of, { case: of, organisation: organisation(org), team, region: 'umbria' });
      await this.world.tell('cases', 'WorkZoneSet', of, { case: of, comune });
      if (dossier !== undefined) await this.world.tell('cases', 'CompanyLinked', of, { case: of, dossier });
      made.push(of);
    }
    return made;
  }

  async subscribed(who: Who, scope: object = {}): Promise<Answer<{ handle: string }>> {
    return this.post<{ handle: string }>(who, '/api/subscriptions', {
      regions: ['umbria'],
      sectors: [],
      subjects: ['company', 'territory'],
      ...scope,
    });
  }
  /** A draft about a company, or about a territory where none is named. */
  async drafted(dossier: string | undefined, changed: object = {}): Promise<string> {
    const subject = dossier === undefined ? { kind: 'territory' } : { kind: 'company', company: await this.handle(dossier, 'coop') };
    const answer = await this.post<{ handle: string }>('giulia', '/api/alerts', {
      ...{ subject, comune: PERUGIA, sector: 'A', patterns: ['transport_by_gangmaster'], indicators: ['EX01'] },
      ...{ period: { from: '2031-02-01', to: '2031-03-01' }, expires: '2031-06-14T12:00:00Z', ...changed },
    });
    if (answer.status !== 201) throw new Error(`the draft was answered ${answer.status} ${answer.text}`);
    return `/api/alerts/${answer.body.handle}`;
  }
  /** An alert that has reached its recipients: one of each kind unless told. A second lies between two, so that the newest delivery is the first in a list. */
  async issued(dossier: string | undefined, audience: readonly string[], reached = audience.length): Promise<string> {
    await this.world.passTo(new Date(Date.parse(this.world.clock.at) + 1000).toISOString());
    const alert = await this.drafted(dossier);
    const screened = await this.change('giulia', alert, 'screening', { retaliationRisk: false });
    if (screened.status !== 204) throw new Error(`the screening was answered ${screened.status} ${screened.text}`);
    const issued = await this.change('giulia', alert, 'issue', { audience });
    if (issued.status !== 204) throw new Error(`the issue was answered ${issued.status} ${issued.text}`);
    await this.world.until(
      () => this.get<{ items: unknown[] }>('giulia', `${alert}/deliveries`),
      ({ body }) => body.items.length >= reached,
    );
    return alert;
  }
  /** Deliveries somebody has, once the service has made as many as expected. */
  async delivered<T = Record<string, unknown>>(who: Who, count: number): Promise<T[]> {
    const list = await this.world.until(
      () => this.get<{ items: T[] }>(who, '/api/deliveries'),
      ({ body }) => body.items.length >= count,
    );
    return list.body.items;
  }
}
