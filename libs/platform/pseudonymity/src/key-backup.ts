import { randomBytes, scrypt } from 'node:crypto';
import { DomainError, invalid, isRegion, refused } from '@platform/kernel';
import { openBytes, sealBytes } from './sealing';

const MAGIC = Buffer.from('raccordo-region-keys-1\n', 'utf8');
const SALT = 16;
/** scrypt cost 2^17, block size 8: 128 MiB and about half a second per guess. */
const COST = 17;
const MIN_PASSPHRASE = 12;

/** Region keys in one file: magic line, cost, salt, then AES-256-GCM under scrypt of the passphrase, with all that as associated data. */
export async function backupOfKeys(keys: ReadonlyMap<string, Buffer>, passphrase: string): Promise<Buffer> {
  if ([...passphrase].length < MIN_PASSPHRASE)
    throw invalid('key-backup.weak-passphrase', '/passphrase', `The passphrase of a key backup has at least ${MIN_PASSPHRASE} characters.`);
  const head = Buffer.concat([MAGIC, Buffer.of(COST), randomBytes(SALT)]);
  const content = JSON.stringify(Object.fromEntries([...keys].map(([region, key]) => [region, key.toString('base64')])));
  return Buffer.concat([head, sealBytes(await stretched(passphrase, head), head.toString('hex'), Buffer.from(content, 'utf8'))]);
}

/** @param known the key in use for a region, if any: a backup never replaces it. */
export async function keysOfBackup(
  backup: Buffer,
  passphrase: string,
  known: (region: string) => Promise<Buffer | undefined>,
): Promise<Map<string, Buffer>> {
  const head = backup.subarray(0, MAGIC.length + 1 + SALT);
  // A cost we do not write is refused rather than run: a crafted file could else ask for all memory.
  if (!head.subarray(0, MAGIC.length).equals(MAGIC) || head.length !== MAGIC.length + 1 + SALT || head[MAGIC.length] !== COST)
    throw invalid('key-backup.not-a-backup', '', 'This file is no backup of region keys, or of another version.');
  const keys = parsed(opened(await stretched(passphrase, head), head, backup));
  for (const [region, key] of keys) {
    const here = await known(region);
    if (here && !here.equals(key))
      throw refused('key-backup.other-key', `Region ${region} already works with another key: nothing was restored.`);
  }
  return keys;
}

const opened = (key: Buffer, head: Buffer, backup: Buffer): string => {
  try {
    return openBytes(key, head.toString('hex'), backup.subarray(head.length)).toString('utf8');
  } catch {
    throw new DomainError(
      'key-backup.wrong-passphrase',
      'invalid',
      'The passphrase does not open this key backup, or the file is damaged.',
    );
  }
};

const parsed = (content: string): Map<string, Buffer> => {
  const keys = new Map<string, Buffer>();
  for (const [region, text] of Object.entries(JSON.parse(content) as Record<string, string>)) {
    const key = Buffer.from(text, 'base64');
    if (!isRegion(region) || key.length !== 32)
      throw invalid('key-backup.not-a-backup', '', 'This key backup holds something that is no key.');
    keys.set(region, key);
  }
  return keys;
};

/** Normalised (NFKC), so that the same words typed on another keyboard open the file. */
const stretched = (passphrase: string, head: Buffer): Promise<Buffer> =>
  new Promise((resolve, reject) =>
    scrypt(
      passphrase.normalize('NFKC'),
      head.subarray(MAGIC.length + 1),
      32,
      { N: 2 ** COST, r: 8, p: 1, maxmem: 192 * 1024 * 1024 },
      (error, key) => (error ? reject(error) : resolve(key)),
    ),
  );
