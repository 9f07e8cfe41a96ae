import { type Command, InvalidArgumentError, Option } from 'commander';
import { SKIP_REASONS } from '@platform/messaging';
import type { Composition } from '@platform/runtime';
import { type BackupAsked, backupCommand, restoreCommand } from './backup-commands';
import { type AskedOfInstance, canCommand, replayCommand, shredCommand } from './case-commands';
import { clusterKeysCommand, prepareCommand } from './cluster-commands';
import { doctorCommand } from './doctor-command';
import { type MigrateAsked, migrateCommand } from './migrate-command';
import type { Asked, Output } from './output';
import { projectionStatus, rebuildProjection, replayParked } from './projection-commands';
import { seedCommand } from './seed-command';
import { startCommand } from './start-command';
import { storyCommand } from './story-command';
import { createTopicsCommand, type SkipAsked, skipRecordCommand, type TopicsAsked } from './topics-command';
import { inviteUser, listUsers, resetUser } from './user-commands';
import { type VerifyAsked, verifyCommand } from './verify-command';

/** Makes a command with the options all share; `under` another one when given. */
export type Makes = (name: string, description: string, under?: Command) => Command;
/** Makes a command that only holds others: an option of its own would be taken from them. */
export type Groups = (name: string, description: string) => Command;
/** Turns work that answers an exit code into an action of a command. */
export type Runs = <T>(
  work: (asked: T & Asked, output: Output, words: string[]) => number | Promise<number>,
) => (...given: unknown[]) => Promise<void>;

const whole = (text: string): number => {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('must be a whole number');
  return Number(text);
};
const address = (text: string): string => {
  if (!/^https?:\/\/[^/\s]+\/?$/.test(text)) throw new InvalidArgumentError('must be an http address without a path');
  return text.replace(/\/$/, '');
};

/** Commands about an instance and its data folder. */
export function addInstanceCommands(command: Makes, group: Groups, runs: Runs, composition: Composition): void {
  command('start', 'Starts the service with the configuration of the environment.').action(
    runs((_, output) => startCommand(composition, output)),
  );
  command('story', 'Plays the invented story over HTTP and checks every step of it.')
    .option('--url <address>', 'an instance in demo mode; without it one is started and removed again', address)
    .option('--fault <step>', 'answers this step as a broken server would: it has to fail', whole)
    .action(runs<{ url?: string; fault?: number }>((asked, output) => storyCommand(composition, asked, output)));
  command('seed', 'Fills an empty instance with invented data.').action(runs((_, output) => seedCommand(composition, output)));
  command('doctor', 'Looks at everything the installation stands on, and says what to do.').action(
    runs((_, output) => doctorCommand(output)),
  );

  command('cluster-keys', 'Makes the keys of an installation of separate services; existing ones stay.')
    .argument('<folder>')
    .action(runs((_, output, [folder = '']) => clusterKeysCommand(folder, output)));
  command('prepare', 'Makes roles and schemas in DATABASE_URL for separate services.')
    .option('--vault', 'the vault’s own database, with the vault’s own DATA_DIR', false)
    .action(runs<{ vault?: boolean }>((asked, output) => prepareCommand(composition, asked, output)));

  const kept = (name: string, description: string): Command =>
    command(name, description)
      .argument('<folder>', 'folder of the backup')
      .requiredOption('--region-keys <file>', 'second file, kept apart: the keys that open persons’ data')
      .requiredOption('--passphrase-file <file>', 'file with the passphrase of the region keys, mode 0600');
  kept('backup', 'Copies the running or stopped instance on DATA_DIR.').action(
    runs<BackupAsked>((asked, output, [folder = '']) => backupCommand(folder, asked, output)),
  );
  kept('restore', 'Puts a backup into an empty DATA_DIR.').action(
    runs<BackupAsked>((asked, output, [folder = '']) => restoreCommand(folder, asked, output)),
  );

  const projections = group('projections', 'Read models and reactors of the running instance.');
  command('status', 'How far each one is.', projections).action(runs((_, output) => projectionStatus(output)));
  command('rebuild', 'Empties one and reads everything again.', projections)
    .argument('<name>')
    .action(runs((_, output, [name = '']) => rebuildProjection(name, output)));
  command('replay', 'Handles what it has parked once more.', projections)
    .argument('<name>')
    .action(runs((_, output, [name = '']) => replayParked(name, output)));

  const user = group('user', 'Ways in of people, where the running instance keeps its own accounts. For when nobody else can open one.');
  command('list', 'Who may have an account and how far they are; without names.', user).action(runs((_, output) => listUsers(output)));
  command('invite', 'Opens a way in for somebody without an account: one link, for one use.', user)
    .argument('<person>', 'id of the member, or the beginning of it')
    .action(runs((_, output, [who = '']) => inviteUser(who, output)));
  command('reset', 'Ends somebody’s sessions, throws their keys and password away, and opens a way to make new ones.', user)
    .argument('<person>', 'id of the member, or the beginning of it')
    .action(runs((_, output, [who = '']) => resetUser(who, output)));

  const migrate = group('migrate', 'Moves an installation to other engines.');
  command('embedded-to-cluster', 'Copies all events to KURRENTDB_URL, proves that they are the same, and switches.', migrate)
    .option('--abandon', 'takes an unfinished move back')
    .action(runs<MigrateAsked>((asked, output) => migrateCommand(composition, asked, output)));

  const topics = group('topics', 'Topics of the contexts on Kafka.');
  command('create', 'Makes those that are missing. Partitions are chosen once and for ever.', topics)
    .option('--partitions <count>', 'how many processes may share the work of one consumer', whole, 6)
    .option('--copies <count>', 'brokers that hold each event', whole, 3)
    .action(runs<TopicsAsked>((asked, output) => createTopicsCommand(asked, output)));
  command('skip', 'Lets consumers pass over one record that no consumer can read. The decision stays on record.', topics)
    .arguments('<topic> <partition> <offset>')
    .addOption(new Option('--reason <reason>', 'whose it was').choices(SKIP_REASONS).makeOptionMandatory())
    .action(runs<SkipAsked>((asked, output, words) => skipRecordCommand(words, asked, output)));
}

