import * as path from 'node:path';
import { isJob, optionsOf, oursIn } from './compose-file';

const FILE = path.resolve(__dirname, '../../docker-compose.yml');

describe('our part of the compose file', () => {
  const services = oursIn(FILE);

  it('is started in an order in which nobody waits for what comes later', () => {
    const names = [...services.keys()];
    expect(names.length).toBeGreaterThan(10);
    for (const [name, { depends_on: awaited = {} }] of services)
      for (const other of Object.keys(awaited).filter((one) => services.has(one)))
        expect([name, other, names.indexOf(other) < names.indexOf(name)]).toEqual([name, other, true]);
    expect([...services].filter(([, service]) => isJob(service)).map(([name]) => name)).toEqual(
      expect.arrayContaining(['keys', 'prepare', 'prepare-vault', 'topics']),
    );
  });

  it('becomes a container with the same user, locks, volumes, settings and health check', () => {
    const service = {
      ...{ user: '10001:10001', read_only: true, tmpfs: ['/tmp'], cap_drop: ['ALL'], security_opt: ['no-new-privileges:true'] },
      ...{ volumes: ['data-cases:/data'], stop_grace_period: '20s' },
      healthcheck: { test: ['CMD', 'node', '-e', "it('is fine')"], interval: '5s', timeout: '3s', retries: 20, start_period: '60s' },
    };
    expect(optionsOf(service, { LOG_LEVEL: 'info' }, (name) => `run-${name}`)).toEqual([
      ...['--user', '10001:10001', '--read-only', '--tmpfs', '/tmp', '--cap-drop', 'ALL', '--security-opt', 'no-new-privileges:true'],
      ...['--volume', 'run-data-cases:/data', '--env', 'LOG_LEVEL=info', '--stop-timeout', '20'],
      ...['--health-cmd', String.raw`'node' '-e' 'it('\''is fine'\'')'`, '--health-interval', '5s', '--health-timeout', '3s'],
      ...['--health-retries', '20', '--health-start-period', '60s'],
    ]);
  });
});
