import * as contracts from '@contracts';
import { readConfig } from '@platform/config';
import { createTopics, kafkaOptions, type SkipReason, type TopicOutcome, topicPlan } from '@platform/messaging';
import { skipOnRecord } from '@platform/runtime';
import { EXIT, type Output, usage, type Words } from './output';

export interface TopicsAsked {
  readonly partitions: number;
  readonly copies: number;
}

export interface SkipAsked {
  readonly reason: SkipReason;
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

/** Lets consumers pass over a record that is no event of ours and stops its partition. On record; a readable one is refused with 1. */
export async function skipRecordCommand(
  [topic = '', partition = '', offset = '']: readonly string[],
  { reason }: SkipAsked,
  output: Output,
): Promise<number> {
  const config = readConfig();
  if (kafkaOptions(config).brokers.length === 0) throw usage('Manca KAFKA_BROKERS.', 'KAFKA_BROKERS is missing.');
  if (config.DATABASE_URL === undefined)
    throw usage('Manca DATABASE_URL: dove la decisione resta agli atti.', 'DATABASE_URL is missing: where the decision stays on record.');
  if (!/^\d{1,9}$/.test(partition) || !/^\d{1,18}$/.test(offset))
    throw usage('Partizione e posizione sono numeri interi.', 'Partition and offset are whole numbers.');
  const found = await skipOnRecord(config, { topic, partition: Number(partition), offset }, reason);
  output.say(
    { ok: true, ...found, reason },
    {
      it: `Agli atti: ${topic}, partizione ${partition}, posizione ${offset} si salta (sha256 ${found.sha256}). I lettori proseguono da soli.`,
      en: `On record: ${topic}, partition ${partition}, offset ${offset} is passed over (sha256 ${found.sha256}). Consumers go on by themselves.`,
    },
  );
  return EXIT.ok;
}
