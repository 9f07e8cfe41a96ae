import { Inject, Injectable } from '@nestjs/common';
import { casesContract, type PublishedOf, referralsContract } from '@contracts';
import { type BusConsumer, ConsumerRunner } from '@platform/consuming';
import { READER } from '@platform/database';
import { DomainError } from '@platform/kernel';
import type { DataSource, EntityManager } from 'typeorm';
import { tablesOf } from './regions.schema';

type Cases = (typeof casesContract)['events'];
type Referrals = (typeof referralsContract)['events'];
type OfCases<K extends keyof Cases> = PublishedOf<typeof casesContract, K>;
type OfReferrals<K extends keyof Referrals> = PublishedOf<typeof referralsContract, K>;

/** Nobody leaves on facts older than this (milliseconds). */
const TOO_OLD = 2000;

/** Who is in charge of people, and who owes an answer? Fed by what cases and referrals publish. */
@Injectable()
export class OpenWork {
  static readonly custody = 'open-custody';
  static readonly referrals = 'open-referral';

  constructor(
    @Inject(READER) private readonly rows: DataSource,
    private readonly runner: ConsumerRunner,
  ) {}

  consumers(): BusConsumer[] {
    const custody = { name: OpenWork.custody, context: 'regions', source: { topics: [casesContract.topic] }, tables: tablesOf('custody') };
    const referrals = {
      name: OpenWork.referrals,
      context: 'regions',
      source: { topics: [referralsContract.topic] },
      tables: tablesOf('referrals'),
    };
    return [
      { ...custody, handlers: custodyHandlers as unknown as BusConsumer['handlers'] },
      { ...referrals, handlers: referralHandlers as unknown as BusConsumer['handlers'] },
    ];
  }

  /**
   * Open cases an organisation is custodian of.
   * @throws DomainError 503 `organisation.custody-unknown` while what cases published is not known to be recent
   */
  async openCustody(organisation: string): Promise<number> {
    await this.#recent(OpenWork.custody, 'organisation.custody-unknown');
    return this.#count('select count(*)::int as n from regions.open_custody where open and organisation = $1', organisation);
  }

  /**
   * Referrals to a region's organisations that wait for an answer.
   * @throws DomainError 503 `region.referrals-unknown` while what referrals published is not known to be recent
   */
  async openReferrals(region: string): Promise<number> {
    await this.#recent(OpenWork.referrals, 'region.referrals-unknown');
    return this.#count(
      `select count(*)::int as n from regions.open_referral r join regions.organisation_register o on o.organisation = r.organisation
       where r.open and o.region = $1`,
      region,
    );
  }

  async #count(sql: string, value: string): Promise<number> {
    return (await this.rows.query<{ n: number }[]>(sql, [value]))[0]?.n ?? 0;
  }

  async #recent(consumer: string, code: string): Promise<void> {
    if (await this.runner.freshWithin(consumer, TOO_OLD)) return;
    throw new DomainError(code, 'unavailable', 'What other parts of the network know is being brought up to date.', [], 1);
  }
}

const custodyHandlers = {
  CaseOpened: async ({ data, revision }: OfCases<'CaseOpened'>, tx: EntityManager): Promise<void> => {
    await tx.query(
      `insert into regions.open_custody (case_id, organisation, open, revision) values ($1, $2, true, $3) on conflict do nothing`,
      [...[data.case, data.organisation, revision]],
    );
  },
  CaseClosed: (message: OfCases<'CaseClosed'>, tx: EntityManager): Promise<void> => setOpen(message, false, tx),
  CaseReopened: (message: OfCases<'CaseReopened'>, tx: EntityManager): Promise<void> => setOpen(message, true, tx),
};
const setOpen = async ({ data, revision }: OfCases<'CaseReopened'>, open: boolean, tx: EntityManager): Promise<void> => {
  await tx.query(`update regions.open_custody set open = $2, revision = $3 where case_id = $1 and revision < $3`, [
    data.case,
    open,
    revision,
  ]);
};

const answered = async ({ data, revision }: { data: { referral: string }; revision: number }, tx: EntityManager): Promise<void> => {
  await tx.query(`update regions.open_referral set open = false, revision = $2 where referral = $1 and revision < $2`, [
    data.referral,
    revision,
  ]);
};
const referralHandlers = {
  ReferralOffered: async ({ data, revision }: OfReferrals<'ReferralOffered'>, tx: EntityManager): Promise<void> => {
    await tx.query(
      `insert into regions.open_referral (referral, organisation, open, revision) values ($1, $2, true, $3) on conflict do nothing`,
      [...[data.referral, data.organisation, revision]],
    );
  },
  ReferralAccepted: answered,
  ReferralDeclined: answered,
  ReferralRedirected: answered,
  ReferralWithdrawn: answered,
  ReferralExpired: answered,
};
