import { type DataOfEvent, type Published, regionsContract } from '@contracts';

const NOON = '2031-03-14T12:00:00.000Z';
const streamId = (noun: string, n: number): string => `${noun}-00000000-0000-7000-8000-${String(n).padStart(12, '0')}`;

export type Events = (typeof regionsContract)['events'];
export const [umbria, coop, comune] = ['umbria', streamId('organisation', 1), streamId('organisation', 2)] as const;
export const [anna, bruno] = [streamId('member', 1), streamId('member', 2)] as const;
export const team = streamId('team', 1);
export const loginOf = (member: string): string => `${member.slice(-2)}${'a'.repeat(62)}`;
export const minutes = (n: number): string => new Date(Date.parse(NOON) + n * 60_000).toISOString();

/** Messages in the order they were committed: revisions count per subject, time runs by minutes. */
export class Story {
  readonly messages: Published[] = [];
  readonly #revisions = new Map<string, number>();
  tell<K extends keyof Events>(name: K, subject: string, data: DataOfEvent<Events, K>, time = minutes(this.messages.length)): this {
    const revision = (this.#revisions.get(subject) ?? -1) + 1;
    this.#revisions.set(subject, revision);
    const frame = { id: `${subject}@${revision}`, type: `raccordo.regions.${name}.v1`, subject, revision, region: umbria, time };
    this.messages.push({ ...frame, actor: 'system', organisation: 'system', correlation: 'c', data });
    return this;
  }
}
export const seat = (member: string, organisation: string, discipline: 'educator' | 'social_worker') => ({
  member,
  organisation,
  region: umbria,
  discipline,
});
export const founding = (): Story =>
  new Story()
    .tell('OrganisationAccredited', coop, { organisation: coop, kind: 'social_cooperative', sector: 'private_social', region: umbria })
    .tell('OrganisationAccredited', comune, { organisation: comune, kind: 'local_authority', sector: 'public', region: umbria })
    .tell('MemberInvited', anna, { member: anna, organisation: coop, region: umbria, login: loginOf(anna) })
    .tell('RoleAssigned', anna, { member: anna, role: 'case_manager', disciplines: ['educator'] })
    .tell('MemberInvited', bruno, { member: bruno, organisation: comune, region: umbria, login: loginOf(bruno) })
    .tell('RoleAssigned', bruno, { member: bruno, role: 'operator', disciplines: ['social_worker'] })
    .tell('TeamMemberAdded', team, { team, ...seat(anna, coop, 'educator') })
    .tell('TeamMemberAdded', team, { team, ...seat(bruno, comune, 'social_worker') });
export const constituted = (story: Story): Story =>
  story.tell('TeamConstituted', team, {
    team,
    kind: 'local',
    leadRegion: umbria,
    members: [seat(anna, coop, 'educator'), seat(bruno, comune, 'social_worker')],
  });
