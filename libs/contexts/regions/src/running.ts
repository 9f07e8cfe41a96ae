import { Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { Accepted } from '@platform/commanding';
import type { Exchange } from '@platform/http';
import { type Authority, type Command, type Decider, type DomainEvent, isStream, notFound } from '@platform/kernel';
import { Streams } from './streams';

/** Runs a command for a request and tells the caller where it stands: ETag of the new version, position for reading one's own write. */
@Injectable()
export class Running {
  constructor(
    private readonly commands: CommandBus,
    private readonly streams: Streams,
  ) {}

  async run(http: Exchange, by: Authority, command: Command): Promise<Accepted> {
    const accepted = await this.commands.execute<Command, Accepted>(command.by(by));
    http.wrote(accepted);
    http.tag(accepted.stream, accepted.revision);
    return accepted;
  }

  /** The authority over an existing record, bound to the revision the caller has seen. */
  async at<S, C extends Command, E extends DomainEvent, F>(
    http: Exchange,
    decider: Decider<S, C, E, F>,
    noun: string,
    id: string,
  ): Promise<{ by: Authority; state: S; region: string }> {
    const folded = isStream(id, noun) ? await this.streams.fold(decider, id) : undefined;
    if (!folded) throw notFound(noun);
    return { by: http.matching(id, folded.at.revision), state: folded.state, region: folded.region };
  }
}
