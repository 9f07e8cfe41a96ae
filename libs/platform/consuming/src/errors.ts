import { DomainError } from '@platform/kernel';

/**
 * An event is of a schema its handler does not know. The consumer stops there: skipping would make its rows wrong for ever,
 * while a newer release can go on from the same place.
 */
export class UnknownSchema extends Error {
  constructor(
    readonly type: string,
    readonly schema: number | string,
  ) {
    super(`${type} of schema ${schema} is not known here`);
  }
}

/**
 * A consumer has applied events that its log does not hold: the store was restored to an older state than the read models. What is appended from
 * now on could take places it believes to have seen, and would be passed over.
 */
export class AheadOfStore extends Error {
  constructor(readonly log: string) {
    super(`${log} ends before what has been applied of it: store and database are not of one backup`);
  }
}

/** A rebuild ended before its time: somebody asked for it, or its process stops. What it did is rolled back. */
export class RebuildEnded extends Error {
  constructor(
    consumer: string,
    readonly how: 'cancelled' | 'interrupted',
  ) {
    super(`the rebuild of ${consumer} was ${how}: nothing has changed`);
  }
}

/** Another worker has moved the checkpoint: what this one did is rolled back. */
export class Fenced extends Error {}

/** A handler failed on one event of a page. */
export class HandlerFailed extends Error {
  constructor(
    readonly index: number,
    override readonly cause: unknown,
  ) {
    super('a handler failed');
  }
}

/** A handler failed on a run of events: which of them is at fault shows when they are handled one by one. */
export class RunFailed extends Error {
  constructor(override readonly cause: unknown) {
    super('a handler failed on a run of events');
  }
}

const codeOf = (error: unknown): string => {
  const { code, driverError } = (error ?? {}) as { code?: unknown; driverError?: { code?: unknown } };
  const found = code ?? driverError?.code;
  return typeof found === 'string' ? found : '';
};

/** How pg and TypeORM speak of a connection that went away under them; neither gives it a code. */
const BROKEN = /AlreadyReleased|Connection terminated|connection error|timeout exceeded when trying to connect|Driver not Connected/;

/**
 * Would the same attempt succeed later without anybody's help? Connection faults, deadlocks and services that are down are waited out;
 * everything else is the event's or the handler's fault.
 */
export function isPassing(error: unknown): boolean {
  if (error instanceof Fenced) return true;
  if (error instanceof DomainError) return error.kind === 'unavailable' || error.kind === 'too-many';
  if (/^(08|53|57P|40)|^E[A-Z]+$/.test(codeOf(error))) return true;
  return error instanceof Error && BROKEN.test(`${error.name} ${error.message}`);
}

/** What may be kept of an error without keeping anything about a person: a code or the error's class, never its message. */
export function reasonOf(error: unknown): string {
  if (error instanceof DomainError) return error.code;
  return codeOf(error) || (error instanceof Error ? error.constructor.name : typeof error);
}
