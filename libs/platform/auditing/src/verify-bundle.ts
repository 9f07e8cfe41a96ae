import { type Checkpoint, Frontier, leafHash, NotANote, openCheckpoint, parseVkey, type Verifier } from '@platform/tlog';
import { BUNDLE_FORMAT, type BundleHeader } from './trail-bundle';
import { type EntryFault, TrailChecks } from './trail-checks';

export type BundleFault =
  | EntryFault
  | 'bundle.header'
  | 'bundle.line'
  | 'key.unusable'
  | 'key.mismatch'
  | 'checkpoint.false'
  | 'checkpoint.size'
  | 'checkpoint.root'
  | 'outside.false'
  | 'outside.larger'
  | 'outside.differs';

export interface Finding {
  readonly code: BundleFault;
  /** Entry it is about, where it is about one. */
  readonly index?: number;
}

/** What even a faultless bundle does not prove. */
export type Unproven = 'no-outside-checkpoint' | 'key-from-bundle' | 'after-outside-checkpoint' | 'single-operator';

export interface Verification {
  /** Nothing was found wrong. What that does not prove stands in `unproven`. */
  readonly ok: boolean;
  readonly log: string;
  readonly entries: number;
  /** Hex. */
  readonly root: string;
  readonly producers: number;
  readonly cases: number;
  /** Size of the checkpoint kept outside. */
  readonly outside?: number;
  /** The first 100. */
  readonly findings: readonly Finding[];
  readonly unproven: readonly Unproven[];
}

/** What the verifying person brings along; nothing of it may come from the bundle. */
export interface BroughtAlong {
  /** The log's public key as it was published, printed or handed over. */
  readonly vkey?: string;
  /** A signed checkpoint kept outside: printed, or from the auditor's own file. */
  readonly outsideCheckpoint?: string;
}

const MAX_FINDINGS = 100;

/**
 * Verifies a bundle line by line in constant memory: the root is derived anew from the entries, and every entry is checked against all before it.
 * Reads no clock, no file and no network, and never throws because of what a bundle holds.
 */
export class BundleVerification {
  readonly #findings: Finding[] = [];
  readonly #tree = new Frontier();
  #checks: TrailChecks | undefined;
  #signed: Checkpoint | undefined;
  #outside: Checkpoint | undefined;
  #log = '';
  #lines = 0;

  constructor(private readonly brought: BroughtAlong) {}

  /** The next line, without its newline. */
  line(bytes: Uint8Array): void {
    if (this.#lines++ === 0) this.#header(bytes);
    else this.#entry(bytes);
  }

  finish(): Verification {
    if (this.#lines === 0) this.#find('bundle.header');
    const { size } = this.#tree;
    const root = this.#tree.root();
    if (this.#signed && this.#signed.size !== size) this.#find('checkpoint.size');
    if (this.#signed && this.#signed.size === size && !this.#signed.root.equals(root)) this.#find('checkpoint.root');
    if (this.#outside && this.#outside.size > size) this.#find('outside.larger');
    return {
      ok: this.#findings.length === 0,
      log: this.#log,
      entries: size,
      root: root.toString('hex'),
      producers: this.#checks?.producers ?? 0,
      cases: this.#checks?.cases ?? 0,
      ...(this.#outside ? { outside: this.#outside.size } : {}),
      findings: this.#findings,
      unproven: this.#unproven(size),
    };
  }

  #header(bytes: Uint8Array): void {
    const header = readHeader(bytes);
    if (!header) return this.#find('bundle.header');
    this.#log = header.log;
    this.#checks = new TrailChecks(header.log);
    const key = this.#key(header);
    if (!key) return;
    try {
      this.#signed = openCheckpoint(header.checkpoint, key);
    } catch (error) {
      this.#find(known(error, 'checkpoint.false'));
    }
    if (this.brought.outsideCheckpoint === undefined) return;
    try {
      this.#outside = openCheckpoint(this.brought.outsideCheckpoint, key);
    } catch (error) {
      this.#find(known(error, 'outside.false'));
    }
    this.#compareOutside(); // one of an empty log
  }

  #key(header: BundleHeader): Verifier | undefined {
    try {
      const key = parseVkey(this.brought.vkey?.trim() ?? header.vkey);
      if (key.vkey !== header.vkey || key.name !== header.log) this.#find('key.mismatch');
      return key;
    } catch (error) {
      this.#find(known(error, 'key.unusable'));
      return undefined;
    }
  }

  #entry(bytes: Uint8Array): void {
    const index = this.#tree.size;
    const hash = leafHash(bytes);
    this.#tree.append(hash);
    if (bytes.length === 0) this.#find('bundle.line', index);
    for (const code of this.#checks?.check(index, bytes, hash) ?? []) this.#find(code, index);
    this.#compareOutside();
  }

  /** Whoever kept a checkpoint saw the log when it was this long. */
  #compareOutside(): void {
    if (this.#outside?.size === this.#tree.size && !this.#outside.root.equals(this.#tree.root())) this.#find('outside.differs');
  }

  #unproven(size: number): Unproven[] {
    const unproven: Unproven[] = [];
    if (this.brought.outsideCheckpoint === undefined) unproven.push('no-outside-checkpoint');
    if (this.brought.vkey === undefined) unproven.push('key-from-bundle');
    if (this.#outside && this.#outside.size < size) unproven.push('after-outside-checkpoint');
    // Other regions do not sign checkpoints yet: a signature line of a key nobody can name proves nothing.
    return [...unproven, 'single-operator'];
  }

  #find(code: BundleFault, index?: number): void {
    if (this.#findings.length < MAX_FINDINGS) this.#findings.push(index === undefined ? { code } : { code, index });
  }
}

/** The whole of a bundle at once. @param bundle text, or its lines */
export function verifyBundle(bundle: Uint8Array | Iterable<Uint8Array>, brought: BroughtAlong = {}): Verification {
  const verification = new BundleVerification(brought);
  for (const line of bundle instanceof Uint8Array ? linesOf(bundle) : bundle) verification.line(line);
  return verification.finish();
}

/** Lines of a text that ends with a newline; what follows the last newline counts as a line of its own. */
export function* linesOf(text: Uint8Array): Generator<Uint8Array> {
  let from = 0;
  for (let end = text.indexOf(10); end >= 0; end = text.indexOf(10, from)) {
    yield text.subarray(from, end);
    from = end + 1;
  }
  if (from < text.length) yield text.subarray(from);
}

function readHeader(bytes: Uint8Array): BundleHeader | undefined {
  try {
    const header = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as Partial<Record<keyof BundleHeader, unknown>>;
    const texts = [header.log, header.exported, header.checkpoint, header.vkey];
    return header.format === BUNDLE_FORMAT && texts.every((text) => typeof text === 'string') ? (header as BundleHeader) : undefined;
  } catch {
    return undefined;
  }
}

/** Anything but a note that is false is a mistake of ours and must not look like a finding. */
function known(error: unknown, code: BundleFault): BundleFault {
  if (error instanceof NotANote) return code;
  throw error;
}
