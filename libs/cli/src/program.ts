import { Command, CommanderError, Option } from 'commander';
import { VERSION } from '@platform/config';
import type { Composition } from '@platform/runtime';
import { addCaseCommands, addInstanceCommands, type Runs } from './commands';
import { type Asked, CommandFailure, EXIT, LANGUAGES, Output, type Streams } from './output';
import { failureOf } from './refusals';

const STREAMS: Streams = {
  out: (line) => console.log(line),
  err: (line) => console.error(line),
  ...(process.stderr.isTTY ? { now: (line: string) => void process.stderr.write(`\r\x1b[2K${line}`) } : {}),
};

/**
 * Runs one command of `raccordo` and answers its exit code: 0 yes, 1 no, 2 wrong use, 130 stopped.
 * @param argv words after the program's name
 * @param composition the contexts the command works with, as the composition root names them
 */
export async function runCli(argv: readonly string[], composition: Composition, streams: Streams = STREAMS): Promise<number> {
  let code: number = EXIT.ok;
  const runs: Runs =
    <T>(work: (asked: T & Asked, output: Output, words: string[]) => Promise<number> | number) =>
    async (...given: unknown[]): Promise<void> => {
      const asked = given.at(-2) as T & Asked;
      const output = new Output(streams, asked);
      try {
        code = await work(asked, output, given.slice(0, -2) as string[]);
      } catch (error) {
        code = said(error, output);
      }
    };
  const program = programOf(streams, runs, composition);
  try {
    await program.parseAsync([...argv], { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
    throw error;
  }
}

/** The program with all its commands. What is common is set first: a command takes it over when it is made. */
function programOf(streams: Streams, runs: Runs, composition: Composition): Command {
  const program = new Command('raccordo').description('Raccordo on the command line.').version(VERSION).exitOverride();
  const write = (line: (text: string) => void) => (text: string) => line(text.replace(/\n$/, ''));
  program.configureOutput({ writeOut: write((text) => streams.out(text)), writeErr: write((text) => streams.err(text)) });
  const command = (name: string, description: string, under: Command = program): Command =>
    under
      .command(name)
      .description(description)
      .option('--json', 'one line of JSON for each result', false)
      .addOption(new Option('--lang <language>', 'language of what is said').choices(LANGUAGES).default('it'));
  const group = (name: string, description: string): Command => program.command(name).description(description);
  addInstanceCommands(command, group, runs, composition);
  addCaseCommands(command, group, runs);
  return program;
}

/** One command as the reference lists it. */
export interface CommandEntry {
  /** With the words before it and its arguments, e.g. `projections rebuild <name>`. */
  readonly usage: string;
  readonly description: string;
  /** Without those that all commands share. */
  readonly options: readonly { readonly flags: string; readonly description: string; readonly fallback?: string }[];
}

/** Every command that can be asked, for the reference. */
export function commandReference(): CommandEntry[] {
  const nothing: Streams = { out: () => undefined, err: () => undefined };
  const program = programOf(nothing, () => () => Promise.resolve(), { contexts: [], personas: [], version: VERSION });
  const entries = (command: Command, before: string): CommandEntry[] => {
    const name = `${before}${command.name()}`;
    if (command.commands.length > 0) return command.commands.flatMap((one) => entries(one, `${name} `));
    const words = command.registeredArguments.map((one) => (one.required ? `<${one.name()}>` : `[${one.name()}]`));
    const options = command.options
      .filter(({ long }) => long !== '--json' && long !== '--lang')
      .map(({ flags, description, mandatory, defaultValue }) => ({
        flags,
        description: mandatory ? `${description} (required)` : description,
        ...(defaultValue === undefined || defaultValue === false ? {} : { fallback: String(defaultValue) }),
      }));
    return [{ usage: [name, ...words].join(' '), description: command.description(), options }];
  };
  return program.commands.flatMap((command) => entries(command, ''));
}

function said(error: unknown, output: Output): number {
  const failure = error instanceof CommandFailure ? error : failureOf(error);
  output.fail(failure);
  return failure.exit;
}
