import { codeList, OWN } from './code-list';

/** Kinds of service a person can be referred to. Seeds: the projects' own texts; the rest after Primero's and HTCDS's lists of services. */
export const services = codeList(
  'service',
  `${OWN}; after the projects' own texts, Primero lookup-service-type and HTCDS 2.0 support plans`,
  {
    psychological_support: ['Sostegno psicologico', 'Psychological support'],
    educational_relational_support: ['Sostegno educativo e relazionale', 'Educational and relational support'],
    legal_advice: ['Consulenza legale', 'Legal advice'],
    orientation: ['Orientamento', 'Orientation'],
    individual_tutoring: ['Tutoraggio individuale', 'Individual tutoring'],
    group_activity: ['Attività di gruppo', 'Group activity'],
    community_awareness: ['Sensibilizzazione della comunità', 'Community awareness'],
    practical_training_in_company: ['Formazione pratica in impresa', 'Practical training in a company'],
    job_search_accompaniment: ['Accompagnamento alla ricerca di lavoro', 'Accompaniment in looking for work'],
    job_placement: ['Inserimento lavorativo', 'Job placement'],
    housing_placement: ['Inserimento abitativo', 'Housing placement'],
    vocational_training: ['Formazione professionale', 'Vocational training'],
    basic_language_course: ['Corso di lingua di base', 'Basic language course'],
    emergency_shelter: ['Pronta accoglienza e protezione', 'Emergency shelter'],
    second_level_reception: ['Accoglienza di secondo livello', 'Second-level reception'],
    health_care: ['Assistenza sanitaria', 'Health care'],
    specialist_msna_consultation: [
      'Consulenza specialistica su minori stranieri non accompagnati',
      'Specialist consultation on unaccompanied minors',
    ],
    supervision: ['Supervisione', 'Supervision'],
    second_level_helpdesk: ['Sportello di secondo livello', 'Second-level helpdesk'],
    peer_mentoring: ['Mentoring tra pari', 'Peer mentoring'],
    financial_literacy: ['Educazione finanziaria', 'Financial literacy'],
    tenant_protection: ['Tutela degli inquilini', 'Tenant protection'],
    rights_information: ['Informazione sui diritti', 'Information on rights'],
    public_services_accompaniment: ['Accompagnamento ai servizi pubblici', 'Accompaniment to public services'],
    cultural_mediation: ['Mediazione culturale', 'Cultural mediation'],
    material_aid: ['Aiuti materiali', 'Material aid'],
    food: ['Aiuto alimentare', 'Food'],
    residence_registration: ['Iscrizione anagrafica', 'Registration of residence'],
    family_mediation: ['Mediazione familiare', 'Family mediation'],
    family_reunification: ['Ricongiungimento familiare', 'Family reunification'],
    assisted_voluntary_return: ['Rimpatrio volontario assistito', 'Assisted voluntary return'],
    wage_claim_support: ['Recupero delle retribuzioni', 'Support in claiming wages'],
    union_dispute: ['Vertenza sindacale', 'Trade-union dispute'],
    permit_application: ['Richiesta del titolo di soggiorno', 'Application for a residence permit'],
    interpreter: ['Interpretariato', 'Interpreting'],
    victim_compensation: ['Indennizzo delle vittime', 'Compensation of victims'],
  },
);
export type Service = (typeof services.codes)[number]['code'];

export type ServiceFamily = 'health' | 'legal' | 'other';
const FAMILIES: Readonly<Partial<Record<Service, ServiceFamily>>> = {
  psychological_support: 'health',
  health_care: 'health',
  legal_advice: 'legal',
  permit_application: 'legal',
  victim_compensation: 'legal',
};

/**
 * Decides whether a receiver may come to see health or legal data, so it is narrow on purpose: whoever needs a lawyer for wages or
 * housing is referred for `legal_advice`. Anything unknown is `other`, which opens least.
 */
export const serviceFamily = (code: string): ServiceFamily =>
  Object.hasOwn(FAMILIES, code) ? (FAMILIES[code as Service] ?? 'other') : 'other';

/** What became of a service, as the receiver reports it. */
export const serviceOutcomes = codeList('service-outcome', OWN, {
  provided: ['Prestato', 'Provided'],
  provided_in_part: ['Prestato in parte', 'Provided in part'],
  interrupted_by_person: ['Interrotto dalla persona', 'Interrupted by the person'],
  interrupted_by_provider: ['Interrotto dal servizio', 'Interrupted by the provider'],
  declined_by_person: ['Rifiutato dalla persona', 'Declined by the person'],
  person_unreachable: ['Persona irreperibile', 'Person unreachable'],
  not_provided: ['Non prestato', 'Not provided'],
  referred_on: ['Orientata ad altro servizio', 'Directed to another service'],
});
