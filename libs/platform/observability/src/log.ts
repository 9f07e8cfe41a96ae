import type { LoggerService } from '@nestjs/common';
import pino, { type DestinationStream, type Level, type LevelWithSilent, type Logger } from 'pino';
import { originOf } from '@platform/http';
import { allowed, type LogLine } from './log-line';

/** Who speaks of nothing but our own classes and routes: without these sentences nobody finds a wiring mistake. */
const FRAMEWORK = new Set([
  'NestFactory',
  'InstanceLoader',
  'RoutesResolver',
  'RouterExplorer',
  'NestApplication',
  'NestMicroservice',
  'Injector',
  'ExceptionHandler',
  'ExceptionsHandler',
]);

/**
 * JSON lines by allow-list. Free text never reaches the log: callers name an `event` and fields of `LogLine`.
 * Also Nest's logger: what the framework says in words is reduced to where it came from.
 */
export class Log implements LoggerService {
  readonly #pino: Logger;
  #starting = true;

  constructor(level: LevelWithSilent, destination?: DestinationStream) {
    const options = {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label: string) => ({ level: label }) },
    };
    this.#pino = destination ? pino(options, destination) : pino(options);
  }

  /** The service listens: from now on nothing is written in words. */
  started(): void {
    this.#starting = false;
  }

  write(level: Level, event: string, line: LogLine = {}): void {
    this.#pino[level](allowed({ ...line, event }));
  }

  log = (message: unknown, ...rest: unknown[]): void => this.#say('info', message, rest);
  warn = (message: unknown, ...rest: unknown[]): void => this.#say('warn', message, rest);
  error = (message: unknown, ...rest: unknown[]): void => this.#say('error', message, rest);
  fatal = (message: unknown, ...rest: unknown[]): void => this.#say('fatal', message, rest);
  debug = (message: unknown, ...rest: unknown[]): void => this.#say('debug', message, rest);
  verbose = (message: unknown, ...rest: unknown[]): void => this.#say('trace', message, rest);

  #say(level: Level, message: unknown, rest: readonly unknown[]): void {
    const last = rest.at(-1);
    const context = typeof last === 'string' && /^[A-Za-z][\w.-]{0,79}$/.test(last) ? last : undefined;
    // Nest hands over either one of our own lines, an error, or a sentence.
    if (message instanceof Error) return this.#pino[level](allowed({ event: 'error', context, at: originOf(message) }));
    if (typeof message === 'object' && message !== null) return this.#pino[level](allowed({ event: 'line', context, ...message }));
    const known = context !== undefined && FRAMEWORK.has(context);
    // While the process starts there are no requests that a sentence could quote.
    const text = known && this.#starting ? { text: String(message) } : {};
    this.#pino[known && level === 'info' ? 'debug' : level]({ ...allowed({ event: 'framework', context }), ...text });
  }
}
