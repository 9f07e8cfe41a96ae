import { Inject, type Type } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Command, DomainEvent } from '@platform/kernel';
import { Pipeline } from './pipeline';
import type { Accepted, CommandAccess, CommandClass, Slice } from './slice';

/**
 * One `@CommandHandler` class per command, made at module load, so that `commandBus.execute(new AcceptReferral(…).by(authority))`
 * is the front door for HTTP, reactors and broker alike, without handler files.
 */
export function handlersFor<S, C extends Command, E extends DomainEvent, F>(
  slice: Slice<S, C, E, F>,
  access: Type<CommandAccess<S, C, F>>,
): Type<ICommandHandler>[] {
  return slice.commands.map((command: CommandClass<C>) => {
    @CommandHandler(command)
    class Handler {
      @Inject(Pipeline) private readonly pipeline!: Pipeline;
      @Inject(access) private readonly access!: CommandAccess<S, C, F>;
      execute(given: C): Promise<Accepted> {
        return this.pipeline.execute(slice, this.access, given);
      }
    }
    Object.defineProperty(Handler, 'name', { value: `${command.name}Handler` });
    return Handler;
  });
}
