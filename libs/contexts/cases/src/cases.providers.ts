import type { Provider, Type } from '@nestjs/common';
import { handlersFor } from '@platform/commanding';
import type { Consumer } from '@platform/consuming';
import { accessGrantSlice } from './access-grant/access-grant-slice';
import { AccessGrantAccess } from './access-grant/access-grant.access';
import { AccessGrantController } from './access-grant/access-grant.controller';
import { CaseAccessRows } from './access-grant/case-access.projection';
import { EndAccessWhenBasisEnds } from './access-grant/end-access-when-basis-ends.reactor';
import { ExpireWhatIsDue } from './access-grant/expire-what-is-due.reactor';
import { GrantWhenReferred } from './access-grant/grant-when-referred.reactor';
import { Bases } from './bases';
import { breakGlassSlice } from './break-glass/break-glass-slice';
import { BreakGlassAccess } from './break-glass/break-glass.access';
import { BreakGlassController } from './break-glass/break-glass.controller';
import { GrantRows } from './access-grant/grant-rows.projection';
import { BreakGlassRows } from './break-glass/break-glass.projection';
import { CaseLog } from './case-log';
import { CaseAccess } from './case/case.access';
import { CaseChangesController } from './case/case-changes.controller';
import { CaseCommanding } from './case/case-commanding';
import { CaseController } from './case/case.controller';
import { CaseDocumentsController } from './case/case-documents.controller';
import { CaseExplanationController } from './case/case-explanation.controller';
import { CaseFile } from './case/case-file.projection';
import { CaseHistory } from './case/case-history.projection';
import { CaseInsightController } from './case/case-insight.controller';
import { CaseLinksController } from './case/case-links.controller';
import { CaseListController } from './case/case-list.controller';
import { CaseListing } from './case/case-listing';
import { CasePreviews } from './case/case-preview';
import { CaseReading } from './case/case-reading';
import { CaseRecordController } from './case/case-record.controller';
import { CaseReplay } from './case/case-replay';
import { CaseReplayController } from './case/case-replay.controller';
import { CaseRows } from './case/case-rows.projection';
import { CaseSharingController } from './case/case-sharing.controller';
import { caseSlice } from './case/case-slice';
import { CaseValues } from './case/case-values';
import { CodesController } from './codes.controller';
import { companyDossierSlice } from './company-dossier/company-dossier-slice';
import { CompanyDossierAccess } from './company-dossier/company-dossier.access';
import { CompanyDossierController } from './company-dossier/company-dossier.controller';
import { CompanyReading } from './company-dossier/company-reading';
import { CompanyRecording } from './company-dossier/company-recording';
import { CompanyRows } from './company-dossier/company-rows.projection';
import { LinkAlertWhenIssued } from './company-dossier/link-alert-when-issued.reactor';
import { consentSlice } from './consent/consent-slice';
import { ConsentAccess } from './consent/consent.access';
import { ConsentController } from './consent/consent.controller';
import { ContactCounts } from './contact/contact-counts.projection';
import { ContactReading } from './contact/contact-reading';
import { ContactRows } from './contact/contact-rows.projection';
import { contactSlice } from './contact/contact-slice';
import { ContactAccess } from './contact/contact.access';
import { ContactController } from './contact/contact.controller';
import { ContactImport } from './contact/contact-import';
import { ContactImportController, ContactUndoController } from './contact/contact-import.controller';
import { ContactImportRows } from './contact/contact-imports.projection';
import { ContactUndo } from './contact/contact-undo';
import { LinkContactWhenCaseOpened } from './contact/link-contact-when-case-opened.reactor';
import { ErasureAccess } from './erasure/erasure.access';
import { ErasureController } from './erasure/erasure.controller';
import { ErasureRows } from './erasure/erasure-rows.projection';
import { erasureSlice } from './erasure/erasure-slice';
import { ShredWhenErasureApproved } from './erasure/shred-when-erasure-approved.reactor';
import { Handles } from './handles';
import { legalBasisSlice } from './legal-basis/legal-basis-slice';
import { LegalBasisAccess } from './legal-basis/legal-basis.access';
import { LegalBasisController } from './legal-basis/legal-basis.controller';
import { PolicyBook } from './policy-book';
import { Principals } from './principals.projection';
import { Running } from './running';
import { Dynamics } from './territorial-dynamic/dynamics.projection';
import { DynamicsReading } from './territorial-dynamic/dynamics-reading';
import { TerritorialDynamicAccess } from './territorial-dynamic/territorial-dynamic.access';
import { TerritorialDynamicController } from './territorial-dynamic/territorial-dynamic.controller';
import { territorialDynamicSlice } from './territorial-dynamic/territorial-dynamic-slice';
import { UnmaskAccess } from './unmask/unmask.access';
import { UnmaskController } from './unmask/unmask.controller';
import { UnmaskReading } from './unmask/unmask-reading';
import { UnmaskRows } from './unmask/unmask-rows.projection';
import { unmaskSlice } from './unmask/unmask-slice';
import { VaultKeeper } from './vault-keeper.reactor';

