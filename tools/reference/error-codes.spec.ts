import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';

/** JavaScript without declarations. */
const GENERATOR: string = './error-codes.mjs';

interface Found {
  readonly code: string;
  readonly kind: string;
  readonly detail: string;
}

describe('the codes of errors', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'raccordo-codes-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const codesOf = async (source: string): Promise<Found[]> => {
    const { errorCodes } = (await import(GENERATOR)) as { errorCodes: (files: readonly string[]) => Found[] };
    const file = path.join(folder, 'source.ts');
    writeFileSync(file, source);
    return errorCodes([file]);
  };

  it('are found where an error is made', async () => {
    expect(await codesOf(`throw refused('noun.reason', 'A rule says no.');`)).toEqual([
      { code: 'noun.reason', kind: 'refused', detail: 'A rule says no.' },
    ]);
  });

  it.each([
    ['a function', `function recent(code: string) { throw new DomainError(code, 'unavailable', 'Later.'); } recent('noun.behind');`],
    ['an arrow', `const recent = (code: string) => new DomainError(code, 'unavailable', 'Later.'); throw recent('noun.behind');`],
    [
      'a method of its own',
      `class Reading {
         open() { this.#recent('noun.behind'); }
         #recent(code: string) { throw new DomainError(code, 'unavailable', 'Later.'); }
       }`,
    ],
  ])('are found where they are handed to %s', async (_, source) => {
    expect(await codesOf(source)).toEqual([{ code: 'noun.behind', kind: 'unavailable', detail: 'Later.' }]);
  });
});
