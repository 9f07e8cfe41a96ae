import { it } from 'node:test';

/** Steps of one story: after one that failed the others say so at once, instead of waiting for what cannot come. */
export function steps(): (name: string, step: () => Promise<void>) => void {
  let broken: string | undefined;
  return (name, step) => {
    void it(name, async () => {
      if (broken !== undefined) throw new Error(`«${broken}» failed before`);
      broken = name;
      await step();
      broken = undefined;
    });
  };
}
