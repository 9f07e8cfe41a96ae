import type { Purpose } from '../api/client';
import { rolesOf, useMe } from '../session/session';

/** Offices state what they look for; everybody else works with the person. */
export function usePurpose(): Purpose | undefined {
  const roles = rolesOf(useMe().data?.data);
  if (roles.includes('dpo')) return 'data_subject_request';
  return roles.includes('auditor') ? 'audit' : undefined;
}
