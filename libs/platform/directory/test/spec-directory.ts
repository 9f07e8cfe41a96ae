import type { Published } from '@contracts';
import type { BusConsumer } from '@platform/consuming';
import { Clock } from '@platform/kernel';
import type { DataSource } from 'typeorm';
import { type SpecDatabase, specDatabase } from '../../event-store/test/spec-database';
import { directoryConsumer, directorySchema, directoryTables, PostgresDirectory } from '../src/index';
import { minutes } from './story';

/** The directory of cases on a database of its own, with a clock that is held. */
export class SpecDirectory {
  now = minutes(60);
  readonly directory: PostgresDirectory;

  private constructor(
    private readonly database: SpecDatabase,
    readonly reader: DataSource,
    readonly writer: DataSource,
  ) {
    const told = (): string => this.now;
    this.directory = new PostgresDirectory(
      reader,
      'cases',
      new (class extends Clock {
        now = told;
      })(),
    );
  }

  static async start(): Promise<SpecDirectory> {
    const database = await specDatabase([
      { schemas: ['cases'], roles: ['raccordo_cases', 'raccordo_cases_projector'], sql: directorySchema('cases') },
    ]);
    return new SpecDirectory(database, await database.databases.reader('cases'), await database.databases.writer('cases'));
  }

  async empty(): Promise<void> {
    this.now = minutes(60);
    for (const table of directoryTables('cases')) await this.writer.query(`delete from ${table}`);
  }

  play = async (messages: readonly Published[], consumer: BusConsumer = directoryConsumer('cases')): Promise<void> => {
    for (const message of messages) {
      await this.writer.transaction(async (tx) => consumer.handlers[message.type.split('.')[2]!]?.(message as never, tx));
    }
  };

  stop = (): Promise<void> => this.database.drop();
}
