import { Inject, Injectable } from '@nestjs/common';
import type { AllHandlers, Consumer } from '@platform/consuming';
import { READER } from '@platform/database';
import type { RecordedEvent } from '@platform/kernel';
import type { DataSource, EntityManager } from 'typeorm';
import { tablesOf } from '../regions.schema';
import type { DiffLine, Policy, PolicyEvent } from './policy';

export interface PolicyRow {
  readonly policy: string;
  readonly region: string;
  readonly number: number;
  readonly hash: string;
  readonly status: Exclude<Policy['status'], '-'>;
  readonly proposer: string;
  readonly document: Readonly<Record<string, unknown>>;
  readonly lines: readonly DiffLine[];
  readonly signatures: readonly { readonly cell: string; readonly signer: string }[];
  readonly proposedAt: string;
  readonly decidedAt: string | null;
  readonly revision: number;
}
type Stored = Omit<PolicyRow, 'proposedAt' | 'decidedAt'> & { readonly proposedAt: Date; readonly decidedAt: Date | null };

const COLUMNS = `policy, region, number, hash, status, proposer, document, lines, signatures, proposed_at as "proposedAt",
  decided_at as "decidedAt", revision`;
const read = ({ proposedAt, decidedAt, ...row }: Stored): PolicyRow => ({
  ...row,
  proposedAt: proposedAt.toISOString(),
  decidedAt: decidedAt?.toISOString() ?? null,
});

/** Which access policies did a region propose, who signed them, and which one is in force? */
@Injectable()
export class PolicyRegister {
  static readonly consumer = 'policy-register';
  constructor(@Inject(READER) private readonly rows: DataSource) {}

  consumer(): Consumer {
    return { name: PolicyRegister.consumer, context: 'regions', source: { store: 'regions' }, tables: tablesOf('policies'), handlers };
  }

  async ofRegion(region: string): Promise<PolicyRow[]> {
    return (
      await this.rows.query<Stored[]>(`select ${COLUMNS} from regions.policy_register where region = $1 order by number desc, policy`, [
        region,
      ])
    ).map(read);
  }

  async find(policy: string): Promise<PolicyRow | undefined> {
    return (await this.rows.query<Stored[]>(`select ${COLUMNS} from regions.policy_register where policy = $1`, [policy])).map(read)[0];
  }

  /** The latest policy of a region that was ever activated. */
  async latest(region: string): Promise<PolicyRow | undefined> {
    return (await this.ofRegion(region)).find(({ status }) => status === 'InForce' || status === 'Superseded');
  }

  /** Policies of a region in force besides the latest: overtaken, and not yet recorded as such. */
  async overtaken(region: string): Promise<PolicyRow[]> {
    return (await this.ofRegion(region)).filter(({ status }) => status === 'InForce').slice(1);
  }
}

const turn =
  (status: PolicyRow['status']) =>
  async ({ stream, revision, meta }: RecordedEvent, tx: EntityManager): Promise<void> => {
    await tx.query(
      `update regions.policy_register set status = $2, decided_at = coalesce(decided_at, $4), revision = $3 where policy = $1 and revision < $3`,
      [...[stream, status, revision, meta.at]],
    );
  };
const handlers: AllHandlers<PolicyEvent> = {
  PolicyProposed: async ({ stream, revision, data, meta }, tx) => {
    await tx.query(
      `insert into regions.policy_register (policy, region, number, hash, status, proposer, document, lines, signatures, proposed_at, revision)
       values ($1, $2, $3, $4, 'Proposed', $5, $6, $7, '[]', $8, $9) on conflict do nothing`,
      [
        stream,
        data.region,
        data.number,
        data.hash,
        data.proposer,
        JSON.stringify(data.document),
        JSON.stringify(data.lines),
        meta.at,
        revision,
      ],
    );
  },
  PolicyActivated: async (event, tx) => {
    await tx.query(`update regions.policy_register set signatures = $2 where policy = $1`, [
      event.stream,
      JSON.stringify(event.data.signatures),
    ]);
    await turn('InForce')(event, tx);
  },
  PolicyRefused: turn('Refused'),
  PolicySuperseded: turn('Superseded'),
};
