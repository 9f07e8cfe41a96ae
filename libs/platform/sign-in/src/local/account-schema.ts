/**
 * Accounts of an installation that is its own issuer. No name stands here: a login name is kept as a keyed digest, a password as its scrypt,
 * the secret of one-time codes sealed, an invitation as its hash. Whoever reads these tables can sign in as nobody.
 */
export const accountTables = (role: string): string => `
  create table if not exists sign_in.account (
    subject text primary key check (subject ~ '^[a-z]+-[0-9a-f-]{36}$'),
    login text not null unique check (login ~ '^[0-9a-f]{64}$'),
    name_key text not null unique check (name_key ~ '^[0-9a-f]{64}$'),
    password text,
    code_secret text,
    code_step bigint not null default 0,
    created timestamptz not null,
    check ((password is null) = (code_secret is null))
  );
  create table if not exists sign_in.passkey (
    id text primary key,
    subject text not null references sign_in.account on delete cascade,
    public_key bytea not null,
    counter bigint not null,
    device_bound boolean not null,
    created timestamptz not null
  );
  create index if not exists passkey_subject on sign_in.passkey (subject);
  create table if not exists sign_in.invitation (
    subject text primary key check (subject ~ '^[a-z]+-[0-9a-f-]{36}$'),
    token_hash text not null unique check (token_hash ~ '^[0-9a-f]{64}$'),
    expires timestamptz not null
  );
  create table if not exists sign_in.attempt (
    key text primary key check (key ~ '^[0-9a-f]{64}$'),
    failures integer not null,
    last timestamptz not null
  );
  create table if not exists sign_in.spent_challenge (
    hash text primary key check (hash ~ '^[0-9a-f]{64}$'),
    until timestamptz not null
  );
  grant select, insert, delete on sign_in.account, sign_in.passkey, sign_in.invitation, sign_in.attempt, sign_in.spent_challenge to ${role};
  grant update (password, code_secret, code_step) on sign_in.account to ${role};
  grant update (counter) on sign_in.passkey to ${role};
  grant update (token_hash, expires) on sign_in.invitation to ${role};
  grant update (failures, last) on sign_in.attempt to ${role};
`;
