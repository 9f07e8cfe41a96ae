import { Command, type Decider, type DecisionContext, type DomainEvent, refused } from '@platform/kernel';
import { findingsOf, machineOf, machines, type MachineCheck } from './machine';
import { deciding } from './people';
import { scenario } from './scenario';

// The real machine of a legal basis: - RecordLegalBasis Recorded, Recorded EndLegalBasis Ended.
type BasisEvent = DomainEvent<'LegalBasisRecorded'> | DomainEvent<'LegalBasisEnded'>;
type State = '-' | 'Recorded' | 'Ended';
class Wish extends Command {
  readonly id = 'legalBasis-1';
  constructor(readonly kind: string) {
    super();
  }
}
const recorded: BasisEvent = { type: 'LegalBasisRecorded', data: {} };
const ended: BasisEvent = { type: 'LegalBasisEnded', data: {} };
const context: DecisionContext = deciding({});

const honest: Decider<State, Wish, BasisEvent> = {
  initialState: '-',
  decide: (command, state) => {
    if (command.kind === 'RecordLegalBasis' && state === '-') return [recorded];
    if (command.kind === 'EndLegalBasis' && state === 'Recorded') return [ended];
    if (command.kind === 'EndLegalBasis' && state === 'Ended') return [];
    throw refused('legalBasis.not-now', 'Not in this state.');
  },
  evolve: (_, event) => (event.type === 'LegalBasisRecorded' ? 'Recorded' : 'Ended'),
};
const pasts: Readonly<Record<string, BasisEvent[]>> = { '-': [], Recorded: [recorded], Ended: [recorded, ended] };
const check = (decider: Decider<State, Wish, BasisEvent>): MachineCheck<State, Wish, BasisEvent, object> => ({
  noun: 'legalBasis',
  decider,
  stateName: (state) => state,
  commandFor: (command, from) => ({ given: pasts[from] ?? [], command: new Wish(command), context }),
});
const faults = (given: MachineCheck<State, Wish, BasisEvent, object>): string[] =>
  findingsOf(given).flatMap((finding) => finding.fault() ?? []);

describe('the check of a machine', () => {
  it('finds nothing wrong with an aggregate that follows its machine', () => {
    expect(findingsOf(check(honest))).toHaveLength(6);
    expect(faults(check(honest))).toEqual([]);
  });

  it('reports a transition the aggregate refuses', () => {
    const strict = { ...honest, decide: () => [] };
    expect(faults(check(strict))).toEqual([
      'RecordLegalBasis made [] instead of LegalBasisRecorded',
      'EndLegalBasis made [] instead of LegalBasisEnded',
    ]);
  });

  it('reports a transition that leads elsewhere', () => {
    const lost: Decider<State, Wish, BasisEvent> = { ...honest, evolve: () => 'Recorded' };
    expect(faults({ ...check(lost), without: {} })).toContain('EndLegalBasis led to Recorded instead of Ended');
  });

  it('reports an aggregate that lets through what the machine forbids', () => {
    const lax: Decider<State, Wish, BasisEvent> = { ...honest, decide: ({ kind }) => (kind === 'EndLegalBasis' ? [ended] : [recorded]) };
    expect(faults(check(lax))).toHaveLength(4);
  });

  it('reports a failure that is no refusal', () => {
    const broken: Decider<State, Wish, BasisEvent> = {
      ...honest,
      decide: (command, state, given) => {
        if (state === 'Ended') throw new TypeError('undefined is not a function');
        return honest.decide(command, state, given);
      },
    };
    expect(faults(check(broken))).toEqual([
      'RecordLegalBasis failed instead of being refused: TypeError: undefined is not a function',
      'EndLegalBasis failed instead of being refused: TypeError: undefined is not a function',
    ]);
  });

  it('reports an attempt that starts elsewhere or tries something else', () => {
    const elsewhere = { ...check(honest), commandFor: (command: string) => ({ given: [], command: new Wish(command), context }) };
    expect(faults(elsewhere)).toContain('the past given for EndLegalBasis leads to -, not to Recorded');
    const other = {
      ...check(honest),
      commandFor: (_: string, from: string) => ({ given: pasts[from] ?? [], command: new Wish('Other'), context }),
    };
    expect(faults(other)).toContain('the attempt of EndLegalBasis issues Other');
  });

  it('knows no machine of an unknown noun', () => {
    expect(() => machineOf('unicorn')).toThrow('there is no reference machine of Unicorn');
  });
});

describe('a scenario', () => {
  it('compares the events made with those expected', () => {
    const start = scenario(honest, context);
    start.when(new Wish('RecordLegalBasis')).then(recorded);
    expect(() => start.when(new Wish('RecordLegalBasis')).then(ended)).toThrow();
    start.given(recorded).given(ended).when(new Wish('EndLegalBasis')).thenNothing();
  });

  it('compares the refusal with the one expected', () => {
    const start = scenario(honest, context);
    start.when(new Wish('EndLegalBasis')).thenRefused('legalBasis.not-now');
    expect(() => start.when(new Wish('EndLegalBasis')).thenRefused('legalBasis.other')).toThrow();
    expect(() => start.when(new Wish('EndLegalBasis')).thenNothing()).toThrow('was refused: legalBasis.not-now');
    expect(() => start.when(new Wish('RecordLegalBasis')).thenRefused('legalBasis.not-now')).toThrow('made [LegalBasisRecorded]');
  });
});

describe('the reference machines', () => {
  const all = Object.entries(machines()).flatMap(([context, aggregates]) =>
    Object.entries(aggregates).map(([aggregate, machine]) => ({ context, aggregate, machine })),
  );

  it('are those of six contexts', () => {
    expect(Object.keys(machines())).toEqual(['regions', 'cases', 'referrals', 'alerts', 'mentoring', 'audit']);
  });

  it.each(all)('of $context/$aggregate are deterministic, connected and without undeclared dead ends', ({ machine }) => {
    const { transitions } = machine;
    const pairs = transitions.map(([from, command]) => `${from}|${command}`);
    expect(new Set(pairs).size).toBe(pairs.length);
    expect(transitions.filter(([from]) => from === '-').every(([, , , to]) => to === machine.initial)).toBe(true);
    const reached = new Set(['-']);
    for (let before = -1; before !== reached.size;) {
      before = reached.size;
      for (const [from, , , to] of transitions) if (reached.has(from)) reached.add(to);
    }
    const states = new Set(transitions.flatMap(([from, , , to]) => [from, to]));
    expect([...states].filter((state) => !reached.has(state))).toEqual([]);
    expect([...states].filter((state) => !transitions.some(([from]) => from === state)).sort()).toEqual(
      [...machine.terminal].filter((state) => !transitions.some(([from]) => from === state)).sort(),
    );
  });

  it('never use one event name in two aggregates', () => {
    const owners = new Map<string, Set<string>>();
    for (const { aggregate, machine } of all)
      for (const [, , event] of machine.transitions) owners.set(event, (owners.get(event) ?? new Set()).add(aggregate));
    expect([...owners].filter(([, of]) => of.size > 1)).toEqual([]);
  });
});
