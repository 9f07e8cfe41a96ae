import { type DynamicModule, Module } from '@nestjs/common';
import { type Config, isLoopback } from '@platform/config';
import { type Composition, type Running, startApplication } from './application';
import { FirstChoice } from './first-choice';
import { folders } from './folders';
import { inDemoMode } from './invented-data';

@Module({})
class FirstChoiceModule {
  static of(choice: FirstChoice): DynamicModule {
    const providers = [{ provide: FirstChoice, useValue: choice }];
    return { module: FirstChoiceModule, global: true, providers, exports: providers };
  }
}

export interface Serving {
  /** Stays the same when the application starts again. */
  readonly url: string;
  /** What to tell whoever started it, in Italian and English; undefined when there is nothing but the address. */
  readonly hint: string | undefined;
  /** The application has started again in demo mode, or could not. */
  readonly again: Promise<void>;
  stop(): Promise<void>;
}

/**
 * Serves until it is stopped. When an empty installation is given to the story, the application starts again at the same address in demo mode:
 * everything that depends on the mode is made at the start, so nothing can be half in it.
 * @param onFailure told why it could not start again; nothing listens then
 */
export async function serve(config: Config, composition: Composition, onFailure: (error: unknown) => void): Promise<Serving> {
  const choice = new FirstChoice();
  const extra = [...(composition.extra ?? []), FirstChoiceModule.of(choice)];
  let running: Running | undefined = await startApplication(config, { ...composition, extra });
  const { url } = running;
  const hint = hintOf(running.foundation, url);
  let stopping = false;
  const again = choice.chosen.then(async () => {
    if (stopping) return;
    await running?.stop();
    running = undefined;
    if (stopping) return;
    running = await startApplication(inDemoMode(config, Number(new URL(url).port)), composition);
  });
  let switching: Promise<void> | undefined;
  void choice.chosen.then(() => (switching = again.catch(onFailure)));
  return {
    ...{ url, hint, again },
    stop: async () => {
      stopping = true;
      await switching;
      await running?.stop();
    },
  };
}

function hintOf({ config, setupToken }: Running['foundation'], url: string): string | undefined {
  if (config.DEMO) return 'DATI INVENTATI / INVENTED DATA';
  const token = setupToken.value;
  if (token === undefined) return undefined;
  // In a container's log a token would outlive its use: there it is read from its file.
  const door = isLoopback(config.HOST)
    ? `Inizia davvero / begin for real: ${url}/avvio#${token}`
    : `Inizia davvero / begin for real: ${config.PUBLIC_URL ?? url}/avvio, chiave in / key in ${folders(config.DATA_DIR).keys}/setup.token`;
  if (!FirstChoice.offered(config, setupToken)) return door;
  return `Vuoto: aprire l’indirizzo per cominciare, o \`npm run seed\` per i dati inventati / Empty: open the address to begin, or \`npm run seed\`\n${door}`;
}
