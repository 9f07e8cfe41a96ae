import { HASH_LENGTH } from './merkle-tree';
import { fromBase64, NotANote, openNote, type OpenedNote, signNote, type Signer, type Verifier } from './signed-note';

/** What a log says about itself (C2SP tlog-checkpoint): this name, this many entries, this root. */
export interface Checkpoint {
  readonly origin: string;
  readonly size: number;
  readonly root: Buffer;
}

export const checkpointText = ({ origin, size, root }: Checkpoint): string => `${origin}\n${size}\n${root.toString('base64')}\n`;

/** Reads the text of a checkpoint; lines after the third are ignored, as the specification asks. @throws NotANote */
export function parseCheckpoint(text: string): Checkpoint {
  const lines = text.split('\n');
  const [origin = '', size = '', root = ''] = lines;
  if (lines.length < 4 || lines.at(-1) !== '' || lines.slice(0, -1).includes('')) throw new NotANote('not the lines of a checkpoint');
  if (!/^(0|[1-9][0-9]{0,15})$/.test(size) || !Number.isSafeInteger(Number(size))) throw new NotANote('not the size of a log');
  const hash = fromBase64(root);
  if (hash.length !== HASH_LENGTH) throw new NotANote('not a root hash');
  return { origin, size: Number(size), root: hash };
}

/** The log's key must have the log's name. */
export const signCheckpoint = (checkpoint: Checkpoint, log: Signer): string => {
  if (log.name !== checkpoint.origin) throw new NotANote('the key belongs to another log');
  return signNote(checkpointText(checkpoint), log);
};

/** @throws NotANote unless the log itself signed it */
export function openCheckpoint(note: string, log: Verifier): Checkpoint & Pick<OpenedNote, 'unknown'> {
  const { text, unknown } = openNote(note, [log]);
  const checkpoint = parseCheckpoint(text);
  if (checkpoint.origin !== log.name) throw new NotANote('the checkpoint is of another log');
  return { ...checkpoint, unknown };
}
