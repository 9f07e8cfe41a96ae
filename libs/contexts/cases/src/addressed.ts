import { Command } from '@platform/kernel';

/** A command that says everything in one body: `new CloseCase(id, { reason: 'autonomy_reached' })`. */
export abstract class Addressed<Body extends object> extends Command {
  constructor(
    readonly id: string,
    readonly body: Body,
  ) {
    super();
  }
}

/** A command that needs no words beside its name. */
export abstract class Bare extends Command {
  constructor(readonly id: string) {
    super();
  }
}
