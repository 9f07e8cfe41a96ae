import { hkdfSync } from 'node:crypto';
import * as path from 'node:path';
import type { Config } from '@platform/config';
import { keyFile } from '@platform/http';

/** The order in which a data folder is laid out; `backup` follows it. */
export const folders = (dataDir: string): { pg: string; keys: string; regionKeys: string; spool: string } => ({
  pg: path.join(dataDir, 'pg'),
  keys: path.join(dataDir, 'keys'),
  regionKeys: path.join(dataDir, 'keys', 'regions'),
  spool: path.join(dataDir, 'spool'),
});

/** Where the keys are that separate services share; one process keeps all its keys in one place. */
export const sharedKeys = ({ KEYS_DIR, DATA_DIR }: Config): string => KEYS_DIR ?? folders(DATA_DIR).keys;

/** One key of the installation, from which the keys of its parts are derived. */
export const derivedKey = (keysFolder: string, use: string): Buffer =>
  Buffer.from(hkdfSync('sha256', keyFile(keysFolder, 'installation.key'), Buffer.alloc(0), `raccordo ${use}`, 32));
