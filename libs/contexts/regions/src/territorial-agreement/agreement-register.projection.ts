import { Inject, Injectable } from '@nestjs/common';
import type { AllHandlers, Consumer } from '@platform/consuming';
import { READER } from '@platform/database';
import type { RecordedEvent } from '@platform/kernel';
import type { DataSource, EntityManager } from 'typeorm';
import { tablesOf } from '../regions.schema';
import type { TerritorialAgreement, TerritorialAgreementEvent, Terms } from './territorial-agreement';

export interface AgreementRow {
  readonly agreement: string;
  readonly status: Exclude<TerritorialAgreement['status'], '-'>;
  readonly terms: Terms;
  readonly signed: readonly string[];
  readonly revision: number;
}

const COLUMNS = 'agreement, status, terms, signed, revision';

/** Which agreements bind whom, and which wait for a signature? */
@Injectable()
export class AgreementRegister {
  static readonly consumer = 'agreement-register';
  constructor(@Inject(READER) private readonly rows: DataSource) {}

  consumer(): Consumer {
    return { name: AgreementRegister.consumer, context: 'regions', source: { store: 'regions' }, tables: tablesOf('agreements'), handlers };
  }

  /** Those an organisation is a party of, or all those of a region. */
  of({ organisation, region }: { organisation?: string; region?: string }): Promise<AgreementRow[]> {
    return this.rows.query<AgreementRow[]>(
      `select ${COLUMNS} from regions.agreement_register
       where ($1::text is not null and parties @> array[$1]) or ($2::text is not null and $2 = any (regions)) order by expires_at desc, agreement`,
      [organisation ?? null, region ?? null],
    );
  }

  async find(agreement: string): Promise<AgreementRow | undefined> {
    const rows = await this.rows.query<AgreementRow[]>(`select ${COLUMNS} from regions.agreement_register where agreement = $1`, [
      agreement,
    ]);
    return rows[0];
  }

  /** Active agreements whose end has come, with the region whose log they are in: for the timer. */
  due(at: string): Promise<{ agreement: string; region: string }[]> {
    return this.rows.query<{ agreement: string; region: string }[]>(
      `select agreement, terms->'parties'->0->>'region' as region from regions.agreement_register
       where status = 'Active' and expires_at <= $1 order by agreement limit 200`,
      [at],
    );
  }
}

const turn =
  (status: AgreementRow['status']) =>
  async ({ stream, revision }: RecordedEvent, tx: EntityManager): Promise<void> => {
    await tx.query(`update regions.agreement_register set status = $2, revision = $3 where agreement = $1 and revision < $3`, [
      stream,
      status,
      revision,
    ]);
  };
const handlers: AllHandlers<TerritorialAgreementEvent> = {
  AgreementDrafted: async ({ stream, revision, data }, tx) => {
    const [parties, regions] = [
      data.parties.map(({ organisation }) => organisation),
      [...new Set(data.parties.map(({ region }) => region))],
    ];
    await tx.query(
      `insert into regions.agreement_register (agreement, status, parties, regions, terms, signed, expires_at, revision)
       values ($1, 'Drafted', $2, $3, $4, '{}', $5, $6) on conflict do nothing`,
      [stream, parties, regions, JSON.stringify(data), data.expiresAt, revision],
    );
  },
  AgreementNegotiationOpened: turn('Negotiating'),
  AgreementSigned: async (event, tx) => {
    await tx.query(`update regions.agreement_register set signed = array_append(array_remove(signed, $2), $2) where agreement = $1`, [
      ...[event.stream, event.data.organisation],
    ]);
    await turn('Negotiating')(event, tx);
  },
  AgreementActivated: turn('Active'),
  AgreementExpired: turn('Expired'),
  AgreementTerminated: turn('Terminated'),
};
