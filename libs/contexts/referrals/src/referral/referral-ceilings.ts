import type { FieldGroup, OrganisationKind, Purpose } from '@platform/kernel';
import { serviceFamily } from '@platform/codes';

/** Kinds of organisation that may be offered a case: those the access policy lets see one through an accepted referral. */
export const RECEIVER_KINDS: readonly OrganisationKind[] = [
  'anti_trafficking_project',
  'social_cooperative',
  'association',
  'local_authority',
  'social_services',
  'job_centre',
  'training_body',
  'health_authority',
  'anti_violence_centre',
  'international_organisation',
  'church_body',
];

/** What a referral may be for. Assessing it is a purpose of stage 1 only. */
export const REFERRAL_PURPOSES: readonly Purpose[] = ['direct_assistance', 'joint_case', 'legal_representation', 'health_care'];

/** The most a receiver may be granted after acceptance: health only to a health service, legal status only to a legal one. */
export const groupsOpenTo = (service: string): readonly FieldGroup[] => {
  const family = serviceFamily(service);
  const always: FieldGroup[] = ['ID', 'CON', 'NEED', 'PLAN'];
  if (family === 'health') return [...always, 'HEA'];
  return family === 'legal' ? [...always, 'LEG'] : always;
};

/** How long a sender may leave a reported outcome unanswered: 30 days. */
export const ANSWER_HOURS = 30 * 24;
