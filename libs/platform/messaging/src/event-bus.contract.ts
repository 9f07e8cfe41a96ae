import { randomUUID } from 'node:crypto';
import { Inbox, revisions, run, until } from '../test/inboxes';
import type { EventBus } from './event-bus';
import { sharedGroupsContract } from './shared-groups.contract';

/** What an adapter's spec provides: a way to open a bus, and to open it again as the next process would. */
export interface BusSubject {
  readonly open: () => Promise<EventBus>;
  /** Makes topics, where using one does not make it. */
  readonly create?: (topics: readonly string[]) => Promise<void>;
  readonly close: () => Promise<void>;
  /** Milliseconds longer than a member of a group may be silent. */
  readonly patience?: number;
}

/** What every bus adapter does. */
export function eventBusContract(name: string, start: () => Promise<BusSubject>): void {
  describe(name, () => {
    let subject: BusSubject;
    let bus: EventBus;
    beforeAll(async () => {
      subject = await start();
      bus = await subject.open();
    });
    afterAll(async () => {
      await bus.close();
      await subject.close();
    });
    const newTopic = async (): Promise<string> => {
      const topic = `t${randomUUID().slice(0, 8)}.events.v1`;
      await subject.create?.([topic]);
      return topic;
    };

    it('lets a group be rewound that has never read anything', async () => {
      const [topic, inbox] = [await newTopic(), new Inbox()];
      await bus.rewind('never', [topic]);
      await bus.publish(topic, run('a-1', 0, 1));
      const end = await bus.subscribe('never', [topic], inbox.handle);
      await until(() => inbox.messages.length >= 1);
      await end();
      expect(revisions(inbox.messages, 'a-1')).toEqual([0]);
    });

    it('delivers what was published whole and in order per subject', async () => {
      const [topic, inbox] = [await newTopic(), new Inbox()];
      const end = await bus.subscribe('g1', [topic], inbox.handle);
      const sent = [run('a-1', 0, 3), run('b-1', 0, 2), run('a-1', 3, 1)];
      for (const messages of sent) await bus.publish(topic, messages);
      await until(() => inbox.messages.length >= 6);
      await end();
      expect(inbox.messages).toEqual(expect.arrayContaining(sent.flat()));
      expect(revisions(inbox.messages, 'a-1')).toEqual([0, 1, 2, 3]);
      expect(revisions(inbox.messages, 'b-1')).toEqual([0, 1]);
    });

    it('lets a new group read from the beginning, whatever others have read', async () => {
      const [topic, early, late] = [await newTopic(), new Inbox(), new Inbox()];
      const ends = [await bus.subscribe('early', [topic], early.handle)];
      await bus.publish(topic, run('a-1', 0, 4));
      await until(() => early.messages.length >= 4);
      ends.push(await bus.subscribe('late', [topic], late.handle));
      await until(() => late.messages.length >= 4);
      for (const end of ends) await end();
      expect(revisions(late.messages, 'a-1')).toEqual([0, 1, 2, 3]);
    });

    it('brings the same delivery again until the handler takes it, and nothing else before', async () => {
      const [topic, seen] = [await newTopic(), [] as number[]];
      let refusals = 3;
      const end = await bus.subscribe('g1', [topic], (_, { messages }) => {
        seen.push(...revisions(messages, 'a-1'));
        return messages.length > 0 && refusals-- > 0 ? Promise.reject(new Error('not now')) : Promise.resolve();
      });
      await bus.publish(topic, run('a-1', 0, 1));
      await until(() => refusals < 0);
      await bus.publish(topic, run('a-1', 1, 1));
      await until(() => seen.includes(1));
      await end();
      expect(seen).toEqual([0, 0, 0, 0, 1]);
    });

    it('does not let a group that refuses hold up another', async () => {
      const [topic, inbox] = [await newTopic(), new Inbox()];
      const ends = [
        await bus.subscribe('stuck', [topic], () => Promise.reject(new Error('never'))),
        await bus.subscribe('fine', [topic], inbox.handle),
      ];
      await bus.publish(topic, run('a-1', 0, 2));
      await until(() => inbox.messages.length >= 2);
      for (const end of ends) await end();
    });

    it('goes on in the next process where the group stopped, and loses nothing that was published meanwhile', async () => {
      const [topic, first, second] = [await newTopic(), new Inbox(), new Inbox()];
      const process1 = await subject.open();
      await process1.subscribe('g1', [topic], first.handle);
      await process1.publish(topic, run('a-1', 0, 3));
      await until(() => first.messages.length >= 3);
      await process1.close();
      await bus.publish(topic, run('a-1', 3, 2));
      const process2 = await subject.open();
      await process2.subscribe('g1', [topic], second.handle);
      await until(() => revisions(second.messages, 'a-1').includes(4));
      await process2.close();
      expect(revisions(second.messages, 'a-1').slice(-2)).toEqual([3, 4]);
    });

    it('tells a heartbeat only after everything that was published before it', async () => {
      const [topic, inbox] = [await newTopic(), new Inbox()];
      let told: string | undefined;
      const end = await bus.subscribe('g1', [topic], async (name, delivery) => {
        await new Promise((resolve) => setImmediate(resolve));
        await inbox.handle(name, delivery);
        if (delivery.heartbeat) {
          told = delivery.heartbeat;
          expect(inbox.messages.length).toBeGreaterThanOrEqual(Number(told.slice(-2, -1)));
        }
      });
      for (let n = 1; n < 10; n++) {
        await bus.publish(topic, run('a-1', n - 1, 1));
        await bus.heartbeat(topic, `2026-03-01T09:00:00.00${n}Z`);
      }
      await until(() => told === '2026-03-01T09:00:00.009Z');
      await end();
      expect(inbox.heartbeats).toEqual([...inbox.heartbeats].sort());
    });

    it('tells a heartbeat to a group that comes late only once it has caught up', async () => {
      const [topic, inbox] = [await newTopic(), new Inbox()];
      for (let n = 0; n < 10; n++) await bus.publish(topic, run('a-1', n, 1));
      await bus.heartbeat(topic, '2026-03-01T09:00:00.000Z');
      const end = await bus.subscribe('g1', [topic], inbox.handle);
      await until(() => inbox.heartbeats.length > 0);
      await end();
      const first = inbox.deliveries.findIndex(({ heartbeat }) => heartbeat !== undefined);
      expect(inbox.deliveries.slice(0, first + 1).flatMap(({ messages }) => [...messages])).toHaveLength(10);
    });

    it('tells a heartbeat of a topic on which nothing was ever published', async () => {
      const [topic, inbox] = [await newTopic(), new Inbox()];
      await bus.heartbeat(topic, '2026-03-01T09:00:00.000Z');
      const end = await bus.subscribe('g1', [topic], inbox.handle);
      await until(() => inbox.heartbeats.length > 0);
      await end();
      expect(inbox.messages).toEqual([]);
    });

    it('serves one group several topics', async () => {
      const topics = [await newTopic(), await newTopic()];
      const seen: string[] = [];
      const end = await bus.subscribe('g1', topics, (topic, { messages }) => {
        seen.push(...messages.map(({ subject }) => `${topics.indexOf(topic)} ${subject}`));
        return Promise.resolve();
      });
      await bus.publish(topics[0] ?? '', run('a-1', 0, 1));
      await bus.publish(topics[1] ?? '', run('b-1', 0, 1));
      await until(() => seen.length >= 2);
      await end();
      expect(seen.sort()).toEqual(['0 a-1', '1 b-1']);
    });

    it('counts what a group has still to take', async () => {
      const topics = [await newTopic(), await newTopic()];
      const [one = '', two = ''] = topics;
      const seen: number[] = [];
      await bus.publish(one, run('a-1', 0, 4));
      await bus.publish(two, [...run('b-1', 0, 1), ...run('c-1', 0, 1)]);
      expect(await bus.lag('counted', topics)).toBe(6);
      const end = await bus.subscribe('counted', topics, (_, { messages }) => {
        if (messages.some(({ subject, revision }) => subject === 'a-1' && revision >= 4)) return Promise.reject(new Error('not yet'));
        seen.push(...messages.map(({ revision }) => revision));
        return Promise.resolve();
      });
      await until(() => seen.length >= 6);
      await bus.publish(one, run('a-1', 4, 2));
      await until(async () => (await bus.lag('counted', topics)) === 2);
      await end();
      expect(await bus.lag('counted', [one])).toBe(2);
      expect(await bus.lag('counted', [two])).toBe(0);
    });

    it('starts a rewound group again from the beginning', async () => {
      const [topic, first, second] = [await newTopic(), new Inbox(), new Inbox()];
      const end = await bus.subscribe('g1', [topic], first.handle);
      await bus.publish(topic, run('a-1', 0, 3));
      await until(() => first.messages.length >= 3);
      await end();
      await bus.rewind('g1', [topic]);
      const endAgain = await bus.subscribe('g1', [topic], second.handle);
      await until(() => second.messages.length >= 3);
      await endAgain();
      expect(revisions(second.messages, 'a-1')).toEqual([0, 1, 2]);
    });

    it('delivers nothing after a subscription has ended, and ends only after the running delivery', async () => {
      const topic = await newTopic();
      let state = 'waiting';
      const end = await bus.subscribe('g1', [topic], async () => {
        state = 'handling';
        await new Promise((resolve) => setTimeout(resolve, 30));
        state = 'handled';
      });
      await bus.publish(topic, run('a-1', 0, 1));
      await until(() => state === 'handling');
      await end();
      expect(state).toBe('handled');
      state = 'ended';
      await bus.publish(topic, run('a-1', 1, 1));
      await bus.heartbeat(topic, '2026-03-01T09:00:00.000Z');
      const later = new Inbox();
      const endLater = await bus.subscribe('g2', [topic], later.handle);
      await until(() => later.messages.length >= 2);
      await endLater();
      expect(state).toBe('ended');
    });

    it('keeps the order of each subject and misses nothing while several publish at once', async () => {
      const [topic, inbox] = [await newTopic(), new Inbox()];
      const end = await bus.subscribe('g1', [topic], inbox.handle);
      const subjects = Array.from({ length: 8 }, (_, n) => `s-${n}`);
      await Promise.all(
        subjects.map(async (subject) => {
          for (let n = 0; n < 20; n += 2) await bus.publish(topic, run(subject, n, 2));
        }),
      );
      await until(() => inbox.messages.length >= 160);
      await end();
      for (const subject of subjects) expect(revisions(inbox.messages, subject)).toEqual(Array.from({ length: 20 }, (_, n) => n));
    });

    it('carries large and foreign words, and more at once than fits into one request', async () => {
      const [topic, inbox] = [await newTopic(), new Inbox()];
      const sent = run('a-1', 0, 6).map((message) => ({ ...message, correlation: 'perché – ø', data: { word: 'è'.repeat(150_000) } }));
      const end = await bus.subscribe('g1', [topic], inbox.handle);
      await bus.publish(topic, sent);
      await until(() => inbox.messages.length >= 6);
      await end();
      expect(inbox.messages).toEqual(sent);
    });

    sharedGroupsContract(
      () => subject,
      () => bus,
      newTopic,
    );
  });
}
