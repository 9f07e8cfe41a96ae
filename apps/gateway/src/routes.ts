import type { Routes } from '@platform/gateway';

/** Which service answers which paths, in the order of the API reference. */
export const routes: Routes = {
  regions: [
    ...['/api/regions', '/api/organisations', '/api/members', '/api/teams', '/api/agreements', '/api/policies', '/api/setup'],
    '/api/read-models/regions',
  ],
  cases: [
    ...['/api/cases', '/api/contacts', '/api/contact-counts', '/api/consents', '/api/legal-bases', '/api/grants', '/api/break-glass'],
    '/api/teams/*/cases',
    ...['/api/changes/cases', '/api/read-models/cases'],
    ...['/api/unmaskings', '/api/erasures', '/api/companies', '/api/dynamics', '/api/codes', '/api/comuni'],
  ],
  referrals: ['/api/referrals', '/api/notices', '/api/letters', '/api/changes/referrals', '/api/read-models/referrals'],
  alerts: ['/api/alerts', '/api/deliveries', '/api/subscriptions', '/api/changes/alerts', '/api/read-models/alerts'],
  audit: ['/api/audit', '/api/read-models/audit'],
};
