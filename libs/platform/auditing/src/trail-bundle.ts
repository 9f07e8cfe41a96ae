import type { INVENTED } from '@platform/kernel';
import { canonicalJson } from '@platform/tlog';

export const BUNDLE_FORMAT = 'raccordo-audit-bundle/1';

/**
 * First line of a bundle; each line after it is the canonical JSON of one entry, in order, up to the checkpoint's size.
 * Everything a verifier needs stands in one text file; nothing it says about itself is believed.
 */
export interface BundleHeader {
  readonly format: typeof BUNDLE_FORMAT;
  readonly log: string;
  /** When it was exported, ISO 8601: information only. */
  readonly exported: string;
  /** Signed note of the log's checkpoint. */
  readonly checkpoint: string;
  /** Public key of the log, as the log's operator publishes it. */
  readonly vkey: string;
  /** Stands where everything in the log was invented. */
  readonly invented?: typeof INVENTED;
}

export const bundleHeaderLine = (header: BundleHeader): string => `${canonicalJson(header)}\n`;
