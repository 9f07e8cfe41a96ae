import { type Answer, type Call, ContextWorld } from '../../../platform/runtime/test/context-world';
import { CasesModule } from '../src';

export const START = '2031-03-14T12:00:00.000Z';
export const stream = (noun: string, n: number): string => `${noun}-00000000-0000-7000-8000-${String(n).padStart(12, '0')}`;

export const organisations = {
  coop: { id: stream('organisation', 1), kind: 'social_cooperative', region: 'umbria' },
  project: { id: stream('organisation', 2), kind: 'anti_trafficking_project', region: 'umbria' },
  office: { id: stream('organisation', 3), kind: 'region', region: 'umbria' },
  inspectorate: { id: stream('organisation', 4), kind: 'labour_inspectorate', region: 'umbria' },
  employers: { id: stream('organisation', 5), kind: 'employers_association', region: 'umbria' },
  tuscan: { id: stream('organisation', 6), kind: 'anti_trafficking_project', region: 'toscana' },
} as const;
type Organisation = keyof typeof organisations;
export const team = stream('team', 1);

interface Person {
  readonly member: string;
  readonly organisation: Organisation;
  readonly roles: readonly string[];
  readonly login: string;
}
const person = (n: number, organisation: Organisation, ...roles: string[]): Person => ({
  ...{ member: stream('member', n), organisation, roles },
  login: n.toString(16).repeat(64).slice(0, 64),
});
/** Giulia and Karim hold cases for the cooperative; Ugo works there in no team; the others for somebody else. */
export const people = {
  giulia: person(1, 'coop', 'operator', 'case_manager', 'coordinator'),
  karim: person(2, 'coop', 'cultural_mediator'),
  ugo: person(3, 'coop', 'operator'),
  nino: person(4, 'project', 'operator', 'coordinator'),
  dora: person(5, 'office', 'dpo'),
  ada: person(6, 'office', 'auditor'),
  marco: person(7, 'inspectorate', 'inspector'),
  enzo: person(8, 'employers', 'operator'),
  elena: person(9, 'tuscan', 'coordinator'),
} as const;
export type Who = keyof typeof people;

/** The cases context alone; regions, referrals and alerts are played by what they would publish. */
export class CasesWorld {
  #seen: string | undefined;

  private constructor(readonly world: ContextWorld) {}

  static async start(): Promise<CasesWorld> {
    const heard = ['regions', 'referrals', 'alerts'];
    const world = await ContextWorld.start(CasesModule, 'cases', heard, ['toscana', 'umbria'], '2031-03-14T11:00:00.000Z');
    for (const { id, kind, region } of Object.values(organisations))
      await world.tell('regions', 'OrganisationAccredited', id, { organisation: id, kind, sector: 'private_social', region });
    for (const { member, organisation, roles, login } of Object.values(people)) {
      const { id, region } = organisations[organisation];
      await world.tell('regions', 'MemberInvited', member, { member, organisation: id, region, login });
      for (const role of roles) await world.tell('regions', 'RoleAssigned', member, { member, role, disciplines: ['social_worker'] });
    }
    const seat = (who: Who) => ({
      ...{ member: people[who].member, organisation: organisations[people[who].organisation].id },
      ...{ region: 'umbria', discipline: 'social_worker' },
    });
    const members = [seat('giulia'), seat('karim')];
    await world.tell('regions', 'TeamConstituted', team, { team, kind: 'local', leadRegion: 'umbria', members });
    await world.passTo(START);
    return new CasesWorld(world);
  }

  get<T = Record<string, unknown>>(who: Who, path: string, more: Partial<Call> = {}): Promise<Answer<T>> {
    return this.#call<T>(who, 'GET', path, undefined, more);
  }
  post<T = Record<string, unknown>>(who: Who, path: string, body: unknown = {}, more: Partial<Call> = {}): Promise<Answer<T>> {
    return this.#call<T>(who, 'POST', path, body, more);
  }
  /** Does something to a record at the version a list or an answer showed. */
  at<T = Record<string, unknown>>(etag: unknown, who: Who, path: string, body: unknown = {}, more: Partial<Call> = {}): Promise<Answer<T>> {
    return this.post<T>(who, path, body, { ...more, ifMatch: String(etag) });
  }

  /** Asks until the answer is as hoped: for what reactors bring about. */
  until<T = Record<string, unknown>>(
    who: Who,
    path: string,
    hoped: (answer: Answer<T>) => boolean,
    more: Partial<Call> = {},
  ): Promise<Answer<T>> {
    return this.world.until(() => this.get<T>(who, path, more), hoped);
  }

  /** A case of Giulia's team, with a name and a telephone number. */
  async opened(body: object = {}): Promise<{ handle: string; etag: string; stream: string }> {
    const answer = await this.post<{ handle: string }>('giulia', '/api/cases', {
      ...{ team, ageBand: 'adult', language: 'fr' },
      person: [
        { group: 'ID', field: 'given_name', value: 'Canarino' },
        { group: 'CON', field: 'phone', value: '+39 000 111' },
      ],
      ...body,
    });
    if (answer.status !== 201) throw new Error(`the case was answered ${answer.status} ${answer.text}`);
    return { handle: answer.body.handle, etag: etagOf(answer), stream: (await this.streamOf(answer.body.handle, 'coop')) ?? '' };
  }

  streamOf(handle: string, audience: Organisation): Promise<string | undefined> {
    return this.world.vaults.of(handle.split('.')[0] ?? '').resolve(handle, organisations[audience].id);
  }
  async handleFor(record: string, audience: Organisation, region = 'umbria'): Promise<string> {
    return (await this.world.vaults.of(region).handleFor(record, organisations[audience].id)).handle;
  }

  /** 503 passes by waiting, as the answer says. */
  async #call<T>(who: Who, method: string, path: string, body: unknown, more: Partial<Call>): Promise<Answer<T>> {
    const as = { login: people[who].login, ...(this.#seen === undefined ? {} : { atLeast: this.#seen }), ...more };
    const answer = await this.world.until(
      () => this.world.call<T>(as, method, path, body),
      ({ status }) => status !== 503,
    );
    this.#seen = answer.headers.get('Raccordo-Position') ?? this.#seen;
    return answer;
  }
}

export const etagOf = (answer: Answer<unknown>): string => answer.headers.get('etag') ?? '';
