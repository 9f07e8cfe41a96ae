import { serviceFor } from './routing';

const routes = { regions: ['/api/teams'], cases: ['/api/cases', '/api/teams/*/cases'] };

describe('the way to a service', () => {
  it.each([
    ['/api/teams', 'regions'],
    ['/api/teams/t1', 'regions'],
    ['/api/teams/t1/members/m1', 'regions'],
    ['/api/teams/t1/cases', 'cases'],
    ['/api/teams/t1/cases/c1', 'cases'],
    ['/api/cases', 'cases'],
  ])('%s leads to %s', (path, service) => expect(serviceFor(routes, path)).toBe(service));

  it.each(['/', '/demo/clock', '/api', '/api/', '/api/casesx', '/api/teams//cases/', '/API/cases', '/internal/clock', '/auth/session'])(
    '%s is not handed on as a case',
    (path) => expect(serviceFor(routes, path)).not.toBe('cases'),
  );

  it('hands on nothing between services', () => expect(serviceFor(routes, '/internal/spools/harvest')).toBeUndefined());
});
