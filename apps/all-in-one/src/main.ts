import 'reflect-metadata';
import { readConfig } from '@platform/config';
import { serve } from '@platform/runtime';
import { composition } from './composition';

async function main(): Promise<void> {
  const serving = await serve(readConfig(), composition, failed);
  let ending = false;
  const end = (): void => {
    if (ending) return;
    ending = true;
    void serving.stop().then(() => process.exit(0));
  };
  process.on('SIGINT', end).on('SIGTERM', end);
  console.log(`ready ${serving.url}`);
  if (serving.hint !== undefined) console.error(serving.hint);
}

function failed(error: unknown): void {
  console.error(error instanceof Error ? error.message : 'could not start');
  process.exit(1);
}

main().catch(failed);
