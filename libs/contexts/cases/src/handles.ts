import { Injectable } from '@nestjs/common';
import { type Actor, nounOf, notFound } from '@platform/kernel';
import { type Pseudonym, regionOfHandle, Vaults } from '@platform/pseudonymity';

/** Turns what an audience calls a record into its stream and back. Stream ids never leave the context. */
@Injectable()
export class Handles {
  constructor(private readonly vaults: Vaults) {}

  /**
   * The stream behind a handle that was given to the actor's organisation or to one of their interregional teams.
   * @throws DomainError `<noun>.not-found` for anything else: another audience's handle, a stream id, nonsense
   */
  async stream(handle: string, noun: string, actor: Actor): Promise<string> {
    const found = await this.find(handle, actor);
    if (!found || nounOf(found) !== noun) throw notFound(noun);
    return found;
  }

  async find(handle: string, actor: Actor, more: readonly string[] = []): Promise<string | undefined> {
    const region = regionOfHandle(handle);
    if (region === undefined || !this.vaults.regions().includes(region)) return undefined;
    const vault = this.vaults.of(region);
    for (const audience of [actor.organisation, ...actor.teams, ...more]) {
      const stream = await vault.resolve(handle, audience);
      if (stream !== undefined) return stream;
    }
    return undefined;
  }

  of(region: string, stream: string, audience: string): Promise<Pseudonym> {
    return this.vaults.of(region).handleFor(stream, audience);
  }

  async all(region: string, streams: readonly string[], audience: string): Promise<Map<string, Pseudonym>> {
    return streams.length === 0 ? new Map() : this.vaults.of(region).handlesFor(streams, audience);
  }
}
