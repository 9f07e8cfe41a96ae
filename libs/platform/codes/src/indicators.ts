import { codeList, type Labels, OWN } from './code-list';

/** How strongly an indicator speaks. */
export type Weight = 'strong' | 'medium' | 'weak';
export type Profile = 'adult' | 'child';

/** The six dimensions of the ILO-EC operational indicators, in the order of the Palermo definition. */
export const DIMENSIONS = {
  DR: ['Reclutamento con inganno', 'Deceptive recruitment'],
  CR: ['Reclutamento con coercizione', 'Coercive recruitment'],
  RV: ['Reclutamento con abuso di vulnerabilità', 'Recruitment by abuse of vulnerability'],
  EX: ['Condizioni di lavoro di sfruttamento', 'Exploitative conditions of work'],
  CD: ['Coercizione a destinazione', 'Coercion at destination'],
  AD: ['Abuso di vulnerabilità a destinazione', 'Abuse of vulnerability at destination'],
} as const satisfies Record<string, Labels>;
export type Dimension = keyof typeof DIMENSIONS;

// Weight for adults, weight for children (S strong, M medium, W weak, - not on the children's list), Italian, English.
const ROWS = {
  // DR
  DR01: ['SS', 'Inganno su natura, luogo o datore di lavoro', 'Deceived about the nature of the job, location or employer'],
  DR02: ['MM', 'Inganno sulla retribuzione', 'Deceived about wages/earnings'],
  DR03: ['MM', 'Inganno sulle condizioni di lavoro', 'Deceived about conditions of work'],
  DR04: ['MM', 'Inganno su contenuto o legalità del contratto', 'Deceived about content or legality of work contract'],
  DR05: ['MM', 'Inganno su alloggio e condizioni di vita', 'Deceived about housing and living conditions'],
  DR06: [
    'MM',
    'Inganno sui documenti o sulla regolarità del soggiorno',
    'Deceived about legal documentation or obtaining legal migration status',
  ],
  DR07: ['MM', 'Inganno su viaggio e reclutamento', 'Deceived about travel and recruitment conditions'],
  DR08: ['MM', 'Inganno sul ricongiungimento familiare', 'Deceived about family reunification'],
  DR09: ['MM', 'Inganno con promessa di matrimonio o adozione', 'Deceived through promises of marriage or adoption'],
  DR10: ['WS', "Inganno sull'accesso all'istruzione", 'Deceived about access to education opportunities'],
  // CR
  CR01: ['SS', 'Violenza sulla persona', 'Violence on victims'],
  CR02: ['MS', 'Minacce di violenza', 'Threats of violence against victim'],
  CR03: [
    'MS',
    'Rapimento, matrimonio o adozione forzati, vendita della persona',
    'Abduction, forced marriage, forced adoption or selling of victim',
  ],
  CR04: ['MS', 'Asservimento per debito', 'Debt bondage'],
  CR05: ['MM', 'Sottrazione dei documenti', 'Confiscation of documents'],
  CR06: ['MM', 'Isolamento, confinamento o sorveglianza', 'Isolation, confinement or surveillance'],
  CR07: ['MM', 'Minaccia di denuncia alle autorità', 'Threat of denunciation to authorities'],
  CR08: ['MM', 'Minaccia di informare famiglia, comunità o altri', 'Threats to inform family, community or public'],
  CR09: ['MM', 'Violenza sulla famiglia (minacciata o compiuta)', 'Violence on family (threats or effective)'],
  CR10: ['MM', 'Trattenuta di denaro', 'Withholding of money'],
  // RV
  RV01: ['MM', 'Abuso di situazione familiare difficile', 'Abuse of difficult family situation'],
  RV02: ['MM', 'Abuso della condizione di irregolarità', 'Abuse of illegal status'],
  RV03: ['MM', 'Abuso della scarsa istruzione o conoscenza della lingua', 'Abuse of lack of education (language)'],
  RV04: ['MM', 'Abuso della mancanza di informazioni', 'Abuse of lack of information'],
  RV05: ['MM', 'Controllo esercitato dagli sfruttatori', 'Control of exploiters'],
  RV06: ['MM', 'Ragioni economiche', 'Economic reasons'],
  RV07: ['MM', 'False informazioni sul successo migratorio', 'False information about successful migration'],
  RV08: ['M-', 'False informazioni sulla legge e sulle autorità', 'False information about law, attitude of authorities'],
  RV09: ['MM', 'Situazione familiare', 'Family situation'],
  RV10: ['MM', 'Situazione personale', 'Personal situation'],
  RV11: ['MM', 'Dipendenza psicologica ed emotiva', 'Psychological and emotional dependency'],
  RV12: ['MM', 'Rapporto con le autorità o posizione giuridica', 'Relationship with authorities / legal status'],
  RV13: ['MM', 'Difficoltà nel passato', 'Difficulties in the past'],
  RV14: ['MM', 'Difficoltà a organizzare il viaggio', 'Difficulty to organise the travel'],
  RV15: ['WM', 'Abuso di credenze culturali o religiose', 'Abuse of cultural/religious beliefs'],
  RV16: ['WM', 'Contesto generale', 'General context'],
  // EX
  EX01: ['SS', 'Giorni o orari di lavoro eccessivi', 'Excessive working days or hours'],
  EX02: ['MM', 'Retribuzione bassa o assente', 'Low or no salary'],
  EX03: ['MM', 'Manipolazione della retribuzione', 'Wage manipulation'],
  EX04: ['MM', 'Cattive condizioni di vita', 'Bad living conditions'],
  EX05: ['MM', 'Pessime condizioni di lavoro', 'Very bad working conditions'],
  EX06: ['MM', 'Lavoro pericoloso', 'Hazardous work'],
  EX07: ['MM', 'Mancato rispetto delle leggi sul lavoro o del contratto', 'No respect of labour laws or contract signed'],
  EX08: ['M-', 'Assenza di protezione sociale', 'No social protection'],
  EX09: ['WM', "Nessun accesso all'istruzione", 'No access to education'],
  // CD
  CD01: ['SS', 'Sottrazione dei documenti', 'Confiscation of documents'],
  CD02: ['SS', 'Asservimento per debito', 'Debt bondage'],
  CD03: ['SS', 'Isolamento, confinamento o sorveglianza', 'Isolation, confinement or surveillance'],
  CD04: ['SS', 'Violenza sulla persona', 'Violence on victims'],
  CD05: ['MS', 'Minacce di violenza', 'Threats of violence against victim'],
  CD06: ['MS', 'Costrizione ad attività illecite', 'Forced into illicit/criminal activities'],
  CD07: ['MS', 'Mansioni o clienti imposti', 'Forced tasks or clients'],
  CD08: ['MS', 'Sotto forte influenza', 'Under strong influence'],
  CD09: ['MM', 'Costrizione ad agire contro altri lavoratori', 'Forced to act against peers'],
  CD10: ['MM', 'Costrizione a mentire ad autorità, famiglia o altri', 'Forced to lie to authorities, family, etc.'],
  CD11: ['MM', 'Minaccia di denuncia alle autorità', 'Threat of denunciation to authorities'],
  CD12: ['MM', 'Minaccia di condizioni di lavoro ancora peggiori', 'Threat to impose even worse working conditions'],
  CD13: ['MM', 'Violenza sulla famiglia (minacciata o compiuta)', 'Violence on family (threats or effective)'],
  CD14: ['MM', 'Retribuzione trattenuta', 'Withholding of wages'],
  CD15: ['WM', 'Minaccia di informare famiglia, comunità o altri', 'Threats to inform family, community or public'],
  // AD
  AD01: ['MM', 'Dipendenza dagli sfruttatori', 'Dependency on exploiters'],
  AD02: ['MM', 'Difficoltà a vivere in un luogo sconosciuto', 'Difficulty to live in an unknown area'],
  AD03: ['MM', 'Ragioni economiche', 'Economic reasons'],
  AD04: ['MM', 'Situazione familiare', 'Family situation'],
  AD05: ['MM', 'Rapporto con le autorità o posizione giuridica', 'Relationship with authorities / legal status'],
  AD06: ['WM', 'Difficoltà nel passato', 'Difficulties in the past'],
  AD07: ['WM', 'Caratteristiche personali', 'Personal characteristics'],
} as const satisfies Record<string, readonly [weights: string, it: string, en: string]>;
export type Indicator = keyof typeof ROWS;

