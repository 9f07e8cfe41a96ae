import { FIELD_GROUPS, VIEWS } from '@platform/kernel';
import * as fc from 'fast-check';
import { casePolicy } from '../test/case-database';
import { commandMutants, readMutants } from '../test/mutants';
import { plainMayCommand, plainViews } from '../test/plain-evaluator';
import { commandQuestions, readQuestions } from '../test/questions';
import { mayCommand } from './decide-command';
import { viewsFor } from './decide-read';
import { changesBetween } from './difference';
import { type Policy, sealPolicy } from './policy';

const reads = readMutants(casePolicy);
// One in eleven, spread over all rules and all kinds of change: all of them would only take longer.
const commands = commandMutants(casePolicy).filter((_, n) => n % 11 === 0);
const anyPolicy = fc.oneof(
  { weight: 1, arbitrary: fc.constant(casePolicy) },
  { weight: 3, arbitrary: fc.constantFrom(...reads).map(({ policy }) => policy) },
);
const anyCommands = fc.oneof(
  { weight: 1, arbitrary: fc.constant(casePolicy) },
  { weight: 3, arbitrary: fc.constantFrom(...commands).map(({ policy }) => policy) },
);
/** A region's policy under the shipped ceiling, as `narrow` makes it. */
const regionals = new Map<Policy, Policy>();
const under = (regional: Policy): Policy => {
  const made = regionals.get(regional) ?? sealPolicy({ ...regional, under: casePolicy });
  regionals.set(regional, made);
  return made;
};

const wider = (a: Readonly<Record<string, string>>, b: Readonly<Record<string, string>>): boolean =>
  FIELD_GROUPS.some((group) => VIEWS.indexOf(a[group] as never) > VIEWS.indexOf(b[group] as never));

describe('two readings of one policy', () => {
  it('see the same, by CASL and by plain loops, for any policy and any question', () => {
    const property = fc.property(anyPolicy, readQuestions(casePolicy), (policy, question) => {
      expect(viewsFor(policy, question).views).toEqual(plainViews(policy, question));
    });
    fc.assert(property, { numRuns: 1500, seed: 1 });
  }, 120_000);

  it('let the same be done', () => {
    const property = fc.property(anyCommands, commandQuestions(casePolicy), (policy, question) => {
      expect(mayCommand(policy, question).effect === 'permitted').toBe(plainMayCommand(policy, question));
    });
    fc.assert(property, { numRuns: 3000, seed: 2 });
  }, 120_000);

  it('never see or do more under a region’s policy than under the ceiling, whatever the region writes', () => {
    const property = fc.property(anyPolicy, readQuestions(casePolicy), (regional, question) => {
      const { views } = viewsFor(under(regional), question);
      expect(views).toEqual(plainViews(under(regional), question));
      expect(wider(views, viewsFor(casePolicy, question).views)).toBe(false);
      expect(wider(views, viewsFor(regional, question).views)).toBe(false);
    });
    fc.assert(property, { numRuns: 600, seed: 3 });
    const acts = fc.property(anyCommands, commandQuestions(casePolicy), (regional, question) => {
      const judged = mayCommand(under(regional), question);
      expect(judged.policy).toBe(under(regional).hash);
      if (judged.effect === 'permitted')
        expect([mayCommand(casePolicy, question).effect, mayCommand(regional, question).effect]).toEqual(['permitted', 'permitted']);
    });
    fc.assert(acts, { numRuns: 600, seed: 4 });
  }, 120_000);

  it('give a reason for every answer', () => {
    fc.assert(
      fc.property(readQuestions(casePolicy), (question) => expect(viewsFor(casePolicy, question).reasons.length).toBeGreaterThan(0)),
      { numRuns: 2000, seed: 5 },
    );
  }, 60_000);
});

describe('the difference between two policies', () => {
  it('tells of every question that one of them answers more widely', () => {
    const property = fc.property(
      anyPolicy,
      anyPolicy,
      fc.array(readQuestions(casePolicy), { minLength: 20, maxLength: 20 }),
      (before, after, questions) => {
        const changes = changesBetween(before, after);
        for (const question of questions) {
          const [was, is] = [plainViews(before, question), plainViews(after, question)];
          if (wider(is, was)) expect(changes.map(({ direction }) => direction)).toContain('WIDENS');
          if (wider(was, is)) expect(changes).not.toEqual([]);
        }
      },
    );
    fc.assert(property, { numRuns: 150, seed: 6 });
  }, 120_000);

  it('tells of every change to a command, in its direction', () => {
    const property = fc.property(
      anyCommands,
      anyCommands,
      fc.array(commandQuestions(casePolicy), { minLength: 20, maxLength: 20 }),
      (before, after, questions) => {
        const directions = changesBetween(before, after).map(({ direction }) => direction);
        for (const question of questions) {
          const [was, is] = [plainMayCommand(before, question), plainMayCommand(after, question)];
          if (is && !was) expect(directions).toContain('WIDENS');
          if (was && !is) expect(directions).toContain('NARROWS');
        }
      },
    );
    fc.assert(property, { numRuns: 150, seed: 7 });
  }, 120_000);

  it('names every single clause that was changed, and nothing when nothing was', () => {
    for (const { place, policy } of [...reads, ...commands]) {
      expect([place, changesBetween(casePolicy, policy).length > 0]).toEqual([place, policy.hash !== casePolicy.hash && !isSame(policy)]);
    }
    expect(changesBetween(casePolicy, casePolicy)).toEqual([]);
  }, 120_000);
});

/** A rule without roles permits nobody in any standing: adding one of the two alone changes nothing. */
function isSame(policy: Policy): boolean {
  const pairs = (p: Policy): string =>
    JSON.stringify(
      p.commands.map(({ command, roles, standings, acr, system }) => [
        command,
        roles.length * standings.length === 0 ? [] : [roles, standings],
        acr,
        system,
      ]),
    );
  return JSON.stringify(policy.reading) === JSON.stringify(casePolicy.reading) && pairs(policy) === pairs(casePolicy);
}
