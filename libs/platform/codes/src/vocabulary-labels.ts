import type { Discipline, FieldGroup, OrganisationKind, Phase, Purpose, Role, View } from '@platform/kernel';
import { codeList, type Labels, OWN } from './code-list';

/** The closed vocabulary of access in words. The compiler asks for every word of the kernel. */
const list = <C extends string>(name: string, labels: Readonly<Record<C, Labels>>) => codeList(name, OWN, labels);

export const organisationKinds = list<OrganisationKind>('organisation-kind', {
  anti_trafficking_project: ['Progetto antitratta', 'Anti-trafficking project'],
  social_cooperative: ['Cooperativa sociale', 'Social cooperative'],
  association: ['Associazione', 'Association'],
  local_authority: ['Ente locale', 'Local authority'],
  region: ['Regione', 'Region'],
  ministry_department: ['Dipartimento ministeriale', 'Ministry department'],
  labour_inspectorate: ['Ispettorato territoriale del lavoro (ITL)', 'Local labour inspectorate'],
  national_inspectorate: ['Ispettorato nazionale del lavoro (INL)', 'National labour inspectorate'],
  carabinieri_labour_unit: ['Carabinieri, nucleo ispettorato del lavoro (NIL)', 'Carabinieri labour unit'],
  police_force: ['Forza di polizia', 'Police force'],
  questura: ['Questura', 'Police headquarters (permits)'],
  prefettura: ['Prefettura', 'Prefecture'],
  prosecutor: ['Procura', "Prosecutor's office"],
  court: ['Tribunale', 'Court'],
  trade_union: ['Sindacato', 'Trade union'],
  employers_association: ['Associazione datoriale', "Employers' association"],
  trade_association: ['Associazione di categoria', 'Trade association'],
  company: ['Impresa', 'Company'],
  job_centre: ["Centro per l'impiego (CPI)", 'Job centre'],
  training_body: ['Ente di formazione', 'Training body'],
  health_authority: ['Azienda sanitaria locale (ASL)', 'Local health authority'],
  social_services: ['Servizi sociali', 'Social services'],
  msna_facility: ['Struttura per minori stranieri non accompagnati', 'Facility for unaccompanied minors'],
  guardianship_office: ['Ufficio tutele', 'Guardianship office'],
  asylum_commission: ['Commissione territoriale per la protezione internazionale', 'Asylum commission'],
  anti_violence_centre: ['Centro antiviolenza', 'Anti-violence centre'],
  equality_adviser: ['Consigliera di parità', 'Equality adviser'],
  university_research: ['Università e ricerca', 'University and research'],
  scientific_advisor: ['Consulente scientifico', 'Scientific adviser'],
  helpline: ['Numero verde', 'Helpline'],
  international_organisation: ['Organizzazione internazionale', 'International organisation'],
  church_body: ['Ente ecclesiale', 'Church body'],
  migrant_community_association: ['Associazione di comunità migrante', 'Migrant community association'],
  foreign_partner: ['Partner estero', 'Foreign partner'],
});

export const organisationSectors = list('organisation-sector', {
  public: ['Pubblico', 'Public'],
  private_social: ['Privato sociale', 'Private social'],
  business: ['Imprese', 'Business'],
});
export type OrganisationSector = (typeof organisationSectors.codes)[number]['code'];

const PUBLIC: readonly OrganisationKind[] = [
  'local_authority',
  'region',
  'ministry_department',
  'labour_inspectorate',
  'national_inspectorate',
  'carabinieri_labour_unit',
  'police_force',
  'questura',
  'prefettura',
  'prosecutor',
  'court',
  'job_centre',
  'health_authority',
  'social_services',
  'guardianship_office',
  'asylum_commission',
  'equality_adviser',
  'university_research',
  'helpline',
  'international_organisation',
];
const BUSINESS: readonly OrganisationKind[] = ['employers_association', 'trade_association', 'company'];

/** Sector assumed of a kind; a kind that exists in several (a training body, say) can state another. */
export const sectorOf = (kind: OrganisationKind): OrganisationSector =>
  PUBLIC.includes(kind) ? 'public' : BUSINESS.includes(kind) ? 'business' : 'private_social';

