import { Injectable } from '@nestjs/common';
import { type Actor, nounOf, notFound } from '@platform/kernel';
import { type Pseudonym, regionOfHandle, Vaults } from '@platform/pseudonymity';

/** Turns what an organisation calls a record into its stream and back. Stream ids never leave the context. */
@Injectable()
export class Handles {
  constructor(private readonly vaults: Vaults) {}

  /**
   * The stream behind a handle that was given to the actor's organisation.
   * @throws DomainError `<noun>.not-found` for anything else: another audience's handle, a stream id, nonsense
   */
  async stream(handle: string, noun: string, actor: Actor): Promise<string> {
    const region = regionOfHandle(handle);
    if (region === undefined || !this.vaults.regions().includes(region)) throw notFound(noun);
    const found = await this.vaults.of(region).resolve(handle, actor.organisation);
    if (found === undefined || nounOf(found) !== noun) throw notFound(noun);
    return found;
  }

  of(region: string, stream: string, audience: string): Promise<Pseudonym> {
    return this.vaults.of(region).handleFor(stream, audience);
  }

  /** Records of several regions, as one audience calls them. */
  async all(streams: readonly { readonly region: string; readonly stream: string }[], audience: string): Promise<Map<string, Pseudonym>> {
    const called = new Map<string, Pseudonym>();
    for (const region of new Set(streams.map((each) => each.region))) {
      const own = [...new Set(streams.filter((each) => each.region === region).map(({ stream }) => stream))];
      for (const [stream, pseudonym] of await this.vaults.of(region).handlesFor(own, audience)) called.set(stream, pseudonym);
    }
    return called;
  }
}