/** The list comes before the single case: its path is the shorter one. */
export const controllers: Type[] = [
  ...[CaseListController, CaseController, CaseRecordController, CaseDocumentsController, CaseInsightController, CaseSharingController],
  ...[CaseLinksController, CaseReplayController, CaseExplanationController, CaseChangesController],
  ...[ConsentController, LegalBasisController, AccessGrantController, BreakGlassController],
  ...[
    // Its paths are closer than those of a single contact.
    ContactUndoController,
    ContactController,
    ContactImportController,
    CompanyDossierController,
    TerritorialDynamicController,
    UnmaskController,
    ErasureController,
    CodesController,
  ],
];

/** Read models and reactors, each with a name and a checkpoint of its own. */
export const consumers: Type<{ consumer(): Consumer }>[] = [
  ...[CaseFile, CaseHistory, CaseAccessRows, ContactRows, ContactCounts, ContactImportRows, CompanyRows],
  ...[Dynamics, UnmaskRows, ErasureRows, VaultKeeper],
  ...[GrantWhenReferred, EndAccessWhenBasisEnds, LinkContactWhenCaseOpened, LinkAlertWhenIssued, ShredWhenErasureApproved],
];

const services: Type[] = [
  ...[CaseLog, Bases, Handles, PolicyBook, Principals, Running, ExpireWhatIsDue],
  ...[CaseRows, CaseReading, CaseValues, CaseListing, CaseCommanding, CasePreviews, CaseReplay, BreakGlassRows, GrantRows],
  ...[ContactReading, ContactImport, ContactUndo, CompanyReading, CompanyRecording, DynamicsReading, UnmaskReading],
];

export const providers: Provider[] = [
  ...services,
  ...consumers,
  ...[CaseAccess, ConsentAccess, LegalBasisAccess, AccessGrantAccess, BreakGlassAccess, ContactAccess, CompanyDossierAccess],
  ...[TerritorialDynamicAccess, UnmaskAccess, ErasureAccess],
  ...handlersFor(caseSlice, CaseAccess),
  ...handlersFor(consentSlice, ConsentAccess),
  ...handlersFor(legalBasisSlice, LegalBasisAccess),
  ...handlersFor(accessGrantSlice, AccessGrantAccess),
  ...handlersFor(breakGlassSlice, BreakGlassAccess),
  ...handlersFor(contactSlice, ContactAccess),
  ...handlersFor(companyDossierSlice, CompanyDossierAccess),
  ...handlersFor(territorialDynamicSlice, TerritorialDynamicAccess),
  ...handlersFor(unmaskSlice, UnmaskAccess),
  ...handlersFor(erasureSlice, ErasureAccess),
];
