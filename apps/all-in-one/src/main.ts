import 'reflect-metadata';
import { readConfig } from '@platform/config';
import { startApplication } from '@platform/runtime';
import { composition } from './composition';

async function main(): Promise<void> {
  const running = await startApplication(readConfig(), composition);
  let ending = false;
  const end = (): void => {
    if (ending) return;
    ending = true;
    void running.stop().then(() => process.exit(0));
  };
  process.on('SIGINT', end).on('SIGTERM', end);
  console.log(`ready ${running.url}`);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : 'could not start');
  process.exit(1);
});
