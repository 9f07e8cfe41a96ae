import { createHash } from 'node:crypto';
import { installSigningKey } from '@platform/access';
import { Databases, type SchemaPart } from '@platform/database';
import { eventStoreSchema } from '@platform/event-store';
import { mailSchema } from '@platform/mail';
import { busSchema } from '@platform/messaging';
import { vaultSchema } from '@platform/pseudonymity';
import { signInSchema } from '@platform/sign-in';
import type { Config } from '@platform/config';
import type { Composition } from './application';
import { derivedKey, folders, sharedKeys } from './folders';

export const STORE_ROLE = 'raccordo_store';
/** Owner of a vault that is in a process of its own: the services' owner has no right there. */
export const VAULT_OWNER = 'raccordo_vault_owner';
const DAY = 86_400_000;

const plain = (name: string, roles: readonly string[], sql: string): SchemaPart => ({ schemas: [name], roles, sql });

/**
 * Makes what is missing in the database: roles, schemas, and the key row-level security checks signatures with.
 * @param contexts schemas of the contexts, in the order they are made
 * @param vaultInside the vault's tables belong to this database and this installation's key
 */
export async function prepareDatabase(
  databases: Databases,
  keysFolder: string,
  contexts: readonly SchemaPart[],
  vaultInside: boolean,
): Promise<void> {
  const platform = [
    plain('event_store', [STORE_ROLE], eventStoreSchema),
    plain('bus', [STORE_ROLE], busSchema),
    ...(vaultInside ? [vaultSchema] : []),
    signInSchema,
    mailSchema,
  ];
  await databases.prepare([...platform, ...contexts]);
  const signing = signingKey(keysFolder);
  await databases.asOwner((client) => installSigningKey(client, signing, new Date(Date.now() + 3650 * DAY)));
}

/** A key of its own for row-level security, known to the database by its pads only. */
export function signingKey(keysFolder: string): { kid: string; key: Buffer } {
  const key = derivedKey(keysFolder, 'row security');
  return { kid: createHash('sha256').update(key).digest('hex').slice(0, 16), key };
}

/** For separate services: everything but the vault, with the login that DATABASE_URL names. */
export async function prepareServices(config: Config, { contexts }: Composition): Promise<void> {
  const keys = sharedKeys(config);
  const databases = new Databases({ url: config.DATABASE_URL ?? '' }, derivedKey(keys, 'database'));
  const schemas = contexts.flatMap((context) => context.schema);
  await prepareDatabase(databases, keys, schemas, false).finally(() => databases.close());
}

/** For a vault in a process of its own: never the shared key, since whoever holds that could make this role's password. */
export async function prepareVault(config: Config): Promise<void> {
  const databases = vaultDatabases(config);
  await databases.prepare([vaultSchema]).finally(() => databases.close());
}

export const vaultDatabases = (config: Config): Databases =>
  new Databases({ url: config.DATABASE_URL ?? '' }, derivedKey(folders(config.DATA_DIR).keys, 'database'), VAULT_OWNER);
