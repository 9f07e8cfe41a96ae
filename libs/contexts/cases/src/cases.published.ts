import type { Published } from '@contracts';
import { nounOf, type RecordedEvent } from '@platform/kernel';
import { publishAccessGrant } from './access-grant/access-grant.published';
import { publishBreakGlass } from './break-glass/break-glass.published';
import { publishCase } from './case/case.published';
import { publishCompanyDossier } from './company-dossier/company-dossier.published';
import { publishConsent } from './consent/consent.published';
import { publishErasure } from './erasure/erasure.published';
import { publishLegalBasis } from './legal-basis/legal-basis.published';
import { publishTerritorialDynamic } from './territorial-dynamic/territorial-dynamic.published';

/** Contacts and unmaskings concern nobody outside. */
const BY_NOUN: Readonly<Record<string, (event: RecordedEvent) => Published | undefined>> = {
  case: publishCase,
  consent: publishConsent,
  legalBasis: publishLegalBasis,
  accessGrant: publishAccessGrant,
  breakGlass: publishBreakGlass,
  erasure: publishErasure,
  companyDossier: publishCompanyDossier,
  territorialDynamic: publishTerritorialDynamic,
};

/** The public form of any stored event of this context; undefined where it stays inside. */
export const publishCases = (event: RecordedEvent): Published | undefined => BY_NOUN[nounOf(event.stream)]?.(event);
