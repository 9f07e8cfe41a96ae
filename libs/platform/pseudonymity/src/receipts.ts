import { createHash } from 'node:crypto';
import type { AuditReceipt } from '@platform/auditing';
import { DomainError } from '@platform/kernel';
import { canonicalJson } from '@platform/tlog';

/** What an audit entry says of a disclosed ref: hex SHA-256 of `reveal|<ref>`. */
export const refCommitment = (ref: string): string => createHash('sha256').update(`reveal|${ref}`, 'utf8').digest('hex');

/**
 * The entry on disk must permit, in this region, exactly these refs: one more or one fewer and nothing is opened.
 * @throws DomainError `vault.receipt-mismatch` (403)
 */
export function assertCovers(receipt: AuditReceipt, region: string, refs: readonly string[]): void {
  const { body, sha256 } = receipt;
  if (body.effect !== 'permitted') throw mismatch('permits nothing');
  if (body.region !== region) throw mismatch('is of another region');
  if (createHash('sha256').update(canonicalJson(body), 'utf8').digest('hex') !== sha256) throw mismatch('does not match its own body');
  const named = new Set(body.commitments);
  const asked = new Set(refs.map(refCommitment));
  if (named.size !== asked.size || [...asked].some((commitment) => !named.has(commitment)))
    throw mismatch('does not name exactly these values');
}

const mismatch = (why: string): DomainError =>
  new DomainError('vault.receipt-mismatch', 'forbidden', `The audit receipt ${why}: nothing was opened.`);
