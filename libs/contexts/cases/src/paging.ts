import { Count, type OpaqueTokens, Text } from '@platform/http';
import { invalid } from '@platform/kernel';

/** A page of a list: how many entries, and where the page before ended. */
export class PageQuery {
  @Count({ min: 1, max: 200, optional: true, query: true }) limit?: number;
  @Text({ max: 2000, optional: true, description: 'Where the page before ended' }) after?: string;
}

/** Where a page begins: after this stream; empty for the first. @throws DomainError 400 for a token that is not of this list */
export function pageStart(tokens: OpaqueTokens, list: string, token: string | undefined): string {
  if (token === undefined) return '';
  const start = tokens.open(list, token)?.toString('utf8');
  if (start === undefined) throw invalid('request.page', '/after', 'This is no page of this service.');
  return start;
}

/** `next` for a page that may have a successor; stream ids never leave unsealed. */
export const nextPage = (tokens: OpaqueTokens, list: string, last: string | undefined): { next?: string } =>
  last === undefined ? {} : { next: tokens.seal(list, Buffer.from(last)) };
