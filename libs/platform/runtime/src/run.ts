import 'reflect-metadata';
import { type Config, readConfig } from '@platform/config';

/** The whole life of a process: starts with the configuration of the environment, says that it is ready, ends on the first signal. */
export async function run(start: (config: Config) => Promise<{ readonly url: string; stop(): Promise<void> }>): Promise<void> {
  try {
    const running = await start(readConfig());
    let ending = false;
    const end = (): void => {
      if (ending) return;
      ending = true;
      void running.stop().then(() => process.exit(0));
    };
    process.on('SIGINT', end).on('SIGTERM', end);
    console.log(`ready ${running.url}`);
  } catch (error) {
    console.error(error instanceof Error ? error.message : 'could not start');
    process.exit(1);
  }
}
