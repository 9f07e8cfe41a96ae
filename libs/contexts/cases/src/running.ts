import { Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { Accepted } from '@platform/commanding';
import type { Exchange } from '@platform/http';
import type { Authority, Command } from '@platform/kernel';

/** Runs a command for a request and tells the caller where it stands: ETag of the new version, position for reading one's own write. */
@Injectable()
export class Running {
  constructor(private readonly commands: CommandBus) {}

  async run(http: Exchange, by: Authority, command: Command): Promise<Accepted> {
    const accepted = await this.commands.execute<Command, Accepted>(command.by(by));
    http.wrote(accepted);
    http.tag(accepted.stream, accepted.revision);
    return accepted;
  }
}
