import { baseWorld, membersFrom, organisation, seat } from '../base-world';
import type { WorldPlan } from '../story/world';

/** Regions that work when the data begin, as slugs. Veneto joins later and has neither offices nor teams yet. */
export const ACTIVE_REGIONS = ['umbria', 'toscana', 'emilia-romagna', 'piemonte', 'lombardia'] as const;
export type ActiveRegion = (typeof ACTIVE_REGIONS)[number];
export const STARTING_REGION = 'veneto';

const FURTHER_ORGANISATIONS = [
  organisation('partner-estero', 'umbria', 'foreign_partner', 'Organización Inventada Esempio'),
  organisation('progetto-costa', 'toscana', 'social_cooperative', 'Cooperativa Esempio della Costa'),
  organisation('ispettorato-toscana', 'toscana', 'labour_inspectorate', 'Ispettorato Esempio Toscana'),
  organisation('regione-emilia', 'emilia-romagna', 'region', 'Regione Esempio Emilia-Romagna'),
  organisation('progetto-emilia', 'emilia-romagna', 'anti_trafficking_project', 'Progetto Esempio Emilia-Romagna'),
  organisation('associazione-emilia', 'emilia-romagna', 'association', 'Associazione Inventata Esempio'),
  organisation('ausl-emilia', 'emilia-romagna', 'health_authority', 'AUSL Esempio Emilia-Romagna'),
  organisation('regione-piemonte', 'piemonte', 'region', 'Regione Esempio Piemonte'),
  organisation('progetto-piemonte', 'piemonte', 'anti_trafficking_project', 'Progetto Esempio Piemonte'),
  organisation('comune-piemonte', 'piemonte', 'social_services', 'Servizi sociali Esempio Piemonte'),
  organisation('regione-lombardia', 'lombardia', 'region', 'Regione Esempio Lombardia'),
  organisation('progetto-lombardia', 'lombardia', 'anti_trafficking_project', 'Progetto Esempio Lombardia'),
  organisation('comune-lombardia', 'lombardia', 'social_services', 'Servizi sociali Esempio Lombardia'),
  organisation('sindacato-lombardia', 'lombardia', 'trade_union', 'Sindacato Esempio Lombardia'),
];

const lead = (of: string) => ({ organisation: of, roles: ['operator', 'case_manager', 'coordinator'], disciplines: ['coordinator'] });
const worker = (of: string, discipline: string) => ({ organisation: of, roles: ['operator'], disciplines: [discipline] });

/** The story's two regions and three more, with people of their own, so that the story's people begin with the work the story gives them. */
export function demoWorld(): ReturnType<typeof baseWorld> {
  const base = baseWorld();
  const local = (region: string, key: string, name: string, members: ReturnType<typeof seat>[]) => ({
    ...{ key, region, kind: 'local', designation: `Équipe Esempio ${name}` },
    members,
  });
  return {
    regions: [
      ...base.regions,
      ...(['emilia', 'piemonte', 'lombardia'] as const).map((key) => ({
        region: key === 'emilia' ? 'emilia-romagna' : key,
        custodian: `progetto-${key}`,
        controller: `regione-${key}`,
      })),
    ],
    organisations: [...base.organisations, ...FURTHER_ORGANISATIONS],
    members: [
      ...base.members,
      ...membersFrom({
        nora: lead('progetto-costa'),
        omar: { organisation: 'progetto-costa', roles: ['cultural_mediator'], disciplines: ['cultural_mediator'] },
        ugo: worker('comune-toscana', 'social_worker'),
        ivo: lead('progetto-emilia'),
        zoe: worker('associazione-emilia', 'outreach_worker'),
        mina: { organisation: 'ausl-emilia', roles: ['coordinator'], disciplines: ['psychologist'] },
        gina: lead('progetto-piemonte'),
        pino: worker('comune-piemonte', 'social_worker'),
        luca: lead('progetto-lombardia'),
        lina: worker('comune-lombardia', 'social_worker'),
      }),
    ],
    teams: [
      ...base.teams,
      local('toscana', 'equipe-costa', 'Toscana costiera', [
        seat('nora', 'coordinator'),
        seat('omar', 'cultural_mediator'),
        seat('ugo', 'social_worker'),
      ]),
      local('emilia-romagna', 'equipe-emilia', 'Emilia-Romagna', [seat('ivo', 'coordinator'), seat('mina', 'psychologist')]),
      local('piemonte', 'equipe-piemonte', 'Piemonte', [seat('gina', 'coordinator'), seat('pino', 'social_worker')]),
      local('lombardia', 'equipe-lombardia', 'Lombardia', [seat('luca', 'coordinator'), seat('lina', 'social_worker')]),
      {
        ...{ key: 'equipe-appennino', region: 'emilia-romagna', kind: 'interregional' },
        designation: 'Équipe interregionale Esempio dell’Appennino',
        members: [seat('ivo', 'coordinator'), seat('mina', 'psychologist'), seat('nora', 'coordinator'), seat('ugo', 'social_worker')],
      },
    ],
  };
}

/** With those who act in the data, whom the set-up's people have to be known to before it begins. */
export const demoWorldPlan = (): WorldPlan => ({
  document: demoWorld(),
  people: ['giulia', 'karim', 'rita', 'dora', 'piero', 'nora', 'omar', 'ivo', 'zoe', 'gina', 'luca'],
});
