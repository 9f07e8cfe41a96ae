import { type Actor, type Authority, ORGANISATION_KINDS, ROLES } from '@platform/kernel';
import { judgeReadModels, readModelsPolicy } from './read-models.access';

const ACTS = ['ReadReadModels', 'RebuildReadModel', 'CancelRebuild'] as const;

const by = (kind: Actor['kind'], roles: Actor['roles'], acr: number): Authority => {
  const actor = {
    member: 'member-1',
    organisation: 'organisation-1',
    region: 'umbria',
    teams: [],
    disciplines: [],
    session: 's',
    kind,
    roles,
    acr,
  };
  return { actor, purpose: 'direct_assistance' } as unknown as Authority;
};

describe('the read models of an installation', () => {
  it('are the business of the administrator of a region’s office, signed in by two factors, and of nobody else', () => {
    const permitted = ACTS.flatMap((act) =>
      ORGANISATION_KINDS.flatMap((kind) =>
        ROLES.flatMap((role) =>
          [1, 2, 3].flatMap((acr) =>
            judgeReadModels(act, by(kind, [role], acr)).effect === 'permitted' ? [`${act} ${kind} ${role} ${acr}`] : [],
          ),
        ),
      ),
    );
    expect(permitted).toEqual(ACTS.flatMap((act) => [`${act} region administrator 2`, `${act} region administrator 3`]));
  });

  it('are not there for whoever works elsewhere, with whatever roles, and refused to colleagues of the office', () => {
    for (const act of ACTS) {
      for (const kind of ORGANISATION_KINDS.filter((one) => one !== 'region'))
        expect(judgeReadModels(act, by(kind, ROLES, 3))).toMatchObject({ effect: 'denied', visible: false });
      expect(judgeReadModels(act, by('region', ['dpo', 'auditor', 'coordinator'], 3))).toMatchObject({ effect: 'denied', visible: true });
    }
  });

  it('have no act beside these, and none by the system', () => {
    expect(readModelsPolicy.commands.map(({ command, system }) => [command, system])).toEqual(ACTS.map((act) => [act, false]));
  });
});
