import { codeList, HTCDS, OWN } from './code-list';

export const caseClosures = codeList('case-closure', OWN, {
  autonomy_reached: ['Autonomia raggiunta', 'Autonomy reached'],
  transferred: ['Trasferimento della presa in carico', 'Transferred'],
  person_withdrew: ['Rinuncia della persona', 'The person withdrew'],
  unreachable: ['Persona irreperibile', 'Unreachable'],
  not_a_victim: ['Non vittima', 'Not a victim'],
  returned_assisted: ['Rimpatrio assistito', 'Assisted return'],
  deceased: ['Decesso', 'Deceased'],
  other: ['Altro', 'Other'],
});

export const breakGlassReasons = codeList('break-glass-reason', OWN, {
  imminent_danger_to_life: ['Pericolo imminente per la vita', 'Imminent danger to life'],
  missing_minor: ['Minore scomparso', 'Missing minor'],
  medical_emergency: ['Emergenza sanitaria', 'Medical emergency'],
  trafficker_contact: ['Contatto con gli sfruttatori', 'Contact with the traffickers'],
  court_deadline: ["Termine dell'autorità giudiziaria", 'Court deadline'],
});

/** While a person is `in_protection` the place (PROT) is sealed. */
export const safetyStatuses = codeList('safety-status', OWN, {
  not_assessed: ['Non valutata', 'Not assessed'],
  no_known_threat: ['Nessuna minaccia nota', 'No known threat'],
  at_risk: ['A rischio', 'At risk'],
  imminent_danger: ['Pericolo imminente', 'Imminent danger'],
  in_protection: ['In protezione', 'In protection'],
});

export const needs = codeList('need', OWN, {
  safety: ['Sicurezza e protezione', 'Safety and protection'],
  shelter: ['Accoglienza', 'Shelter'],
  housing: ['Casa', 'Housing'],
  food_and_material_aid: ['Alimenti e beni di prima necessità', 'Food and basic goods'],
  health: ['Salute', 'Health'],
  psychological: ['Sostegno psicologico', 'Psychological support'],
  legal: ['Tutela legale', 'Legal protection'],
  residence_permit: ['Titolo di soggiorno', 'Residence permit'],
  identity_documents: ['Documenti di identità', 'Identity documents'],
  residence_registration: ['Residenza anagrafica', 'Registered residence'],
  wages_owed: ['Retribuzioni non pagate', 'Wages owed'],
  decent_work: ['Lavoro dignitoso', 'Decent work'],
  training: ['Formazione', 'Training'],
  italian_language: ['Lingua italiana', 'Italian language'],
  cultural_mediation: ['Mediazione culturale', 'Cultural mediation'],
  family: ['Famiglia e figli', 'Family and children'],
  debt: ['Debito', 'Debt'],
  transport: ['Trasporto', 'Transport'],
  social_ties: ['Relazioni e comunità', 'Social ties and community'],
  return: ['Ritorno nel paese di origine', 'Return to the country of origin'],
});

export const contactChannels = codeList('contact-channel', OWN, {
  street: ['Strada', 'Street'],
  indoor_apartment: ['Indoor: appartamento', 'Indoor: apartment'],
  indoor_venue: ['Indoor: locale', 'Indoor: venue'],
  field_camp: ['Insediamento', 'Field camp'],
  workplace_gate: ['Luogo di lavoro', 'At the workplace gate'],
  helpdesk: ['Sportello', 'Helpdesk'],
  multilingual_desk: ['Sportello multilingue', 'Multilingual desk'],
  helpline: ['Numero verde', 'Helpline'],
  online: ['In rete', 'Online'],
  reported_by_third_party: ['Segnalazione di terzi', 'Reported by a third party'],
  detention_or_penal: ['Detenzione o area penale', 'Detention or penal area'],
});

/** What a document is of which a case keeps a reference. The document itself is never here. */
export const documentKinds = codeList('document-kind', OWN, {
  identity_document: ["Documento d'identità o passaporto", 'Identity document or passport'],
  residence_permit: ['Titolo di soggiorno', 'Residence permit'],
  complaint_or_report: ['Denuncia, querela o esposto', 'Complaint or report to an authority'],
  court_act: ['Atto giudiziario', 'Court act'],
  medical_report: ['Referto o certificato medico', 'Medical report'],
  family_document: ['Documento di famiglia', 'Family document'],
  employment_contract: ['Contratto di lavoro', 'Employment contract'],
  payslip: ['Busta paga', 'Payslip'],
  photograph: ['Fotografia', 'Photograph'],
  consent_form: ['Modulo di consenso firmato', 'Signed consent form'],
  other: ['Altro documento', 'Other document'],
});
/** Why a reference that was recorded in error does not count. */
export const documentWithdrawals = codeList('document-withdrawal', OWN, {
  of_another_person: ["Riguarda un'altra persona", 'Is about another person'],
  recorded_twice: ['Registrato due volte', 'Recorded twice'],
  wrong_details: ['Dati sbagliati', 'Wrong details'],
  document_lost: ['Il documento non si trova più', 'The document is lost'],
  other: ['Altro', 'Other'],
});

export const identificationOutcomes = codeList('identification-outcome', HTCDS, {
  possible: ['Possibile vittima', 'Possible victim'],
  actual: ['Vittima', 'Actual victim'],
  not_a_victim: ['Non vittima', 'Not a victim'],
});
export const identificationAuthorities = codeList('identification-authority', HTCDS, {
  police: ['Forze di polizia', 'Police'],
  ngo: ['Ente del terzo settore', 'Non-governmental organisation'],
  court_or_prosecution: ['Autorità giudiziaria', 'Court or prosecution'],
  non_police_government: ['Altra autorità pubblica', 'Governmental organisation other than police'],
  other: ['Altro', 'Other'],
});
