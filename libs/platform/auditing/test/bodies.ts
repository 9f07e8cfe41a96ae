import type { AuditBody } from '../src/recorder';

const START = Date.parse('2031-03-14T12:00:00.000Z');
/** The instant `seconds` after the specs' beginning. */
export const after = (seconds: number): string => new Date(START + seconds * 1000).toISOString();

export const handleNo = (n: number): string => `umbria.${n.toString(2).padStart(26, '0').replaceAll('0', 'a').replaceAll('1', 'b')}`;

/** A permitted reading of one case, unless said otherwise. */
export const aBody = (changed: Partial<AuditBody> = {}): AuditBody => ({
  v: 1,
  at: after(0),
  region: 'umbria',
  request: 'request-1',
  actor: handleNo(1),
  organisation: handleNo(2),
  role: 'operator',
  session: 'session-1',
  acr: 2,
  act: 'ReadCase',
  purpose: 'direct_assistance',
  effect: 'permitted',
  reasons: ['R1'],
  policy: 'f00d',
  facts: [{ stream: handleNo(3), revision: 4 }],
  cases: [handleNo(3)],
  groups: ['REF'],
  commitments: [],
  ...changed,
});
