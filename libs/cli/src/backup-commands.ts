import { readFileSync, statSync } from 'node:fs';
import { readConfig } from '@platform/config';
import { backUp, restore, SystemClock } from '@platform/runtime';
import { markInvented } from './instance';
import { EXIT, type Output, usage } from './output';

export interface BackupAsked {
  readonly regionKeys: string;
  readonly passphraseFile: string;
}

export async function backupCommand(folder: string, { regionKeys, passphraseFile }: BackupAsked, output: Output): Promise<number> {
  const passphrase = passphraseOf(passphraseFile);
  const manifest = await backUp(readConfig(), { folder, keysFile: regionKeys, passphrase, at: new SystemClock().now() });
  markInvented(output);
  const size = manifest.files.reduce((sum, file) => sum + file.size, 0);
  output.say(
    { ok: true, folder, regionKeys, at: manifest.at, regions: manifest.regions, files: manifest.files.length, bytes: size },
    {
      it: `Copia in ${folder}: ${manifest.files.length} file, ${megabytes(size)} MB.\nChiavi delle regioni in ${regionKeys}: conservarle altrove, e la frase segreta in un terzo posto.`,
      en: `Backup in ${folder}: ${manifest.files.length} files, ${megabytes(size)} MB.\nRegion keys in ${regionKeys}: keep them elsewhere, and the passphrase in a third place.`,
    },
  );
  return EXIT.ok;
}

export async function restoreCommand(folder: string, { regionKeys, passphraseFile }: BackupAsked, output: Output): Promise<number> {
  const config = readConfig();
  const manifest = await restore(config, { folder, keysFile: regionKeys, passphrase: passphraseOf(passphraseFile) });
  markInvented(output);
  output.say(
    { ok: true, at: manifest.at, regions: manifest.regions, dataDir: config.DATA_DIR },
    {
      it: `Ripristinata la copia del ${manifest.at} in ${config.DATA_DIR}. Ciò che è avvenuto dopo non c’è: confrontare il registro con l’ultimo checkpoint conservato fuori.`,
      en: `Restored the backup of ${manifest.at} into ${config.DATA_DIR}. What happened later is not there: compare the trail with the last checkpoint kept outside.`,
    },
  );
  return EXIT.ok;
}

const megabytes = (bytes: number): string => (bytes / 1_048_576).toFixed(1);

/** In a file and not on the command line, where every process of the machine could read it. */
function passphraseOf(file: string): string {
  try {
    if (process.platform !== 'win32' && (statSync(file).mode & 0o077) !== 0)
      throw usage(`${file} è leggibile da altri: chmod 600.`, `${file} may be read by others: chmod 600.`);
    return readFileSync(file, 'utf8').replace(/\r?\n$/, '');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === undefined) throw error;
    throw usage(`Non si può leggere ${file}.`, `${file} cannot be read.`);
  }
}
