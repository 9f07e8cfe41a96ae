import { AssignerProtocol, type Cluster } from 'kafkajs';
import { everybodysHeartbeats } from './everybodys-heartbeats';

const cluster = {
  findTopicPartitionMetadata: (topic: string) =>
    Array.from({ length: topic.includes('events') ? 4 : 1 }, (_, partitionId) => ({ partitionId })),
} as unknown as Cluster;

async function assigned(members: readonly string[]): Promise<Record<string, Record<string, number[]>>> {
  const assigner = everybodysHeartbeats({ cluster, groupId: 'g', logger: undefined as never });
  const topics = ['cases.events.v1', 'cases.heartbeats.v1', 'alerts.events.v1', 'alerts.heartbeats.v1'];
  const parts = await assigner.assign({ members: members.map((memberId) => ({ memberId, memberMetadata: Buffer.alloc(0) })), topics });
  return Object.fromEntries(
    parts.map(({ memberId, memberAssignment }) => [memberId, AssignerProtocol.MemberAssignment.decode(memberAssignment)?.assignment ?? {}]),
  );
}

describe('the partitions of a group', () => {
  it.each([1, 2, 3, 5])('go round among %i members, each to one, and as evenly as they can', async (count) => {
    const parts = Object.values(await assigned(Array.from({ length: count }, (_, n) => `m${n}`)));
    const taken = parts.flatMap((part) =>
      Object.entries(part)
        .filter(([topic]) => topic.includes('events'))
        .flatMap(([topic, partitions]) => partitions.map((partition) => `${topic} ${partition}`)),
    );
    expect(taken.sort()).toEqual([...new Set(taken)].sort());
    expect(taken).toHaveLength(8);
    const loads = parts.map((part) => (part['cases.events.v1']?.length ?? 0) + (part['alerts.events.v1']?.length ?? 0));
    expect(Math.max(...loads) - Math.min(...loads)).toBeLessThanOrEqual(1);
  });

  it('with heartbeats go to every member, also to one that has no events', async () => {
    const parts = await assigned(Array.from({ length: 9 }, (_, n) => `m${n}`));
    for (const part of Object.values(parts)) expect(part).toMatchObject({ 'cases.heartbeats.v1': [0], 'alerts.heartbeats.v1': [0] });
  });
});
