import { createHash } from 'node:crypto';
import { offerBody } from '@contracts';
import { type Answer, type Call, ContextWorld } from '../../../platform/runtime/test/context-world';
import { ReferralsModule } from '../src';

export const START = '2031-03-14T12:00:00.000Z';
const stream = (noun: string, n: number): string => `${noun}-00000000-0000-7000-8000-${String(n).padStart(12, '0')}`;
export const [coop, project, other] = [stream('organisation', 1), stream('organisation', 2), stream('organisation', 3)] as const;
export const team = stream('team', 1);

interface Person {
  readonly member: string;
  readonly organisation: string;
  readonly region: string;
  readonly login: string;
}
const person = (n: number, organisation: string, region: string): Person => ({
  member: stream('member', n),
  ...{ organisation, region, login: String(n).repeat(64).slice(0, 64) },
});
/** Giulia sends from Umbria; Elena and Bruno work for the receiver in Toscana; Nino for somebody else; Ugo for the sender, in no team. */
export const people = {
  giulia: person(1, coop, 'umbria'),
  elena: person(2, project, 'toscana'),
  bruno: person(3, project, 'toscana'),
  nino: person(4, other, 'toscana'),
  ugo: person(5, coop, 'umbria'),
} as const;
export type Who = keyof typeof people;

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
export const OFFER = { service: 'legal_advice', region: 'umbria', urgency: 'urgent', language: 'ur' } as const;
export const digests = { stage0: sha256(offerBody(OFFER)), stage1: '1'.repeat(64), accepted: '2'.repeat(64) };
/** A case of Giulia's team, with a consent for the service and one to be assessed. */
export interface Subject {
  readonly case: string;
  readonly service: string;
  readonly assessment: string;
}

/** The referrals context alone; regions and cases are played by what they would publish. */
export class ReferralsWorld {
  #cases = 0;

  private constructor(readonly world: ContextWorld) {}

  static async start(settings: Parameters<typeof ContextWorld.start>[5] = {}): Promise<ReferralsWorld> {
    const world = await ContextWorld.start(
      ReferralsModule,
      'referrals',
      ['regions', 'cases'],
      ['umbria', 'toscana'],
      '2031-03-14T11:00:00.000Z',
      settings,
    );
    const it = new ReferralsWorld(world);
    await it.#found();
    await world.passTo(START);
    return it;
  }

  as(who: Who, more: Partial<Call> = {}): Call {
    return { login: people[who].login, ...more };
  }
  get<T = Record<string, unknown>>(who: Who, path: string, more: Partial<Call> = {}): Promise<Answer<T>> {
    return this.world.call<T>(this.as(who, more), 'GET', path);
  }
  post<T = Record<string, unknown>>(who: Who, path: string, body?: unknown, more: Partial<Call> = {}): Promise<Answer<T>> {
    return this.world.call<T>(this.as(who, more), 'POST', path, body);
  }
  /** What an organisation calls a record of Umbria. */
  async handle(record: string, organisation: string): Promise<string> {
    return (await this.world.vaults.of('umbria').handleFor(record, organisation)).handle;
  }

  /** The terms Giulia fills in, unless told otherwise. */
  async terms(of: Subject, changed: Record<string, unknown> = {}): Promise<Record<string, unknown>> {
    const bases = [of.service, of.assessment].map(async (ref) => ({ kind: 'consent', ref: await this.handle(ref, coop) }));
    const { service, urgency, language } = OFFER;
    return {
      ...{
        case: await this.handle(of.case, coop),
        receiver: project,
        ...{ service, urgency, language },
        reason: 'competent_territory',
        purpose: 'direct_assistance',
      },
      ...{ groups: ['ID', 'CON', 'LEG'], mode: 'service', bases: await Promise.all(bases), ...changed },
    };
  }

