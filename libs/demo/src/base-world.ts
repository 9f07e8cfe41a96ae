import { createHash } from 'node:crypto';
import { uuidOf } from '@platform/commanding';
import { demoLogin } from '@platform/sign-in';
import { PERSONAS, type PersonaKey, type StoryPersonaKey } from './personas';

const digest = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Where somebody works and as what. */
export interface Person {
  readonly organisation: string;
  readonly roles: readonly string[];
  readonly disciplines: readonly string[];
}

export const organisation = (key: string, region: string, kind: string, designation: string) => ({
  ...{ key, region, kind, designation },
  agreement: digest(`accordo inventato ${key}`),
  signedOn: '2025-01-15',
});

/** Two regions, their organisations and teams. Every designation says that it is an example. */
export const ORGANISATIONS = [
  organisation('regione-umbria', 'umbria', 'region', 'Regione Esempio Umbria'),
  organisation('progetto-umbria', 'umbria', 'anti_trafficking_project', 'Progetto Esempio Umbria'),
  organisation('cooperativa-umbria', 'umbria', 'social_cooperative', 'Cooperativa Esempio Umbria'),
  organisation('asl-umbria', 'umbria', 'health_authority', 'ASL Esempio Umbria'),
  organisation('ispettorato-umbria', 'umbria', 'labour_inspectorate', 'Ispettorato Esempio Umbria'),
  organisation('sindacato-umbria', 'umbria', 'trade_union', 'Sindacato Esempio Umbria'),
  organisation('regione-toscana', 'toscana', 'region', 'Regione Esempio Toscana'),
  organisation('progetto-toscana', 'toscana', 'anti_trafficking_project', 'Progetto Esempio Toscana'),
  organisation('comune-toscana', 'toscana', 'social_services', 'Servizi sociali Esempio Toscana'),
] as const;

const PEOPLE: Readonly<Record<StoryPersonaKey, Person>> = {
  giulia: {
    organisation: 'progetto-umbria',
    roles: ['operator', 'case_manager', 'coordinator'],
    disciplines: ['outreach_worker', 'coordinator'],
  },
  karim: { organisation: 'progetto-umbria', roles: ['cultural_mediator'], disciplines: ['cultural_mediator'] },
  nino: { organisation: 'cooperativa-umbria', roles: ['operator'], disciplines: ['educator'] },
  rita: { organisation: 'cooperativa-umbria', roles: ['coordinator'], disciplines: ['coordinator'] },
  livia: { organisation: 'asl-umbria', roles: ['coordinator'], disciplines: ['psychologist'] },
  marco: { organisation: 'ispettorato-umbria', roles: ['inspector'], disciplines: ['labour_expert'] },
  sara: { organisation: 'sindacato-umbria', roles: ['union_officer'], disciplines: ['union_officer'] },
  ada: { organisation: 'regione-umbria', roles: ['auditor'], disciplines: ['auditor'] },
  dora: { organisation: 'regione-umbria', roles: ['dpo'], disciplines: ['dpo'] },
  piero: { organisation: 'regione-umbria', roles: ['administrator'], disciplines: ['supervisor'] },
  elena: { organisation: 'progetto-toscana', roles: ['coordinator', 'case_manager'], disciplines: ['coordinator'] },
  bruno: { organisation: 'progetto-toscana', roles: ['operator', 'case_manager'], disciplines: ['educator'] },
  teo: { organisation: 'comune-toscana', roles: ['operator'], disciplines: ['social_worker'] },
};

export const seat = (member: PersonaKey, discipline: string) => ({ member, discipline });

/** People as the set-up takes them: the demo issuer vouches for their logins. */
export const membersFrom = (people: Readonly<Partial<Record<PersonaKey, Person>>>) =>
  (Object.entries(people) as [PersonaKey, Person][]).map(([key, person]) => ({
    key,
    ...person,
    login: demoLogin(PERSONAS[key].sub),
    name: PERSONAS[key].name,
  }));

/** The document the set-up takes: see SetupBody of the API. */
export const baseWorld = () => ({
  regions: [
    { region: 'umbria', custodian: 'progetto-umbria', controller: 'regione-umbria' },
    { region: 'toscana', custodian: 'progetto-toscana', controller: 'regione-toscana' },
  ],
  organisations: [...ORGANISATIONS],
  members: membersFrom(PEOPLE),
  teams: [
    {
      ...{ key: 'equipe-umbria', region: 'umbria', kind: 'local', designation: 'Équipe Esempio Umbria' },
      members: [seat('giulia', 'outreach_worker'), seat('karim', 'cultural_mediator'), seat('livia', 'psychologist')],
    },
    {
      ...{ key: 'equipe-cooperativa', region: 'umbria', kind: 'local', designation: 'Équipe Esempio della Cooperativa' },
      members: [seat('nino', 'educator'), seat('livia', 'psychologist')],
    },
    {
      ...{ key: 'equipe-toscana', region: 'toscana', kind: 'local', designation: 'Équipe Esempio Toscana' },
      members: [seat('elena', 'coordinator'), seat('bruno', 'educator'), seat('teo', 'social_worker')],
    },
    {
      ...{ key: 'equipe-confine', region: 'umbria', kind: 'interregional', designation: 'Équipe interregionale Esempio di confine' },
      members: [
        seat('giulia', 'outreach_worker'),
        seat('livia', 'psychologist'),
        seat('elena', 'coordinator'),
        seat('teo', 'social_worker'),
      ],
    },
  ],
});

export interface Ids {
  readonly organisations: Readonly<Record<string, string>>;
  readonly members: Readonly<Record<string, string>>;
  readonly teams: Readonly<Record<string, string>>;
}

type Keyed = readonly { readonly key: string }[];

/** Ids are derived from the document's keys, so that whoever joins an instance that is set up knows them. */
export const idsOf = (world: { organisations: Keyed; members: Keyed; teams: Keyed }): Ids => {
  const all = (noun: string, keys: Keyed): Record<string, string> =>
    Object.fromEntries(keys.map(({ key }) => [key, `${noun}-${uuidOf(`setup|${noun}|${key}`)}`]));
  return {
    organisations: all('organisation', world.organisations),
    members: all('member', world.members),
    teams: all('team', world.teams),
  };
};
