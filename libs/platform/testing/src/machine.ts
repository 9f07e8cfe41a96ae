import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import { type Command, type Decider, type DecisionContext, type DomainEvent, DomainError } from '@platform/kernel';

/** The state before a stream's first event. */
export const ABSENT = '-';

/** One arrow of a machine: in this state this command makes this event and leads to that state. */
export type Transition = readonly [from: string, command: string, event: string, to: string, guard: string];

export interface Machine {
  readonly italian: string;
  readonly initial: string;
  readonly terminal: readonly string[];
  readonly transitions: readonly Transition[];
}

/** One way to try a command in a state: the past that leads there, the command, and who asks when on which facts. */
export interface Attempt<C extends Command, E extends DomainEvent, F> {
  readonly given: readonly E[];
  readonly command: C;
  readonly context: DecisionContext<F>;
}

/** What a context's spec tells about its aggregate. */
export interface MachineCheck<S, C extends Command, E extends DomainEvent, F> {
  /** Noun of the stream, e.g. `territorialAgreement`; the machine of `TerritorialAgreement` is looked up. */
  readonly noun: string;
  readonly decider: Decider<S, C, E, F>;
  /** Name of the machine's state; `-` while the stream has no event. */
  readonly stateName: (state: S) => string;
  /** An attempt of this command in this state that every other rule would let pass: only the machine may refuse it. */
  readonly commandFor: (command: string, from: string) => Attempt<C, E, F>;
  /** Arrows this aggregate has on purpose beyond the reference machine, each with its reason. */
  readonly beyond?: readonly Transition[];
  /** Commands of the reference machine this aggregate does not have, each with the reason why. */
  readonly without?: Readonly<Record<string, string>>;
}

const FILE = path.resolve(__dirname, '../../../../tools/machines/state-machines.json');

/** Every reference machine: context → aggregate → machine. */
export const machines = (): Readonly<Record<string, Readonly<Record<string, Machine>>>> =>
  JSON.parse(readFileSync(FILE, 'utf8')) as Record<string, Record<string, Machine>>;

/** @throws Error when no context has such an aggregate */
export function machineOf(noun: string): Machine {
  const aggregate = noun.charAt(0).toUpperCase() + noun.slice(1);
  const machine = Object.values(machines()).find((aggregates) => aggregates[aggregate])?.[aggregate];
  if (!machine) throw new Error(`there is no reference machine of ${aggregate}`);
  return machine;
}

/** One checked pair of state and command; `fault` says in words what is wrong, undefined if nothing is. */
export interface Finding {
  readonly sentence: string;
  readonly fault: () => string | undefined;
}

/** Every (state, command) pair of the machine as a finding: allowed ones must give their event and state, all others must be refused. */
export function findingsOf<S, C extends Command, E extends DomainEvent, F>(check: MachineCheck<S, C, E, F>): Finding[] {
  const machine = machineOf(check.noun);
  const transitions = [...machine.transitions, ...(check.beyond ?? [])].filter(([, command]) => !(command in (check.without ?? {})));
  const states = [...new Set([ABSENT, ...transitions.flatMap(([from, , , to]) => [from, to]), ...machine.terminal])];
  const commands = [...new Set(transitions.map(([, command]) => command))];
  return states.flatMap((from) =>
    commands.map((command) => {
      const row = transitions.find((each) => each[0] === from && each[1] === command);
      return row
        ? { sentence: `${spoken(from)} ${command} makes ${row[2]} and leads to ${row[3]}`, fault: () => faultOfAllowed(check, row) }
        : { sentence: `${spoken(from)} ${command} changes nothing`, fault: () => faultOfForbidden(check, from, command) };
    }),
  );
}

/** Registers one test per (state, command) pair of the reference machine. Call it at the top level of a spec. */
export function checkMachine<S, C extends Command, E extends DomainEvent, F>(check: MachineCheck<S, C, E, F>): void {
  describe(`the machine of ${check.noun}`, () => {
    for (const { sentence, fault } of findingsOf(check)) it(sentence, () => expect(fault()).toBeUndefined());
  });
}

const spoken = (state: string): string => (state === ABSENT ? 'before it exists' : `in ${state}`);

function faultOfAllowed<S, C extends Command, E extends DomainEvent, F>(
  check: MachineCheck<S, C, E, F>,
  [from, command, event, to]: Transition,
): string | undefined {
  const attempt = check.commandFor(command, from);
  const before = fold(check.decider, check.decider.initialState, attempt.given);
  const unfit = misplaced(check, attempt, before, from, command);
  if (unfit) return unfit;
  try {
    const events = check.decider.decide(attempt.command, before, attempt.context);
    if (!events.some(({ type }) => type === event))
      return `${command} made [${events.map(({ type }) => type).join(', ')}] instead of ${event}`;
    const after = check.stateName(fold(check.decider, before, events));
    return after === to ? undefined : `${command} led to ${after} instead of ${to}`;
  } catch (error) {
    return `${command} was refused: ${error instanceof DomainError ? error.code : String(error)}`;
  }
}

function faultOfForbidden<S, C extends Command, E extends DomainEvent, F>(
  check: MachineCheck<S, C, E, F>,
  from: string,
  command: string,
): string | undefined {
  const attempt = check.commandFor(command, from);
  const before = fold(check.decider, check.decider.initialState, attempt.given);
  const unfit = misplaced(check, attempt, before, from, command);
  if (unfit) return unfit;
  try {
    const events = check.decider.decide(attempt.command, before, attempt.context);
    return events.length === 0 ? undefined : `${command} made [${events.map(({ type }) => type).join(', ')}] where nothing may happen`;
  } catch (error) {
    if (!(error instanceof DomainError)) return `${command} failed instead of being refused: ${String(error)}`;
    return error.kind === 'refused' || error.kind === 'not-found'
      ? undefined
      : `${command} was answered ${error.kind} (${error.code}), not refused`;
  }
}

/** A check that tries the wrong thing would prove nothing. */
function misplaced<S, C extends Command, E extends DomainEvent, F>(
  check: MachineCheck<S, C, E, F>,
  attempt: Attempt<C, E, F>,
  before: S,
  from: string,
  command: string,
): string | undefined {
  if (attempt.command.kind !== command) return `the attempt of ${command} issues ${attempt.command.kind}`;
  const state = check.stateName(before);
  return state === from ? undefined : `the past given for ${command} leads to ${state}, not to ${from}`;
}

const fold = <S, C extends Command, E extends DomainEvent, F>(decider: Decider<S, C, E, F>, state: S, events: readonly E[]): S =>
  events.reduce((soFar, event) => decider.evolve(soFar, event), state);
