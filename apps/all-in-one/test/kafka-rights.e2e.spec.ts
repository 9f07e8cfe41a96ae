import type { Consumer } from '@platform/consuming';
import { rightsOf } from '../../../tools/deploy/kafka-acls';
import { StoryApp } from './story-app';

const LOOK = 'raccordo.look.';
const both = (topic: string): string[] => [topic, topic.replace('.events.', '.heartbeats.')];
const unique = (all: readonly string[]): string[] => [...new Set(all)].sort();

/** `deploy/kafka/acls.sh` names topics and consumers by hand: a new one that it forgets would be found by the first installation that uses it. */
describe('the access lists for Kafka', () => {
  let app: StoryApp;
  beforeAll(async () => void (app = await StoryApp.start()));
  afterAll(() => app.stop());

  const ofBus = (): { consumer: Consumer; topics: readonly string[] }[] =>
    app.running.foundation.registry.consumers.flatMap((consumer) =>
      'topics' in consumer.source ? [{ consumer, topics: consumer.source.topics }] : [],
    );

  it('let each service read what its consumers read, as their groups and nobody else’s', () => {
    const services = unique(ofBus().map(({ consumer }) => consumer.context));
    expect(services).toEqual(['alerts', 'audit', 'cases', 'referrals', 'regions']);
    const expected = services.flatMap((service) => {
      const mine = ofBus().filter(({ consumer }) => consumer.context === service);
      const groups = [LOOK, ...mine.map(({ consumer }) => consumer.name)];
      return [
        ...mine.flatMap(({ topics }) => topics.flatMap(both)).map((topic) => `${service} may Read on topic ${topic}`),
        ...groups.flatMap((group) => ['Read', 'Delete'].map((what) => `${service} may ${what} on group prefixed ${group}`)),
      ];
    });
    expect(unique(rightsOf().filter((right) => !right.startsWith('relay ')))).toEqual(unique(expected));
  });

  it('let no name of a group open that of another service, though rights go by how names begin', () => {
    const groups = ofBus().map(({ consumer: { name, context } }) => ({ name, context }));
    for (const one of groups)
      for (const other of groups.filter(({ context }) => context !== one.context))
        expect([one.name, other.name, other.name.startsWith(one.name)]).toEqual([one.name, other.name, false]);
  });

  it('let the relay write the events and heartbeats of every context, and nobody else write', () => {
    const topics = [...app.running.foundation.registry.publishers.keys()].flatMap((context) => both(`${context}.events.v1`));
    expect(topics.length).toBeGreaterThan(6);
    const writing = rightsOf().filter((right) => !/ may (Read|Delete) on /.test(right));
    expect(unique(writing)).toEqual(unique(topics.map((topic) => `relay may Write on topic ${topic}`)));
  });
});
