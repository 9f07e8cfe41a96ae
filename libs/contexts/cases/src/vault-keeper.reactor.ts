import { Injectable } from '@nestjs/common';
import type { Declarations } from '@contracts';
import type { Consumer } from '@platform/consuming';
import type { RecordedEvent } from '@platform/kernel';
import { Vaults } from '@platform/pseudonymity';
import { accessGrantEvents } from './access-grant/access-grant';
import { breakGlassEvents } from './break-glass/break-glass';
import { caseEvents } from './case/case';
import { companyDossierEvents } from './company-dossier/company-dossier';
import { consentEvents } from './consent/consent';
import { contactEvents } from './contact/contact';
import { erasureEvents } from './erasure/erasure';
import { legalBasisEvents } from './legal-basis/legal-basis';
import { territorialDynamicEvents } from './territorial-dynamic/territorial-dynamic';
import { unmaskEvents } from './unmask/unmask';

/** Every event this context stores. */
export const storedEvents: Declarations = {
  ...{ ...caseEvents, ...consentEvents, ...legalBasisEvents, ...accessGrantEvents, ...breakGlassEvents },
  ...{ ...contactEvents, ...companyDossierEvents, ...territorialDynamicEvents, ...unmaskEvents, ...erasureEvents },
};

const REF = /^vault:([a-z][a-z0-9-]{1,39}):/;

/** References into vaults, wherever they stand in an event's data, by region. */
export function refsIn(data: unknown): Map<string, string[]> {
  const found = new Map<string, string[]>();
  const look = (value: unknown): void => {
    if (typeof value === 'string') {
      const region = REF.exec(value)?.[1];
      if (region !== undefined) found.set(region, [...(found.get(region) ?? []), value]);
    } else if (typeof value === 'object' && value !== null) Object.values(value).forEach(look);
  };
  look(data);
  return found;
}

/** Tells the vault which values an event names: all others are swept after a day. */
@Injectable()
export class VaultKeeper {
  constructor(private readonly vaults: Vaults) {}

  consumer(): Consumer {
    const keep = async (event: RecordedEvent): Promise<void> => {
      for (const [region, refs] of refsIn(event.data)) await this.vaults.of(region).keep(refs);
    };
    return {
      name: 'cases-vault-keeper',
      context: 'cases',
      source: { store: 'cases' },
      reactor: true,
      tables: [],
      handlers: Object.fromEntries(Object.keys(storedEvents).map((type) => [type, keep])),
    };
  }
}
