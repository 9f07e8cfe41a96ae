import { AssignerProtocol, type PartitionAssigner } from 'kafkajs';
import { isHeartbeatTopic } from './heartbeats';

const { MemberAssignment, MemberMetadata } = AssignerProtocol;
const NAME = 'raccordo-1';

/** Events' partitions go round among the members of a group; every member gets all heartbeats. */
export const everybodysHeartbeats: PartitionAssigner = ({ cluster }) => ({
  name: NAME,
  version: 1,
  protocol: ({ topics }) => ({ name: NAME, metadata: MemberMetadata.encode({ version: 1, topics, userData: Buffer.alloc(0) }) }),
  assign: ({ members, topics }) => {
    const ids = members.map(({ memberId }) => memberId).sort();
    const parts: Record<string, number[]>[] = ids.map(() => ({}));
    const partitionsOf = (topic: string): number[] => cluster.findTopicPartitionMetadata(topic).map(({ partitionId }) => partitionId);
    let next = 0;
    for (const topic of [...topics].sort())
      for (const partition of partitionsOf(topic).sort((a, b) => a - b)) {
        const takers = isHeartbeatTopic(topic) ? parts : [parts[next++ % parts.length] ?? {}];
        for (const taker of takers) (taker[topic] ??= []).push(partition);
      }
    return Promise.resolve(
      ids.map((memberId, n) => ({
        memberId,
        memberAssignment: MemberAssignment.encode({ version: 1, assignment: parts[n] ?? {}, userData: Buffer.alloc(0) }),
      })),
    );
  },
});
