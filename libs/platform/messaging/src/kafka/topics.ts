import { type Admin, ConfigResourceTypes } from 'kafkajs';
import { heartbeatTopicOf } from './heartbeats';
import { asError, clientOf, isSettling, type KafkaOptions } from './kafka-options';

/** Milliseconds in which brokers hear of a new topic. */
const PATIENCE = 30_000;

export interface TopicPlan {
  readonly topic: string;
  readonly partitions: number;
  readonly copies: number;
  readonly settings: Readonly<Record<string, string>>;
}

export interface PlanOptions {
  /** Partitions of each topic of events: for ever, see `KafkaBus`. As many as processes may ever share one consumer's work. */
  readonly partitions: number;
  /** Brokers that hold each record. With three, two of them acknowledge each write and one may be lost. */
  readonly copies: number;
}

/**
 * The topics of events and, beside each, that of its heartbeats. Events are kept for ever and never compacted: the key is the stream, and a
 * new consumer or a rebuild reads all of them. Of heartbeats only the last counts, so those are compacted, in small segments.
 */
export function topicPlan(topics: readonly string[], { partitions, copies }: PlanOptions): TopicPlan[] {
  const safe = { 'min.insync.replicas': String(Math.max(1, copies - 1)), 'unclean.leader.election.enable': 'false' };
  const kept = { 'cleanup.policy': 'delete', 'retention.ms': '-1', 'retention.bytes': '-1' };
  const last = { 'cleanup.policy': 'compact', 'segment.ms': '60000', 'min.cleanable.dirty.ratio': '0.1', 'delete.retention.ms': '60000' };
  return topics.flatMap((topic) => [
    { topic, partitions, copies, settings: { ...safe, ...kept } },
    { topic: heartbeatTopicOf(topic), partitions: 1, copies, settings: { ...safe, ...last } },
  ]);
}

export type TopicOutcome = 'created' | 'settings changed' | 'as planned' | 'other partitions';

/**
 * Creates what is missing and sets the settings of what exists. The partitions of a topic that exists are never changed: `other partitions`
 * says that it differs from the plan.
 */
export async function createTopics(options: KafkaOptions, plan: readonly TopicPlan[]): Promise<ReadonlyMap<string, TopicOutcome>> {
  const admin = clientOf(options).admin();
  await admin.connect();
  try {
    const existing = new Set(await admin.listTopics());
    const missing = plan.filter(({ topic }) => !existing.has(topic));
    if (missing.length > 0)
      await admin.createTopics({
        waitForLeaders: false, // kafkajs gives up while a broker has not heard of them: see `usable`
        topics: missing.map(({ topic, partitions, copies, settings }) => ({
          ...{ topic, numPartitions: partitions, replicationFactor: copies },
          configEntries: Object.entries(settings).map(([name, value]) => ({ name, value })),
        })),
      });
    await usable(admin, missing);
    const outcomes = new Map<string, TopicOutcome>();
    for (const each of plan) {
      if (!existing.has(each.topic)) outcomes.set(each.topic, 'created');
      else outcomes.set(each.topic, await adjust(admin, each));
    }
    return outcomes;
  } catch (error) {
    throw asError(error);
  } finally {
    await admin.disconnect();
  }
}

/** A topic is made by the controller; the brokers hear of it a moment later. */
async function usable(admin: Admin, plan: readonly TopicPlan[]): Promise<void> {
  const since = performance.now();
  for (const { topic, partitions } of plan)
    while (!(await led(admin, topic, partitions))) {
      if (performance.now() - since > PATIENCE) throw new Error(`${topic} was made, but no broker leads all of its partitions`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
}

async function led(admin: Admin, topic: string, partitions: number): Promise<boolean> {
  try {
    const { topics } = await admin.fetchTopicMetadata({ topics: [topic] });
    const leaders = topics[0]?.partitions.filter(({ leader }) => leader >= 0) ?? [];
    // Named a leader, a broker may still have to begin: it leads once it can say where the topic ends.
    return leaders.length === partitions && (await admin.fetchTopicOffsets(topic)).length === partitions;
  } catch (error) {
    if (isSettling(error)) return false;
    throw error;
  }
}

async function adjust(admin: Admin, { topic, partitions, settings }: TopicPlan): Promise<TopicOutcome> {
  const { topics } = await admin.fetchTopicMetadata({ topics: [topic] });
  if (topics[0]?.partitions.length !== partitions) return 'other partitions';
  const resource = { type: ConfigResourceTypes.TOPIC, name: topic };
  const { resources } = await admin.describeConfigs({ includeSynonyms: false, resources: [resource] });
  const known = new Map(resources[0]?.configEntries.map(({ configName, configValue }) => [configName, configValue]));
  if (Object.entries(settings).every(([name, value]) => known.get(name) === value)) return 'as planned';
  // What somebody has set beside the plan stays: the old request that kafkajs speaks replaces all settings of a topic.
  const own = (resources[0]?.configEntries ?? []).filter(({ isDefault, configSource }) => !isDefault && Number(configSource) === 1);
  const all = { ...Object.fromEntries(own.map(({ configName, configValue }) => [configName, configValue])), ...settings };
  const configEntries = Object.entries(all).map(([name, value]) => ({ name, value }));
  await admin.alterConfigs({ validateOnly: false, resources: [{ ...resource, configEntries }] });
  return 'settings changed';
}