export const disciplines = list<Discipline>('discipline', {
  social_worker: ['Assistente sociale', 'Social worker'],
  educator: ['Educatore o educatrice', 'Educator'],
  lawyer: ['Avvocato o avvocata', 'Lawyer'],
  psychologist: ['Psicologo o psicologa', 'Psychologist'],
  cultural_mediator: ['Mediatore o mediatrice culturale', 'Cultural mediator'],
  outreach_worker: ['Operatore o operatrice di strada', 'Outreach worker'],
  labour_expert: ['Esperto o esperta di lavoro', 'Labour expert'],
  union_officer: ['Sindacalista', 'Trade-union officer'],
  physician: ['Medico o medica', 'Physician'],
  job_coach: ['Tutor del lavoro', 'Job coach'],
  coordinator: ['Coordinatore o coordinatrice', 'Coordinator'],
  supervisor: ['Supervisione', 'Supervisor'],
  dpo: ['Responsabile della protezione dei dati', 'Data protection officer'],
  auditor: ['Revisione', 'Auditor'],
});

export const roles = list<Role>('role', {
  operator: ['Operatore o operatrice', 'Operator'],
  case_manager: ['Responsabile del caso', 'Case manager'],
  coordinator: ['Coordinatore o coordinatrice', 'Coordinator'],
  legal_adviser: ['Consulente legale', 'Legal adviser'],
  cultural_mediator: ['Mediatore o mediatrice culturale', 'Cultural mediator'],
  helpdesk_expert: ['Esperto o esperta dello sportello', 'Helpdesk expert'],
  mentor: ['Mentoring', 'Mentor'],
  inspector: ['Ispettore o ispettrice', 'Inspector'],
  union_officer: ['Sindacalista', 'Trade-union officer'],
  auditor: ['Revisione', 'Auditor'],
  dpo: ['Responsabile della protezione dei dati', 'Data protection officer'],
  administrator: ['Amministratore o amministratrice di sistema', 'System administrator'],
});

export const purposes = list<Purpose>('purpose', {
  direct_assistance: ['Assistenza diretta', 'Direct assistance'],
  referral_assessment: ["Valutazione dell'invio", 'Assessment of a referral'],
  joint_case: ['Caso congiunto', 'Joint case'],
  joint_outing: ['Uscita congiunta', 'Joint outing'],
  legal_representation: ['Rappresentanza legale', 'Legal representation'],
  health_care: ['Cure sanitarie', 'Health care'],
  safeguarding_minor: ['Tutela di minore', 'Safeguarding of a minor'],
  quality_supervision: ['Supervisione della qualità', 'Supervision of quality'],
  data_subject_request: ["Richiesta dell'interessato", 'Request of the data subject'],
  audit: ['Verifica', 'Audit'],
  emergency: ['Emergenza', 'Emergency'],
});

export const fieldGroups = list<FieldGroup>('field-group', {
  REF: ["Dati dell'invio", 'Service, region, urgency, language'],
  ID: ['Identità', 'Identity'],
  CON: ['Contatto sicuro', 'Safe contact'],
  PROT: ['Luogo protetto', 'Protected place'],
  HEA: ['Salute', 'Health'],
  LEG: ['Posizione giuridica e procedimenti', 'Legal status and proceedings'],
  FAM: ['Famiglia', 'Family'],
  EXP: ['Racconto dello sfruttamento e indicatori', 'Account of exploitation and indicators'],
  OFF: ['Reati della persona', "The person's own offences"],
  NEED: ['Bisogni e servizi', 'Needs and services'],
  PLAN: ['Progetto educativo individualizzato', 'Individual educational plan'],
  COMP: ["Collegamento con l'azienda", 'Link to the company'],
  TERR: ['Zona e periodo', 'Zone and period'],
});

export const views = list<View>('view', {
  none: ['Nulla', 'Nothing'],
  aggregate: ['Solo aggregato', 'Aggregate only'],
  banded: ['Per fasce', 'Banded'],
  codes: ['Pseudonimo e codici', 'Pseudonym and codes'],
  full: ['Tutto', 'Everything'],
});

export const phases = list<Phase>('phase', {
  Emersion: ['Emersione', 'Emersion'],
  Proximity: ['Prossimità', 'Proximity'],
  FirstAssistance: ['Prima assistenza', 'First assistance'],
  SocialInclusion: ['Inclusione sociale', 'Social inclusion'],
  FollowUp: ['Follow-up', 'Follow-up'],
  Suspended: ['Sospeso', 'Suspended'],
  Closed: ['Chiuso', 'Closed'],
});
