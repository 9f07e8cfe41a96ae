import 'reflect-metadata';
import { runCli } from '@raccordo/cli';
import { composition } from './composition';

void runCli(process.argv.slice(2), composition)
  .catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : 'could not be done');
    return 1;
  })
  .then((code) => process.exit(code));
