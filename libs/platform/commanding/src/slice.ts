import type { Judgement } from '@platform/access';
import type { Authority, Command, Decider, DomainEvent, Grounded, RecordedEvent } from '@platform/kernel';

/** A class of command, as `handlersFor` and the command bus know it. */
export type CommandClass<C extends Command> = new (...parameters: never[]) => C;

/** One aggregate as the pipeline runs it. */
export interface Slice<S, C extends Command, E extends DomainEvent, F> {
  /** Bounded context, e.g. `referrals`: the log is `<context>@<region>`. */
  readonly context: string;
  /** Noun of the stream and of refusal codes, e.g. `referral`. */
  readonly noun: string;
  readonly decider: Decider<S, C, E, F>;
  readonly commands: readonly CommandClass<C>[];
  /** Region whose log a new stream is written to. Existing streams stay where they are. */
  readonly regionOf: (command: C, by: Authority) => string;
  /** Current schema of event types that are past 1. */
  readonly schemas?: Readonly<Record<string, number>>;
  /** Turns stored events of older schemas into today's; identity when absent. */
  readonly upcast?: (event: RecordedEvent) => RecordedEvent;
  /**
   * Noun of the 404 that hides what a command is about, where that is another record than the slice's own: for a consent that is asked, the case.
   * It must be the noun an unknown handle is answered with, or the two could be told apart.
   */
  readonly hiddenAs?: (command: C) => string | undefined;
  /** Cases a command touches, for the trail: streams. Defaults to the stream itself where it is a case. */
  readonly casesOf?: (command: C, state: S) => readonly string[];
}

/**
 * Who may, and on which facts: one injectable class per aggregate (`<noun>.access.ts`).
 * `gather` reads what the rules lean on beside their own stream, and says on which events it stands.
 */
export abstract class CommandAccess<S, C extends Command, F> {
  abstract gather(command: C, state: S, by: Authority): Promise<Grounded<F>>;
  /** Decides from policy and facts; never reads the command's free payload. */
  abstract judge(command: C, state: S, by: Authority, facts: F): Promise<Judgement>;
}

/** What a command answers with. */
export interface Accepted {
  readonly stream: string;
  /** Revision of the stream after the command. */
  readonly revision: number;
  readonly log: string;
  /** Position for at-least reads; undefined when the command was already satisfied and the log is unchanged. */
  readonly position: string | undefined;
  readonly events: readonly DomainEvent[];
}
