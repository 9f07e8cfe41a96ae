import { readConfig } from '@platform/config';
import { type Composition, startApplication } from '@platform/runtime';
import { EXIT, type Output } from './output';

/** Serves until Ctrl-C or a polite kill, then takes everything down in order. */
export async function startCommand(composition: Composition, output: Output): Promise<number> {
  const running = await startApplication(readConfig(), composition);
  output.say({ ready: running.url }, `ready ${running.url}`);
  await new Promise<void>((resolve) => process.once('SIGINT', resolve).once('SIGTERM', resolve));
  await running.stop();
  return EXIT.ok;
}
