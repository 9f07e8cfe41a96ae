import { readConfig } from '@platform/config';
import { type Composition, serve } from '@platform/runtime';
import { EXIT, type Output } from './output';

/** Serves until Ctrl-C or a polite kill, then takes everything down in order. */
export async function startCommand(composition: Composition, output: Output): Promise<number> {
  let fail: (error: unknown) => void = () => undefined;
  const ended = new Promise<void>((resolve, reject) => {
    fail = reject;
    process.once('SIGINT', resolve).once('SIGTERM', resolve);
  });
  const serving = await serve(readConfig(), composition, fail);
  output.say({ ready: serving.url }, `ready ${serving.url}`);
  if (serving.hint !== undefined) output.note(serving.hint);
  await ended;
  await serving.stop();
  return EXIT.ok;
}
