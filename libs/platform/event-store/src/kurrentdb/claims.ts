import { randomUUID } from 'node:crypto';
import type { EventToAppend } from '@platform/kernel';
import type { KurrentConnection } from './connection';
import { isConflict } from './failures';
import type { KurrentReads } from './reading';

const AT_A_TIME = 50;

const streamOf = (id: string): string => `_id-${id}`;

/**
 * Which stream an event id belongs to. KurrentDB looks for a known id only at the place an append is meant for, so an id that is in use
 * elsewhere would be stored a second time. Each id is therefore claimed for its stream before it is appended, by the one thing the server does
 * keep unique: the first event of a stream that must not exist. A claim is for ever, also when the append then fails: an id once offered to a
 * stream is of no use for another.
 */
export class Claims {
  constructor(
    private readonly connection: KurrentConnection,
    private readonly reads: KurrentReads,
  ) {}

  /** @returns `new`: nobody ever offered one of these ids; `ours`: all that were offered before were offered to this stream */
  async claim(stream: string, events: readonly EventToAppend[]): Promise<'new' | 'ours' | 'elsewhere'> {
    const owners: (string | undefined)[] = [];
    // So many at a time: each has its deadline, and must not spend it in a queue behind the others.
    for (let from = 0; from < events.length; from += AT_A_TIME)
      owners.push(...(await Promise.all(events.slice(from, from + AT_A_TIME).map(({ id }) => this.#claim(id, stream)))));
    if (owners.every((owner) => owner === undefined)) return 'new';
    return owners.every((owner) => owner === undefined || owner === stream) ? 'ours' : 'elsewhere';
  }

  /** @returns whose it was before */
  async #claim(id: string, stream: string): Promise<string | undefined> {
    const name = streamOf(id);
    // An id of its own for each call: the server must not take a second claim for a repetition of the first.
    const claim = {
      id: randomUUID() as string,
      type: '_claimed',
      contentType: 'application/json' as const,
      data: { stream },
      metadata: undefined,
    };
    const options = { streamState: 'no_stream', requiresLeader: true, deadline: this.connection.attemptMs } as const;
    try {
      await this.connection.run((client) => client.appendToStream(name, claim, options));
      return undefined;
    } catch (error) {
      if (!isConflict(error)) throw error;
    }
    const [first] = await this.reads.raw(name, 0, 0);
    if (first?.id === claim.id) return undefined;
    return (first?.data() as { stream?: string } | undefined)?.stream ?? '';
  }
}
