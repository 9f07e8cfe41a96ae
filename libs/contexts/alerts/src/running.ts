import { Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { type Accepted, systemAuthority } from '@platform/commanding';
import type { Exchange } from '@platform/http';
import { type Authority, Clock, type Command, DomainError } from '@platform/kernel';

/** Runs commands: for a request, which is told where it stands then, and for reactors and timers, to which a rule's no is an answer. */
@Injectable()
export class Running {
  constructor(
    private readonly commands: CommandBus,
    private readonly clock: Clock,
  ) {}

  async run(http: Exchange, by: Authority, command: Command): Promise<Accepted> {
    const accepted = await this.commands.execute<Command, Accepted>(command.by(by));
    http.wrote(accepted);
    http.tag(accepted.stream, accepted.revision);
    return accepted;
  }

  /**
   * Issues a command of the service itself, once per cause.
   * @param cause event id, or `timer|<stream>`
   */
  async react(region: string, cause: string, command: Command, correlation?: string): Promise<void> {
    const by = systemAuthority(
      region,
      this.clock,
      cause,
      `${command.kind}|${command.id}`,
      correlation === undefined ? {} : { correlation },
    );
    try {
      await this.commands.execute(command.by(by));
    } catch (error) {
      // Refusals are on record already; everything else comes again.
      if (!(error instanceof DomainError) || !['refused', 'invalid', 'not-found', 'forbidden'].includes(error.kind)) throw error;
    }
  }
}
