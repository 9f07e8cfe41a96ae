import { Injectable } from '@nestjs/common';
import { Pipeline } from '@platform/commanding';
import { type Exchange, newStreamId } from '@platform/http';
import { DomainError, invalid } from '@platform/kernel';
import { normalisePartitaIva } from '@platform/codes';
import { type Pseudonym, Vaults } from '@platform/pseudonymity';
import { CaseLog } from '../case-log';
import { Handles } from '../handles';
import { Running } from '../running';
import { RecordCompanyMet, RecordInvolvedCompany } from './company-dossier-commands';
import { companyDossierSlice } from './company-dossier-slice';
import { CompanyDossierAccess } from './company-dossier.access';
import { companyDossierDecider } from './company-dossier.decider';

export interface CompanyFound {
  readonly name: string;
  readonly vat: string | undefined;
  readonly sector: string;
  readonly comune: string;
}

/** One company, one dossier in a region: whoever meets it again is told the dossier that is there. */
@Injectable()
export class CompanyRecording {
  constructor(
    private readonly running: Running,
    private readonly pipeline: Pipeline,
    private readonly access: CompanyDossierAccess,
    private readonly handles: Handles,
    private readonly log: CaseLog,
    private readonly vaults: Vaults,
  ) {}

  /** `made` is false where the region had a dossier already. @throws DomainError 400 for a number that is no partita IVA */
  async record(http: Exchange, found: CompanyFound): Promise<Pseudonym & { made: boolean }> {
    const vat = found.vat === undefined ? undefined : normalisePartitaIva(found.vat);
    if (found.vat !== undefined && vat === undefined)
      throw invalid('companyDossier.no-vat-number', '/vat', 'This is no Italian VAT number: a digit is wrong or missing.');
    const { region, organisation } = http.by.actor;
    const own = newStreamId('companyDossier', http.by.commandId);
    const { sector, comune } = found;
    const wish = new RecordInvolvedCompany(own, { nameRef: 'vault', sector, comune }).by(http.by);
    const done = await this.pipeline.before(companyDossierSlice, this.access, wish);
    if (done) {
      http.wrote(done);
      return { ...(await this.handles.of(region, own, organisation)), made: true };
    }
    const { dossier, vatRef } = await this.#dossierOf(region, own, vat);
    const made = !(await this.log.fold(companyDossierDecider, dossier)) && (await this.#begin(http, dossier, found, vatRef));
    if (!made) await this.running.run(http, http.by, new RecordCompanyMet(dossier));
    return { ...(await this.handles.of(region, dossier, organisation)), made };
  }

  /**
   * The dossier that stands for the number: the first that claimed it. What was put under one's own dossier in vain is named by no event and
   * swept. A claim whose event never came to be stored is taken up by the next who meets the company.
   */
  async #dossierOf(region: string, own: string, vat: string | undefined): Promise<{ dossier: string; vatRef?: string }> {
    if (vat === undefined) return { dossier: own };
    const vault = this.vaults.of(region);
    const vatRef = await vault.put(own, 'COMP', 'vat', vat);
    const dossier = await vault.claim('vat', await vault.label('vat', vat), own);
    return { dossier, vatRef: dossier === own ? vatRef : await vault.put(dossier, 'COMP', 'vat', vat) };
  }

  /** False where somebody else was faster by a moment. */
  async #begin(http: Exchange, dossier: string, found: CompanyFound, vatRef: string | undefined): Promise<boolean> {
    const nameRef = await this.vaults.of(http.by.actor.region).put(dossier, 'COMP', 'name', found.name);
    const { sector, comune } = found;
    try {
      await this.running.run(
        http,
        http.by,
        new RecordInvolvedCompany(dossier, { nameRef, ...(vatRef === undefined ? {} : { vatRef }), sector, comune }),
      );
      return true;
    } catch (error) {
      if (error instanceof DomainError && error.code === 'companyDossier.already-recorded') return false;
      throw error;
    }
  }
}
