import { ORGANISATION_KINDS, type OrganisationKind, type Role, ROLES } from '@platform/kernel';
import { compatible, ROLE_CEILINGS, withinCeiling } from './role-ceilings';

const holders = (role: Role): OrganisationKind[] => ORGANISATION_KINDS.filter((kind) => withinCeiling(kind, role));

describe('the ceiling of roles', () => {
  it('is set for every kind of organisation, without repetition', () => {
    for (const kind of ORGANISATION_KINDS) expect([kind, new Set(ROLE_CEILINGS[kind]).size]).toEqual([kind, ROLE_CEILINGS[kind].length]);
    expect(Object.keys(ROLE_CEILINGS).sort()).toEqual([...ORGANISATION_KINDS].sort());
  });

  it('leaves no role without a kind that may hold it', () => expect(ROLES.filter((role) => holders(role).length === 0)).toEqual([]));

  it('lets inspectors be of inspectorates only', () =>
    expect(holders('inspector')).toEqual(['labour_inspectorate', 'national_inspectorate', 'carabinieri_labour_unit']));

  it('lets union officers be of trade unions only', () => expect(holders('union_officer')).toEqual(['trade_union']));

  it('lets auditors be of regions and ministries only', () => expect(holders('auditor')).toEqual(['region', 'ministry_department']));

  it('gives case managers to bodies that take charge of people only', () =>
    expect(holders('case_manager')).toEqual([
      ...['anti_trafficking_project', 'social_cooperative', 'association', 'local_authority', 'health_authority', 'social_services'],
      ...['msna_facility', 'guardianship_office', 'anti_violence_centre', 'international_organisation', 'church_body', 'foreign_partner'],
    ]));

  it('gives those who command nothing on cases staff roles only, and companies none', () => {
    for (const kind of ['police_force', 'prefettura', 'prosecutor', 'court', 'asylum_commission'] as const)
      expect(ROLE_CEILINGS[kind]).toEqual(['dpo', 'administrator']);
    expect(ROLE_CEILINGS.company).toEqual([]);
  });
});

describe('roles of one person', () => {
  it('never join overseeing with the work overseen', () => {
    const apart = ROLES.flatMap((one) => ROLES.filter((other) => !compatible(one, other)).map((other) => `${one}+${other}`));
    for (const pair of ['auditor+operator', 'operator+auditor', 'dpo+coordinator', 'mentor+case_manager', 'auditor+administrator'])
      expect(apart).toContain(pair);
    for (const pair of ['coordinator+case_manager', 'dpo+administrator', 'operator+administrator']) expect(apart).not.toContain(pair);
  });

  it('are compatible in both directions or in none', () => {
    for (const one of ROLES) for (const other of ROLES) expect(compatible(one, other)).toBe(compatible(other, one));
  });
});
