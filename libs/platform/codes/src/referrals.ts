import { invalid } from '@platform/kernel';
import { codeList, OWN } from './code-list';

export const referralReasons = codeList('referral-reason', `${OWN}; two codes after HTCDS 2.0`, {
  additional_services_required: ['Servono altri servizi', 'Additional services required'],
  migration_or_change_of_location: ['Spostamento della persona', 'Migration or change of location'],
  safety_relocation: ['Allontanamento per sicurezza', 'Relocation for safety'],
  specialist_competence: ['Competenza specialistica', 'Specialist competence'],
  no_place_available: ['Nessun posto disponibile', 'No place available'],
  competent_territory: ['Competenza territoriale', 'Competent territory'],
  turning_18: ['Compimento dei 18 anni', 'Turning 18'],
  joint_case_border_zone: ['Caso congiunto in zona di confine', 'Joint case in a border zone'],
  placement_opportunity: ['Opportunità di inserimento', 'Placement opportunity'],
  legal_track: ['Percorso legale', 'Legal track'],
  health_need: ['Bisogno sanitario', 'Health need'],
  return_request: ['Richiesta di ritorno', 'Request to return'],
  other: ['Altro', 'Other'],
});

export const referralDeclines = codeList('referral-decline', `${OWN}; three codes after Primero lookup-service-referred`, {
  no_capacity: ['Nessuna disponibilità', 'No capacity'],
  out_of_scope: ['Fuori dal proprio mandato', 'Out of scope'],
  wrong_territory: ['Territorio non di competenza', 'Wrong territory'],
  age_or_gender_of_facility: ['Struttura per altra età o genere', 'Facility for another age or gender'],
  safety_incompatible: ['Incompatibile con la sicurezza', 'Incompatible with safety'],
  service_unavailable: ['Servizio non attivo', 'Service unavailable'],
  service_already_received_elsewhere: ['Servizio già ricevuto altrove', 'Service already received elsewhere'],
  declined_by_person: ['Rifiutato dalla persona', 'Declined by the person'],
  insufficient_information: ['Informazioni insufficienti', 'Insufficient information'],
  conflict_of_interest: ['Conflitto di interessi', 'Conflict of interest'],
});

export const referralWithdrawals = codeList('referral-withdrawal', OWN, {
  consent_withdrawn: ['Consenso revocato', 'Consent withdrawn'],
  person_unreachable: ['Persona irreperibile', 'Person unreachable'],
  need_met: ['Bisogno soddisfatto', 'Need met'],
  safety: ['Sicurezza', 'Safety'],
  error: ['Errore', 'Error'],
  basis_ended: ['Base venuta meno', 'Basis ended'],
  case_closed: ['Caso chiuso', 'Case closed'],
  case_erased: ['Caso cancellato', 'Case erased'],
});

/** Why a receiver gives an accepted referral back. */
export const referralReturns = codeList('referral-return', OWN, {
  capacity_lost: ['Disponibilità venuta meno', 'Capacity lost'],
  need_beyond_service: ['Bisogno oltre le possibilità del servizio', 'Need beyond the service'],
  safety_incompatible: ['Incompatibile con la sicurezza', 'Incompatible with safety'],
  person_withdrew: ['Rinuncia della persona', 'The person withdrew'],
  person_unreachable: ['Persona irreperibile', 'Person unreachable'],
  moved_away: ['Trasferimento della persona', 'The person moved away'],
  conflict_of_interest: ['Conflitto di interessi', 'Conflict of interest'],
  other: ['Altro', 'Other'],
});

export const urgencies = codeList('urgency', `${OWN}; the clocks are our proposal`, {
  immediate: ['Immediata (24 ore)', 'Immediate (24 hours)'],
  urgent: ['Urgente (72 ore)', 'Urgent (72 hours)'],
  ordinary: ['Ordinaria (15 giorni)', 'Ordinary (15 days)'],
});
export type Urgency = (typeof urgencies.codes)[number]['code'];

const HOURS: Readonly<Record<Urgency, number>> = { immediate: 24, urgent: 72, ordinary: 15 * 24 };

/** Hours a receiver has to answer. @throws DomainError `urgency.unknown` (400) */
export const urgencyHours = (urgency: string): number => {
  if (!Object.hasOwn(HOURS, urgency)) throw invalid('urgency.unknown', '/urgency', 'This urgency is not on the list.');
  return HOURS[urgency as Urgency];
};
