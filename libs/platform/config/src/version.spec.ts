import { readFileSync } from 'node:fs';
import { VERSION } from './version';

describe('the version', () => {
  it('is the same in the code, the package and the public-code description', () => {
    const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
    const described = /^softwareVersion: "(.+)"$/m.exec(readFileSync('publiccode.yml', 'utf8'))?.[1];
    expect([version, described]).toEqual([VERSION, VERSION]);
  });
});
