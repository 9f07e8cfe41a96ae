import type { Request } from 'express';
import { DomainError } from '@platform/kernel';

/**
 * Nobody is signed in yet, so no session's token protects these doors: another site's page must not sign its visitor in here as somebody else.
 * @throws DomainError `session.cross-site`
 */
export function demandOwnPage(request: Request, origin: string): void {
  const [from, site] = [request.get('Origin'), request.get('Sec-Fetch-Site')];
  if ((from !== undefined && from !== origin) || (site !== undefined && site !== 'same-origin'))
    throw new DomainError('session.cross-site', 'forbidden', 'The request comes from another site.');
}
