import type { SchemaPart } from '@platform/database';
import { accountTables } from './local/account-schema';

/** The role that keeps sessions; no other may read them. */
export const GATEWAY_ROLE = 'raccordo_gateway';

/** Sessions, and accounts where there is no other issuer: who signed in, how strongly and when. Nothing here opens a session: the cookie is kept as its hash only. */
export const signInSchema: SchemaPart = {
  schemas: ['sign_in'],
  roles: [GATEWAY_ROLE],
  sql: `
    create table if not exists sign_in.session (
      id_hash text primary key check (id_hash ~ '^[0-9a-f]{64}$'),
      login text not null check (login ~ '^[0-9a-f]{64}$'),
      acr smallint not null check (acr between 1 and 3),
      csrf text not null,
      created timestamptz not null,
      seen timestamptz not null
    );
    create index if not exists session_created on sign_in.session (created);
    create index if not exists session_seen on sign_in.session (seen);
    grant usage on schema sign_in to ${GATEWAY_ROLE};
    grant select, insert, delete on sign_in.session to ${GATEWAY_ROLE};
    grant update (seen) on sign_in.session to ${GATEWAY_ROLE};
    ${accountTables(GATEWAY_ROLE)}
  `,
};
