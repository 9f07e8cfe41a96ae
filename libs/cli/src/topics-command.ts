import * as contracts from '@contracts';
import { readConfig } from '@platform/config';
import { createTopics, kafkaOptions, type TopicOutcome, topicPlan } from '@platform/messaging';
import { EXIT, type Output, usage, type Words } from './output';

export interface TopicsAsked {
  readonly partitions: number;
  readonly copies: number;
}

const SAID: Readonly<Record<TopicOutcome, Words>> = {
  created: { it: 'creato', en: 'created' },
  'settings changed': { it: 'impostazioni aggiornate', en: 'settings changed' },
  'as planned': { it: 'già come previsto', en: 'as planned already' },
  'other partitions': {
    it: 'ALTRO NUMERO DI PARTIZIONI: non si cambia mai, l’ordine degli eventi andrebbe perduto',
    en: 'OTHER NUMBER OF PARTITIONS: it is never changed, the order of events would be lost',
  },
};

/** Makes the topics of all contexts on KAFKA_BROKERS, or says that they are there. 1 when one has other partitions than asked for. */
export async function createTopicsCommand({ partitions, copies }: TopicsAsked, output: Output): Promise<number> {
  const options = kafkaOptions(readConfig());
  if (options.brokers.length === 0) throw usage('Manca KAFKA_BROKERS.', 'KAFKA_BROKERS is missing.');
  if (partitions < 1 || copies < 1)
    throw usage('Servono almeno una partizione e una copia.', 'There is at least one partition and one copy.');
  const topics = Object.values<unknown>(contracts)
    .filter(contracts.isContract)
    .map(({ topic }) => topic);
  const outcomes = await createTopics(options, topicPlan(topics.sort(), { partitions, copies }));
  for (const [topic, outcome] of outcomes) {
    const line = (words: string): string => `${outcome === 'other partitions' ? 'FAIL' : 'ok  '} ${topic}: ${words}`;
    output.say({ topic, outcome }, { it: line(SAID[outcome].it), en: line(SAID[outcome].en) });
  }
  return [...outcomes.values()].includes('other partitions') ? EXIT.no : EXIT.ok;
}
