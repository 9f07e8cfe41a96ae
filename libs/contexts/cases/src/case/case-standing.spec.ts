import * as fc from 'fast-check';
import { showsAnything, viewsFor, widest } from '@platform/access';
import { FIELD_GROUPS, PHASES, PURPOSES } from '@platform/kernel';
import { NOON, person, streamId } from '@platform/testing';
import { shippedCasePolicy } from '../policy-book';
import { type CaseLabel, type HeldGrant, isLive, standingsIn } from './case-standing';

const policy = shippedCasePolicy();
const [BEFORE, AFTER] = ['2031-03-14T11:59:59.999Z', '2031-03-15T12:00:00.000Z'];
const TEAM = streamId('team', 1);
const label: CaseLabel = {
  caseId: streamId('case', 1),
  region: 'umbria',
  custodian: streamId('organisation', 1),
  team: TEAM,
  phase: 'Emersion',
  sealedGroups: [],
  recused: [],
  responsible: [],
  revision: 3,
};
const grant = (changed: Partial<HeldGrant> = {}): HeldGrant => ({
  stream: streamId('accessGrant', 1),
  revision: 0,
  relation: 'referral-accepted',
  member: streamId('member', 9),
  team: undefined,
  groups: ['ID', 'CON', 'NEED'],
  purpose: 'direct_assistance',
  serviceFamily: 'other',
  expiresAt: AFTER,
  ended: false,
  basis: { stream: streamId('consent', 1), revision: 1, live: true, expiresAt: AFTER },
  ...changed,
});
const outsider = person({ member: streamId('member', 9), organisation: streamId('organisation', 9), region: 'toscana' });

const sees = (who: typeof outsider, grants: readonly HeldGrant[], purpose = 'direct_assistance', of = label): boolean =>
  showsAnything(widest(standingsIn(who, of, grants, purpose, NOON).map(({ question }) => viewsFor(policy, question))));

describe('a person’s standing in a case', () => {
  it('is nothing for somebody who has neither team nor grant', () => {
    expect(standingsIn(outsider, label, [], 'direct_assistance', NOON)).toEqual([]);
  });

  it('is the custodian’s own for its members in the team, and the team’s for others there', () => {
    const home = person({ teams: [TEAM] });
    const other = person({ teams: [TEAM], organisation: streamId('organisation', 2) });
    expect(standingsIn(home, label, [], 'direct_assistance', NOON).map(({ question }) => question.relation)).toEqual(['custodian-team']);
    expect(standingsIn(other, label, [], 'direct_assistance', NOON).map(({ question }) => question.relation)).toEqual(['same-team']);
  });

  it('is not given by belonging to the custodian outside the team', () => {
    expect(standingsIn(person(), label, [], 'direct_assistance', NOON)).toEqual([]);
  });

  it('names the case, the grant and the basis it stands on', () => {
    const [standing] = standingsIn(outsider, label, [grant()], 'direct_assistance', NOON);
    expect(standing?.facts.map(({ stream }) => stream)).toEqual([label.caseId, streamId('accessGrant', 1), streamId('consent', 1)]);
  });

  it('opens the case to the member a live grant names, and to nobody else', () => {
    expect(sees(outsider, [grant()])).toBe(true);
    expect(sees(person({ member: streamId('member', 8), organisation: outsider.organisation, region: 'toscana' }), [grant()])).toBe(false);
  });

  it.each<[string, Partial<HeldGrant>]>([
    ['it was ended', { ended: true }],
    ['its time is up, at that very instant', { expiresAt: NOON }],
    ['its consent was withdrawn', { basis: { stream: 'consent-1', revision: 2, live: false, expiresAt: AFTER } }],
    ['its consent’s time is up', { basis: { stream: 'consent-1', revision: 2, live: true, expiresAt: NOON } }],
  ])('ends with a grant when %s', (_, changed) => {
    expect(isLive(grant(changed), NOON)).toBe(false);
    expect(sees(outsider, [grant(changed)])).toBe(false);
  });

  it('holds until the last millisecond before', () => {
    expect(isLive(grant({ expiresAt: NOON }), BEFORE)).toBe(true);
  });

  it('is worth nothing for another purpose, in a closed case, or for somebody recused', () => {
    expect(sees(outsider, [grant()], 'joint_case')).toBe(false);
    expect(sees(outsider, [grant()], 'direct_assistance', { ...label, phase: 'Closed' })).toBe(false);
    expect(sees(outsider, [grant()], 'direct_assistance', { ...label, recused: [outsider.member] })).toBe(false);
  });

  it('never shows anybody outside the team anything without a live grant, whatever else is true', () => {
    const anyGrant = fc.record({
      relation: fc.constantFrom(
        'referral-stage-1' as const,
        'referral-accepted' as const,
        'interregional-team' as const,
        'break-glass' as const,
      ),
      groups: fc.subarray([...FIELD_GROUPS]),
      purpose: fc.constantFrom(...PURPOSES),
      ended: fc.boolean(),
      expiresAt: fc.constantFrom(BEFORE, NOON, AFTER),
      live: fc.boolean(),
    });
    fc.assert(
      fc.property(
        fc.array(anyGrant, { maxLength: 4 }),
        fc.constantFrom(...PURPOSES),
        fc.constantFrom(...PHASES),
        (given, purpose, phase) => {
          const grants = given.map(({ live, ...rest }) =>
            grant({ ...rest, basis: { stream: streamId('consent', 1), revision: 1, live, expiresAt: undefined } }),
          );
          if (grants.some((one) => isLive(one, NOON) && one.purpose === purpose)) return;
          expect(sees(outsider, grants, purpose, { ...label, phase })).toBe(false);
        },
      ),
      { numRuns: 2000, seed: 20311403 },
    );
  });
});