/** Commands about cases, keys and the trail; signed in as a person of the demo, or without any server. */
export function addCaseCommands(command: Makes, group: Groups, runs: Runs): void {
  const asking = (name: string, description: string, as: string, under?: Command): Command =>
    command(name, description, under)
      .option('--url <address>', 'instance in demo mode; the one on DATA_DIR unless told', address)
      .option('--as <persona>', 'who asks', as);
  asking('replay', 'A case as it was, and who could see what.', 'ada')
    .argument('<case>', 'handle, as the trail calls the case')
    .requiredOption('--at <point>', 'number of an entry, r<revision of the case>, or an instant')
    .action(runs<AskedOfInstance & { at: string }>((asked, output, [handle = '']) => replayCommand(handle, asked, output)));
  asking('can', 'Whether somebody may do something with a case.', 'ada')
    .argument('<user>', 'persona or member id')
    .argument('<action>', 'ReadCase, or a command such as CloseCase')
    .argument('<case>', 'handle, as the trail calls the case')
    .option('--purpose <purpose>', 'purpose they would state')
    .option('--why', 'says the reason')
    .action(
      runs<AskedOfInstance & { why?: boolean; purpose?: string }>((asked, output, [who = '', act = '', handle = '']) =>
        canCommand([who, act, handle], asked, output),
      ),
    );
  const keys = group('keys', 'Keys of the regions’ subjects.');
  asking('shred', 'Lists erasures that wait; with a handle, approves one and destroys the key.', 'dora', keys)
    .argument('[erasure]', 'handle of the erasure')
    .action(runs<AskedOfInstance>((asked, output, [handle]) => shredCommand(handle, asked, output)));
  command('verify', 'Checks an exported audit trail. Needs no server.')
    .requiredOption('--bundle <file>', 'the exported trail')
    .option('--checkpoint <file>', 'signed checkpoint kept outside')
    .option('--vkey <key>', 'public key of the log, or a file with it')
    .action(runs<VerifyAsked>((asked, output) => verifyCommand(asked, output)));
}
