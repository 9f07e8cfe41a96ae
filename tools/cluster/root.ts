import { existsSync } from 'node:fs';
import * as path from 'node:path';

/** The folder of package.json, from the built output as from the source. */
export const ROOT = ((): string => {
  for (let folder = __dirname; folder !== path.dirname(folder); folder = path.dirname(folder))
    if (existsSync(path.join(folder, 'package.json'))) return folder;
  throw new Error('there is no package.json above this folder');
})();
