import type { Published } from '@contracts';
import { streamId } from '@platform/testing';
import { SpecDirectory } from '../test/spec-directory';
import { comune, coop, minutes, Story, umbria } from '../test/story';
import type { PostgresDirectory } from './index';

describe('the directory of a context', () => {
  let spec: SpecDirectory;
  let directory: PostgresDirectory;
  const play = (messages: readonly Published[]): Promise<void> => spec.play(messages);

  beforeAll(async () => {
    spec = await SpecDirectory.start();
    directory = spec.directory;
  });
  beforeEach(() => spec.empty());
  afterAll(() => spec.stop());

  it('tells which policy a region had in force, now and then', async () => {
    const policy = (n: number, hash: string) => ({
      policy: streamId('policy', n),
      region: umbria,
      number: n,
      hash,
      document: { version: n },
      widens: n > 1,
    });
    const [first, second] = ['11'.repeat(32), '22'.repeat(32)];
    await play(
      new Story()
        .tell('PolicyActivated', streamId('policy', 1), policy(1, first), minutes(0))
        .tell('PolicyActivated', streamId('policy', 2), policy(2, second), minutes(10))
        .tell(
          'PolicySuperseded',
          streamId('policy', 1),
          { policy: streamId('policy', 1), region: umbria, hash: first, by: second },
          minutes(11),
        ).messages,
    );
    expect(await directory.policyInForce(umbria)).toMatchObject({
      hash: second,
      number: 2,
      document: { version: 2 },
      inForceFrom: minutes(10),
    });
    expect(await directory.policyInForce(umbria, minutes(9))).toMatchObject({ hash: first });
    expect(await directory.policyInForce(umbria, minutes(-1))).toBeUndefined();
    expect(await directory.policyInForce('toscana')).toBeUndefined();
    expect(await directory.policyByHash(umbria, first)).toMatchObject({ number: 1 });
  });

  it('tells what an agreement lets a party show another, while it binds', async () => {
    const agreement = streamId('territorialAgreement', 1);
    const terms = {
      parties: [coop, comune].map((organisation) => ({ organisation, region: umbria })),
      scope: ['joint_case'],
      caps: [{ from: coop, to: comune, groups: ['NEED'] }],
    };
    const story = new Story().tell('AgreementActivated', agreement, { agreement, ...terms, expiresAt: minutes(100) });
    await play(story.messages);
    const cap = [{ agreement, groups: ['NEED'], expiresAt: minutes(100) }];
    expect(await directory.capsBetween(coop, comune, 'joint_case')).toEqual(cap);
    expect(await directory.capsBetween(comune, coop, 'joint_case')).toEqual([]);
    expect(await directory.capsBetween(coop, comune, 'emergency')).toEqual([]);
    expect(await directory.capsBetween(coop, comune, 'joint_case', minutes(100))).toEqual([]);
    await play(story.tell('AgreementTerminated', agreement, { agreement, reason: 'breach' }, minutes(50)).messages);
    expect(await directory.capsBetween(coop, comune, 'joint_case')).toEqual([]);
    expect(await directory.capsBetween(coop, comune, 'joint_case', minutes(49))).toEqual(cap);
  });

  it('tells which regions take part', async () => {
    const region = streamId('region', 1);
    const story = new Story().tell('RegionRegistered', region, { region: umbria });
    await play(story.messages);
    expect(await directory.regions()).toEqual([{ region: umbria, active: false }]);
    await play(story.tell('RegionActivated', region, { region: umbria, custodian: coop, controller: comune }).messages);
    expect(await directory.region(umbria)).toEqual({ region: umbria, active: true, custodian: coop, controller: comune });
    await play(story.tell('RegionSuspended', region, { region: umbria, reason: 'own_request' }).messages);
    expect(await directory.region(umbria)).toMatchObject({ active: false });
  });
});
