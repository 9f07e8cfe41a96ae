import { Ledger, revisions, run, until } from '../test/inboxes';
import type { Delivery, EventBus } from './event-bus';
import type { BusSubject } from './event-bus.contract';

/** The part of the bus's contract that is about several processes in one group; `event-bus.contract.ts` calls it. */
export function sharedGroupsContract(subject: () => BusSubject, bus: () => EventBus, newTopic: () => Promise<string>): void {
  it('keeps the place of a group whose handler takes longer than a member may be silent', async () => {
    const [topic, seen] = [await newTopic(), [] as number[]];
    const slow = async (_: string, { messages }: Delivery): Promise<void> => {
      if (messages.length > 0) await new Promise((resolve) => setTimeout(resolve, subject().patience ?? 30));
      seen.push(...revisions(messages, 'a-1'));
    };
    const end = await bus().subscribe('slow', [topic], slow);
    await bus().publish(topic, run('a-1', 0, 2));
    await until(() => seen.length >= 2);
    await bus().publish(topic, run('a-1', 2, 1));
    await until(() => seen.includes(2));
    await end();
    expect(seen).toEqual([0, 1, 2]);
  });

  it('lets the processes of a group share its work, come and go, without leaving anything out', async () => {
    const [topic, ledger] = [await newTopic(), new Ledger()];
    const take = async (_: string, { messages }: Delivery): Promise<void> => {
      await new Promise((resolve) => setImmediate(resolve));
      messages.forEach((message) => ledger.take(message));
    };
    const join = async (): Promise<EventBus> => {
      const member = await subject().open();
      await member.subscribe('shared', [topic], take);
      return member;
    };
    const subjects = Array.from({ length: 12 }, (_, n) => `s-${n}`);
    let sent = 0;
    const publish = async (upTo: number): Promise<void> => {
      for (; sent < upTo; sent++) for (const each of subjects) await bus().publish(topic, run(each, sent, 1));
    };
    const members = [await join()];
    await publish(4);
    members.push(await join(), await join());
    await publish(8);
    await members.shift()?.close(); // in the middle of its work
    await publish(12);
    members.push(await join());
    await until(() => ledger.count >= 144);
    for (const member of members) await member.close();
    expect(ledger.gaps).toEqual([]);
  });

  it('tells a heartbeat to no process of a group before all of them have taken what was published before it', async () => {
    const [topic, ledger] = [await newTopic(), new Ledger()];
    const [published, early] = [new Map<string, number>(), [] as string[]];
    const heard = new Set<string>();
    const beat = (n: number): string => new Date(Date.UTC(2026, 2, 1, 9) + n * 1000).toISOString(); // later ones compare as later, however many
    const member = async (name: string, ms: number): Promise<EventBus> => {
      const process = await subject().open();
      await process.subscribe('shared', [topic], async (_, { messages, heartbeat }) => {
        if (messages.length > 0) await new Promise((resolve) => setTimeout(resolve, ms));
        messages.forEach((message) => ledger.take(message));
        if (heartbeat === undefined) return;
        heard.add(`${name} ${heartbeat}`);
        if (ledger.count < (published.get(heartbeat) ?? 0)) early.push(`${name} ${heartbeat}`);
      });
      return process;
    };
    const members = [await member('quick', 0), await member('slow', 20)];
    for (let n = 0; n < 10; n++) {
      for (let s = 0; s < 6; s++) await bus().publish(topic, run(`s-${s}`, n, 1));
      published.set(beat(n), (n + 1) * 6);
      await bus().heartbeat(topic, beat(n));
    }
    let again = 10;
    while (!['quick', 'slow'].every((name) => [...heard].some((each) => each.startsWith(name) && each >= `${name} ${beat(9)}`))) {
      await bus().heartbeat(topic, beat(again++)); // as relays do, twice a second
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    for (const process of members) await process.close();
    expect(early).toEqual([]);
    expect(ledger.gaps).toEqual([]);
  });
}
