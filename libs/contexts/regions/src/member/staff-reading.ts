import { Injectable } from '@nestjs/common';
import type { Judgement } from '@platform/access';
import { type Authority, DomainError } from '@platform/kernel';
import { refCommitment, Vaults } from '@platform/pseudonymity';
import { Reading } from '@platform/querying';
import type { StaffRow } from './staff-register.projection';

/** A member as colleagues see them. */
export type Colleague = Omit<StaffRow, 'nameRef' | 'suspendedFor'> & { readonly name?: string; readonly suspendedFor?: string };

/** Opens the names of members, each region's under an entry of its own trail. */
@Injectable()
export class StaffReading {
  constructor(
    private readonly reading: Reading,
    private readonly vaults: Vaults,
  ) {}

  /** @throws DomainError not-found or forbidden as the judgement says; 503 when the look-up cannot be put on record */
  async show(by: Authority, act: string, judgement: Judgement, rows: readonly StaffRow[]): Promise<Colleague[]> {
    const regions = [...new Set(rows.map(({ region }) => region))];
    const shown: Colleague[] = [];
    // An empty answer is a look-up as well.
    for (const region of regions.length > 0 ? regions : [by.actor.region]) {
      const of = rows.filter((row) => row.region === region);
      shown.push(...(await this.#ofRegion(by, act, judgement, region, of)));
    }
    return shown;
  }

  #ofRegion(by: Authority, act: string, judgement: Judgement, region: string, rows: readonly StaffRow[]): Promise<Colleague[]> {
    const near = this.vaults.regions().includes(region);
    const refs = near ? rows.flatMap(({ nameRef }) => nameRef ?? []) : [];
    const question = { act, noun: 'member', region: near ? region : by.actor.region, judgement, cases: [], groups: [] };
    return this.reading.show(by, { ...question, commitments: refs.map(refCommitment) }, async (receipt) => {
      const names = refs.length > 0 ? await unlessErased(this.vaults.of(region).reveal(refs, receipt)) : new Map<string, string>();
      return rows.map(({ nameRef, suspendedFor, ...row }) => {
        const name = nameRef === null ? undefined : names.get(nameRef);
        return { ...row, ...(name === undefined ? {} : { name }), ...(suspendedFor === null ? {} : { suspendedFor }) };
      });
    });
  }
}

/** Where somebody's name was erased meanwhile, nobody's is shown this once. */
async function unlessErased(names: Promise<Map<string, string>>): Promise<Map<string, string>> {
  try {
    return await names;
  } catch (error) {
    if (error instanceof DomainError && error.code === 'vault.erased') return new Map();
    throw error;
  }
}
