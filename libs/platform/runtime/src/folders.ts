import * as path from 'node:path';

/** The order in which a data folder is laid out; `backup` follows it. */
export const folders = (dataDir: string): { pg: string; keys: string; regionKeys: string; spool: string } => ({
  pg: path.join(dataDir, 'pg'),
  keys: path.join(dataDir, 'keys'),
  regionKeys: path.join(dataDir, 'keys', 'regions'),
  spool: path.join(dataDir, 'spool'),
});
