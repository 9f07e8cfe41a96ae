import { Checks, type Fault, type Step } from './step';
import { STEPS } from './steps';
import { runStory, UnknownFault } from './story';
import type { World } from './world';

const untouched: Fault = ({ status, body }) => ({ status, body });
const step = (number: number, run: (world: World, check: Checks) => void): Step => ({
  number,
  name: `step ${number}`,
  run: (world, check) => Promise.resolve(run(world, check)),
  fault: untouched,
});
const kept = (check: Checks): void => check.refused('a stranger is kept out', { status: 404, body: {} }, 404);
const nowhere = (): World => ({ fault: undefined }) as World;

describe('the story', () => {
  it('has its steps in order, each with a fault of its own', () => {
    const numbers = STEPS.map(({ number }) => number);
    expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => a - b));
    expect(new Set(STEPS.map(({ fault }) => fault)).size).toBe(STEPS.length);
  });

  it('counts a step without a refusal as one that does not hold', async () => {
    const [result] = await runStory(nowhere(), [step(1, (_, check) => check.holds('the sky is blue', true))]);
    expect(result).toMatchObject({ step: 1, ok: false });
  });

  it('holds when every check does and somebody was kept out', async () => {
    const [result] = await runStory(nowhere(), [step(1, (_, check) => kept(check))]);
    expect(result).toEqual({
      step: 1,
      name: 'step 1',
      ok: true,
      checks: [{ what: 'a stranger is kept out', refusal: true, ok: true }],
    });
  });

  it('tells what was thrown, keeps what was seen before, and goes on', async () => {
    const results = await runStory(nowhere(), [
      step(1, (_, check) => {
        kept(check);
        throw new Error('the line went dead');
      }),
      step(2, (_, check) => kept(check)),
    ]);
    expect(results.map(({ ok }) => ok)).toEqual([false, true]);
    expect(results[0]?.checks).toHaveLength(2);
    expect(results[0]?.checks[1]?.seen).toBe('the line went dead');
  });

  it('plants a fault while its step runs only, and ends with that step', async () => {
    const world = nowhere();
    const seen: (Fault | undefined)[] = [];
    const looks = (number: number): Step =>
      step(number, (_, check) => {
        seen.push(world.fault);
        kept(check);
      });
    const results = await runStory(world, [looks(1), looks(2), looks(3)], { fault: 2 });
    expect(results).toHaveLength(2);
    expect(seen).toEqual([undefined, untouched]);
    expect(world.fault).toBeUndefined();
  });

  it('lets a fault go also when its step throws', async () => {
    const world = nowhere();
    await runStory(world, [step(1, () => { throw new Error('broken'); })], { fault: 1 }); // prettier-ignore
    expect(world.fault).toBeUndefined();
  });

  it('refuses a fault it does not have before anything is played', async () => {
    let played = 0;
    await expect(runStory(nowhere(), [step(1, () => void played++)], { fault: 9 })).rejects.toThrow(UnknownFault);
    expect(played).toBe(0);
  });
});