  /** A referral that has been offered: as its sender and as its receiver call it. */
  async offered(of: Subject, changed: Record<string, unknown> = {}): Promise<{ sent: string; received: string; etag: string }> {
    const drafted = await this.post<{ handle: string }>('giulia', '/api/referrals', await this.terms(of, changed));
    const ifMatch = drafted.headers.get('etag') ?? '';
    const sent = drafted.body.handle;
    const offered = await this.post('giulia', `/api/referrals/${sent}/offer`, { preview: digests }, { ifMatch });
    if (offered.status !== 204) throw new Error(`the offer was answered ${offered.status} ${offered.text}`);
    const referral = await this.world.vaults.of('umbria').resolve(sent, coop);
    return { sent, received: await this.handle(referral ?? '', project), etag: offered.headers.get('etag') ?? '' };
  }

  /** The version somebody sees now. */
  async etag(who: Who, handle: string): Promise<string> {
    return (await this.get(who, `/api/referrals/${handle}`)).headers.get('etag') ?? '';
  }
  /** Does something on the version seen now. */
  async change(who: Who, handle: string, what: string, body?: unknown): Promise<Answer> {
    return this.post(who, `/api/referrals/${handle}/${what}`, body, { ifMatch: await this.etag(who, handle) });
  }
  async statusSeen(who: Who, handle: string): Promise<string> {
    return (await this.get<{ status: string }>(who, `/api/referrals/${handle}`)).body.status;
  }
  /** How the referral stands once reactors have come. */
  settled(who: Who, handle: string, status: string): Promise<string> {
    return this.world.until(
      () => this.statusSeen(who, handle),
      (seen) => seen === status,
    );
  }

  async #found(): Promise<void> {
    const kinds = { [coop]: 'social_cooperative', [project]: 'anti_trafficking_project', [other]: 'association' };
    for (const [organisation, kind] of Object.entries(kinds)) {
      const region = organisation === coop ? 'umbria' : 'toscana';
      await this.world.tell('regions', 'OrganisationAccredited', organisation, { organisation, kind, sector: 'private_social', region });
    }
    for (const { member, organisation, region, login } of Object.values(people)) {
      await this.world.tell('regions', 'MemberInvited', member, { member, organisation, region, login });
      await this.world.tell('regions', 'RoleAssigned', member, { member, role: 'case_manager', disciplines: ['social_worker'] });
    }
    const seat = { member: people.giulia.member, organisation: coop, region: 'umbria', discipline: 'social_worker' };
    await this.world.tell('regions', 'TeamConstituted', team, { team, kind: 'local', leadRegion: 'umbria', members: [seat] });
  }

  /** A case of its own for each example. */
  async opened(): Promise<Subject> {
    const n = ++this.#cases;
    const subject = { case: stream('case', n), service: stream('consent', n * 2), assessment: stream('consent', n * 2 + 1) };
    await this.world.tell('cases', 'CaseOpened', subject.case, { case: subject.case, organisation: coop, team, region: 'umbria' });
    await this.consent('ConsentGiven', subject, 'service');
    await this.consent('ConsentGiven', subject, 'assessment');
    return subject;
  }

  /** What the cases context tells of one of the two consents; of another with the same scope where one is named. */
  async consent(
    event: 'ConsentGiven' | 'ConsentWithdrawn' | 'ConsentExpired',
    of: Subject,
    which: 'service' | 'assessment',
    other?: string,
  ): Promise<void> {
    const consent = other ?? of[which];
    const what =
      which === 'service'
        ? { purpose: 'direct_assistance', groups: ['ID', 'CON', 'LEG'] }
        : { purpose: 'referral_assessment', groups: ['ID', 'NEED', 'TERR'] };
    const scope = { consent, case: of.case, recipient: project, ...what, expires: '2032-01-01T00:00:00.000Z' };
    await this.world.tell('cases', event, consent, event === 'ConsentWithdrawn' ? { ...scope, reason: 'person_asked' } : scope);
  }
}
