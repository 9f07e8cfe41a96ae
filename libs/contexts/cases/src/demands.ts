import { type Declarations, faultsOf } from '@contracts';
import { findComune, isCode, type ListName } from '@platform/codes';
import { type Actor, DomainError, type DomainEvent, FIELD_GROUPS, type FieldGroup, invalid, isSystem, refused } from '@platform/kernel';
import { isInstant, isReached } from './instants';

// What every rule of this context may demand of a command; each refusal carries the noun it is about.

/** @throws DomainError kind invalid `<noun>.unknown-<list>` with the pointer */
export function demandCode(noun: string, list: ListName, value: string, pointer: string): void {
  if (!isCode(list, value)) throw invalid(`${noun}.unknown-${list}`, pointer, 'This code is not on the list.');
}

/** At least one code, all on the list, none twice. */
export function demandCodes(noun: string, list: ListName, values: readonly string[], pointer: string): void {
  if (values.length === 0) throw invalid(`${noun}.unknown-${list}`, pointer, 'Name at least one code.');
  values.forEach((value, n) => demandCode(noun, list, value, `${pointer}/${n}`));
  if (new Set(values).size !== values.length) throw invalid(`${noun}.code-twice`, pointer, 'A code stands here twice.');
}

/** @throws DomainError kind invalid `<noun>.unknown-comune`: a comune is its six-digit ISTAT code */
export function demandComune(noun: string, comune: string): void {
  if (!findComune(comune)) throw invalid(`${noun}.unknown-comune`, '/comune', 'There is no comune with this six-digit ISTAT code.');
}

/** At least one field group, all known, none twice. */
export function demandGroups(noun: string, groups: readonly FieldGroup[], pointer = '/groups'): void {
  const foreign = groups.findIndex((group) => !FIELD_GROUPS.includes(group));
  if (foreign >= 0) throw invalid(`${noun}.unknown-group`, `${pointer}/${foreign}`, 'There is no such field group.');
  if (groups.length === 0) throw invalid(`${noun}.no-groups`, pointer, 'Name at least one field group.');
  if (new Set(groups).size !== groups.length) throw invalid(`${noun}.code-twice`, pointer, 'A field group stands here twice.');
}

/** An instant that is still to come. */
export function demandFuture(noun: string, value: string, at: string, pointer: string): void {
  if (!isInstant(value)) throw invalid(`${noun}.no-instant`, pointer, 'Give an instant in UTC.');
  if (isReached(value, at)) throw refused(`${noun}.already-past`, 'The end given lies in the past.');
}

/** Clock-driven commands come from the service itself, and never early. */
export function demandClock(noun: string, actor: Actor, due: string, at: string): void {
  demandSystem(noun, actor);
  if (!isReached(due, at)) throw refused(`${noun}.not-yet`, 'The time for this has not come.');
}

export function demandSystem(noun: string, actor: Actor): void {
  if (!isSystem(actor)) throw new DomainError(`${noun}.only-by-clock`, 'forbidden', 'Only the service itself does this.');
}

/**
 * The last gate before a decision becomes history: whatever does not have the declared form (a name instead of a vault reference, say) stops here.
 * @throws DomainError kind invalid `<noun>.malformed` with pointers, never values
 */
export function sound<E extends DomainEvent>(noun: string, declared: Declarations, events: E[]): E[] {
  for (const { type, data } of events) {
    const errors = faultsOf(declared[type]?.fields ?? {}, data).map((fault) => {
      const [pointer = '/', ...message] = fault.split(': ');
      return { pointer, message: message.join(': ') };
    });
    if (errors.length > 0)
      throw new DomainError(`${noun}.malformed`, 'invalid', 'Some fields do not have the form they must have.', errors);
  }
  return events;
}

export const sameSet = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && one.every((each) => other.includes(each));
export const without = <T>(all: readonly T[], some: readonly T[]): T[] => all.filter((each) => !some.includes(each));