/** The 67 indicators for labour exploitation. */
export const delphiIndicators = codeList<Indicator>(
  'indicator',
  'ILO and European Commission, Operational indicators of trafficking in human beings (2009), labour exploitation; weights from a published crosswalk, to be checked against the ILO brochure; Italian labels are ours',
  Object.fromEntries(Object.entries(ROWS).map(([code, [, it, en]]) => [code, [it, en]])) as unknown as Record<Indicator, Labels>,
);

const WEIGHTS: Readonly<Record<string, Weight>> = { S: 'strong', M: 'medium', W: 'weak' };

export const isIndicator = (code: string): code is Indicator => Object.hasOwn(ROWS, code);
/** Undefined where the indicator is not on the profile's list. */
export const weightOf = (code: Indicator, profile: Profile): Weight | undefined =>
  WEIGHTS[ROWS[code][0].charAt(profile === 'adult' ? 0 : 1)];
export const dimensionOf = (code: Indicator): Dimension => code.slice(0, 2) as Dimension;

/** The eleven indicators of forced labour. */
export const forcedLabourIndicators = codeList('forced-labour-indicator', `ILO indicators of forced labour (2012); ${OWN}`, {
  abuse_of_vulnerability: ['Abuso di vulnerabilità', 'Abuse of vulnerability'],
  deception: ['Inganno', 'Deception'],
  restriction_of_movement: ['Limitazione della libertà di movimento', 'Restriction of movement'],
  isolation: ['Isolamento', 'Isolation'],
  physical_sexual_violence: ['Violenza fisica e sessuale', 'Physical and sexual violence'],
  intimidation_threats: ['Intimidazioni e minacce', 'Intimidation and threats'],
  retention_of_identity_documents: ["Trattenuta dei documenti d'identità", 'Retention of identity documents'],
  withholding_of_wages: ['Trattenuta della retribuzione', 'Withholding of wages'],
  debt_bondage: ['Asservimento per debito', 'Debt bondage'],
  abusive_working_living_conditions: ['Condizioni di lavoro e di vita degradanti', 'Abusive working and living conditions'],
  excessive_overtime: ['Straordinario eccessivo', 'Excessive overtime'],
});
