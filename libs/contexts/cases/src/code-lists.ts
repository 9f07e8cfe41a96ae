/** The code lists this context's rules consult, and the values on them. */
const LISTS = {
  'contact-channel':
    'street indoor_apartment indoor_venue phone_online field_camp workplace_gate helpdesk multilingual_desk helpline online reported_by_third_party detention_or_penal',
  need: 'psychological_support educational_relational_support legal_advice orientation individual_tutoring job_placement job_search_accompaniment housing_placement vocational_training basic_language_course emergency_shelter second_level_reception health_care material_aid food residence_registration wage_claim_support permit_application interpreter',
  service:
    'psychological_support educational_relational_support legal_advice orientation individual_tutoring group_activity community_awareness practical_training_in_company job_search_accompaniment job_placement housing_placement vocational_training basic_language_course emergency_shelter second_level_reception health_care specialist_msna_consultation supervision second_level_helpdesk peer_mentoring financial_literacy tenant_protection rights_information public_services_accompaniment cultural_mediation material_aid food residence_registration family_mediation family_reunification assisted_voluntary_return wage_claim_support union_dispute permit_application interpreter victim_compensation',
  'case-closure': 'autonomy_reached transferred person_withdrew unreachable not_a_victim returned_assisted deceased other',
  'break-glass-reason': 'imminent_danger_to_life missing_minor medical_emergency trafficker_contact court_deadline',
  'victim-status': 'Possible Actual NotAVictim',
  'decided-by': 'Police NGO CourtOrProsecution NonPoliceGovernmentalOrganization Other',
  'safety-status': 'not_assessed no_known_risk at_risk in_protection',
  'territorial-pattern':
    'new_labour_camp transport_by_gangmaster seasonal_peak wage_decline housing_removal inspection_displacement online_recruitment',
  'alert-outcome':
    'received merged_with_own_file inspection_planned inspection_done_violations inspection_done_none opinion_18ter_given not_competent',
  sector: 'A B C D E F G H I J K L M N O P Q R S T U',
  'exploitation-type':
    'ForcedLabour SexualExploitation ChildLabour ForcedMarriage Servitude ForcedMilitaryByNonStateActors OrganRemoval ForcedBegging ForcedAdoption Surrogacy ForcedCriminality IllicitIntermediation Other',
} as const;
export type CodeList = keyof typeof LISTS;

/** Exact match only: no case folding, no Unicode look-alikes. */
export const isCode = (list: CodeList, value: string): boolean => LISTS[list].split(' ').includes(value);
