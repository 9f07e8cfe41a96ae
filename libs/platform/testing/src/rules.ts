import { type Declarations, faultsOf, personLikePaths } from '@contracts';
import { type Actor, type Command, type Decider, type DomainEvent, DomainError, type RecordedEvent } from '@platform/kernel';
import fc from 'fast-check';
import { eventOf } from './arbitrary';
import { NOON, streamId } from './people';
import { recorded } from './recorded';

const SEED = 20310314;
/** What somebody may type where something else belongs. None of it may ever stand in the clear part of an event, or in an answer. */
const TYPED = ['Rossi', 'Maria Rossi', 'via Rossi 3', 'rossi@example.org', '3331234567', 'vault:umbria:Rossi Maria', '__proto__', '٣', ''];
const CANARY = /rossi|3331234567|__proto__|٣/i;

/** What a context's spec tells about its aggregate, so that its rules can be tried on everything. */
export interface RulesCheck<S, C extends Command, E extends DomainEvent, F> {
  readonly noun: string;
  readonly events: Declarations;
  readonly decider: Decider<S, C, E, F>;
  /** One well-formed command of each kind. */
  readonly commands: readonly C[];
  /** Facts and actors under which commands may pass; every combination is tried. */
  readonly facts: readonly F[];
  readonly actors: readonly Actor[];
  /** Pasts worth trying beside any at random. */
  readonly pasts?: readonly (readonly E[])[];
  readonly stateName: (state: S) => string;
  /** States that no command leaves. */
  readonly terminal: readonly string[];
  /** Commands that lead out of an end on purpose. */
  readonly exits?: readonly string[];
  readonly publish?: (event: RecordedEvent) => object | undefined;
  /** Fields that carry a vault reference across the border on purpose; none, unless said here. */
  readonly publishedRefs?: readonly string[];
}

interface Situation<C, E, F> {
  readonly given: readonly E[];
  readonly command: C;
  readonly actor: Actor;
  readonly at: string;
  readonly facts: F;
}

/** Registers the properties every aggregate keeps: total, final, and free of what people type. Call it at the top level of a spec. */
export function checkRules<S, C extends Command, E extends DomainEvent, F>(check: RulesCheck<S, C, E, F>): void {
  const { noun, events, decider, commands, terminal, stateName } = check;
  const past = fc.oneof(
    { weight: 2, arbitrary: fc.array(eventOf<E>(events), { maxLength: 8 }) },
    { weight: 1, arbitrary: fc.constantFrom<readonly E[]>([], ...(check.pasts ?? [])) },
  );
  const situation: fc.Arbitrary<Situation<C, E, F>> = fc.record({
    given: past,
    command: fc.constantFrom(...commands),
    actor: fc.constantFrom(...check.actors),
    at: fc.constantFrom('2024-01-01T00:00:00.000Z', NOON, '2042-01-01T00:00:00.000Z'),
    facts: fc.constantFrom(...check.facts),
  });
  const fold = (given: readonly E[]): S => given.reduce((state, event) => decider.evolve(state, event), decider.initialState);
  const attempt = ({ given, command, actor, at, facts }: Situation<C, E, F>): E[] | DomainError => {
    const state = fold(given);
    try {
      const made = decider.decide(command, state, { actor, at, facts });
      made.reduce((soFar, event) => decider.evolve(soFar, event), state);
      return made;
    } catch (error) {
      if (error instanceof DomainError) return error;
      throw error;
    }
  };
  const passing = (): Map<string, Situation<C, E, F>> => {
    const found = new Map<string, Situation<C, E, F>>();
    for (const tried of fc.sample(situation, { seed: SEED, numRuns: 400 * commands.length })) {
      const made = found.has(tried.command.kind) ? [] : attempt(tried);
      if (!(made instanceof DomainError) && made.length > 0) found.set(tried.command.kind, tried);
    }
    return found;
  };

  describe(`the rules of ${noun}`, () => {
    it('answer with events or a refusal, whatever happened before, and leave no end', () => {
      fc.assert(
        fc.property(situation, (tried) => {
          const made = attempt(tried);
          if (made instanceof DomainError) expect(made.code).toMatch(/^[a-zA-Z]+\.[a-z0-9-]+$/);
          else if (terminal.includes(stateName(fold(tried.given))) && !check.exits?.includes(tried.command.kind)) expect(made).toEqual([]);
        }),
        { seed: SEED, numRuns: 1000 },
      );
    });

    it('reach every end in some past, so that this says something', () => {
      const reached = new Set(fc.sample(past, { seed: SEED, numRuns: 600 }).map((given) => stateName(fold(given))));
      expect(terminal.filter((state) => !reached.has(state))).toEqual([]);
    });

    it('let nothing typed into a command stand in the clear part of an event, nor come back in an answer', () => {
      const ways = passing();
      // A command that never passes would prove nothing.
      expect(commands.map(({ kind }) => kind).filter((kind) => !ways.has(kind))).toEqual([]);
      for (const way of ways.values())
        for (const tried of tamperings(way.command)) {
          const made = attempt({ ...way, command: tried });
          if (made instanceof DomainError) expect(`${made.message} ${JSON.stringify(made.errors)}`).not.toMatch(CANARY);
          else
            for (const { type, data } of made) {
              expect(`${tried.kind}: ${JSON.stringify(data)}`).not.toMatch(CANARY);
              expect(faultsOf(events[type]?.fields ?? {}, data)).toEqual([]);
            }
        }
    });

    it('store nothing about a person in clear', () => expect(personLikePaths(events)).toEqual([]));

    it('publish what fits the contract, and no vault reference but those meant to leave', () => {
      const place = { stream: streamId(noun, 1), log: 'anything@umbria' };
      fc.assert(
        fc.property(eventOf<E>(events), (event) => {
          const published = JSON.stringify(check.publish?.(recorded(event, place)) ?? {}, (key, value: unknown) =>
            check.publishedRefs?.includes(key) ? undefined : value,
          );
          expect(published).not.toContain('vault:');
        }),
        { seed: SEED, numRuns: 400 },
      );
    });
  });
}

/** The command again and again, each time with one of its words replaced by something typed. */
function tamperings<C extends Command>(command: C): C[] {
  const again = (): C => {
    const copy = Object.create(Object.getPrototypeOf(command) as object) as C;
    return Object.assign(copy, structuredClone({ ...command }));
  };
  const count = placesIn(again()).length;
  return Array.from({ length: count }, (_, n) => n).flatMap((n) =>
    TYPED.map((typed) => {
      const copy = again();
      const place = placesIn(copy)[n];
      if (place) place.of[place.key] = typed;
      return copy;
    }),
  );
}

/** Every text inside a command, but for its kind and its stream. */
function placesIn(command: Command): { of: Record<string, unknown>; key: string }[] {
  const walk = (value: unknown): { of: Record<string, unknown>; key: string }[] =>
    typeof value !== 'object' || value === null
      ? []
      : Object.entries(value).flatMap(([key, inner]) =>
          typeof inner === 'string' ? [{ of: value as Record<string, unknown>, key }] : walk(inner),
        );
  return walk(command).filter(({ of, key }) => of !== (command as unknown) || (key !== 'kind' && key !== 'id'));
}
