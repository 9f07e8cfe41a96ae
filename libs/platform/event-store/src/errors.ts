import { DomainError } from '@platform/kernel';

/** A stream belongs to one log for ever. */
export class WrongLog extends Error {
  constructor(
    readonly stream: string,
    readonly log: string,
  ) {
    super(`${stream} lives in another log than ${log}`);
  }
}

/** An event id is stored already, but not as the same append at the same place. */
export class IdReused extends Error {
  constructor(readonly stream: string) {
    super(`an event id of the append to ${stream} is in use elsewhere`);
  }
}

/** The store cannot be reached just now. Whether a running append was stored is unknown: resend it with the same ids. */
export const storeUnavailable = (): DomainError =>
  new DomainError('store.unavailable', 'unavailable', 'The event store cannot be reached just now.', [], 1);

/** The events are being copied to another store, or have been: nothing is appended here any more. */
export const storeMoved = (): DomainError =>
  new DomainError('store.moved', 'unavailable', 'The events have moved to another store, or are about to.', [], 60);
