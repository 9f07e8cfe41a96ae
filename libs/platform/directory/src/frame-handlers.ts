import type { EntityManager } from 'typeorm';
import type { DirectoryHandlers } from './directory-consumer';
import { assertContextName } from './names';

type Some<P extends string> = { readonly [K in keyof DirectoryHandlers as K extends P ? K : never]: DirectoryHandlers[K] };
type RegionHandlers = Some<'RegionRegistered' | 'RegionActivated' | 'RegionSuspended' | 'RegionReactivated'>;
type PolicyHandlers = Some<'PolicyActivated' | 'PolicySuperseded'>;
type AgreementHandlers = Some<'AgreementActivated' | 'AgreementExpired' | 'AgreementTerminated'>;

/** Regions that take part, and who answers for them. */
export function regionHandlers(context: string): RegionHandlers {
  const schema = assertContextName(context);
  const turn = async (region: string, revision: number, active: boolean, tx: EntityManager): Promise<void> => {
    await tx.query(`update ${schema}.directory_region set active = $2, revision = $3 where region = $1 and revision < $3`, [
      region,
      active,
      revision,
    ]);
  };
  return {
    RegionRegistered: async ({ data, revision }, tx) => {
      await tx.query(`insert into ${schema}.directory_region (region, active, revision) values ($1, false, $2) on conflict do nothing`, [
        ...[data.region, revision],
      ]);
    },
    RegionActivated: async ({ data, revision }, tx) => {
      await tx.query(`update ${schema}.directory_region set custodian = $2, controller = $3 where region = $1`, [
        ...[data.region, data.custodian, data.controller],
      ]);
      await turn(data.region, revision, true, tx);
    },
    RegionSuspended: ({ data, revision }, tx) => turn(data.region, revision, false, tx),
    RegionReactivated: ({ data, revision }, tx) => turn(data.region, revision, true, tx),
  };
}

/** Every policy a region ever had in force, for decisions now and for replays. */
export function policyHandlers(context: string): PolicyHandlers {
  const schema = assertContextName(context);
  return {
    PolicyActivated: async ({ data, time }, tx) => {
      await tx.query(
        `insert into ${schema}.directory_policy (policy, region, number, hash, document, in_force_from) values ($1, $2, $3, $4, $5, $6)
         on conflict (policy) do nothing`,
        [data.policy, data.region, data.number, data.hash, JSON.stringify(data.document), time],
      );
    },
    PolicySuperseded: async ({ data, time }, tx) => {
      await tx.query(`update ${schema}.directory_policy set superseded_at = $2 where policy = $1`, [data.policy, time]);
    },
  };
}

/** Agreements that bind, their parties and what each may at most show the other. */
export function agreementHandlers(context: string): AgreementHandlers {
  const schema = assertContextName(context);
  const end = async (agreement: string, time: string, tx: EntityManager): Promise<void> => {
    await tx.query(`update ${schema}.directory_agreement set ended_at = coalesce(ended_at, $2) where agreement = $1`, [agreement, time]);
  };
  return {
    AgreementActivated: async ({ data, time }, tx) => {
      await tx.query(
        `insert into ${schema}.directory_agreement (agreement, scope, in_force_from, expires_at) values ($1, $2, $3, $4) on conflict do nothing`,
        [data.agreement, data.scope, time, data.expiresAt],
      );
      for (const { organisation, region } of data.parties) {
        await tx.query(
          `insert into ${schema}.directory_agreement_party (agreement, organisation, region) values ($1, $2, $3) on conflict do nothing`,
          [data.agreement, organisation, region],
        );
      }
      for (const { from, to, groups } of data.caps) {
        await tx.query(
          `insert into ${schema}.directory_agreement_cap (agreement, giver, receiver, groups) values ($1, $2, $3, $4) on conflict do nothing`,
          [data.agreement, from, to, groups],
        );
      }
    },
    AgreementExpired: ({ data, time }, tx) => end(data.agreement, time, tx),
    AgreementTerminated: ({ data, time }, tx) => end(data.agreement, time, tx),
  };
}
