import { publishedContracts } from './all';
import type { Contract } from './contract';

/** A message of a version that this release does not know: a newer one may. */
export class UnknownVersion extends Error {
  constructor(
    readonly event: string,
    readonly version: number,
  ) {
    super(`version ${version} of ${event} is not known here`);
  }
}

interface Typed {
  readonly type: string;
  readonly data: object;
}

/**
 * A published event in the form its handlers know, whatever version it was published in. What no contract speaks of comes back as it is.
 * @throws UnknownVersion for a later version than this release's: it may mean something else, and is better waited with than misread
 */
export function upToDate<M extends Typed>(message: M, contracts: readonly Contract[] = publishedContracts): M {
  const [, context = '', event = '', number = ''] = /^raccordo\.([^.]+)\.([^.]+)\.v(\d+)$/.exec(message.type) ?? [];
  const declared = contracts.find((each) => each.context === context)?.events[event];
  if (!declared || Number(number) === declared.version) return message;
  let data = message.data as Readonly<Record<string, unknown>>;
  for (let version = Number(number); version !== declared.version; version++) {
    const upcast = declared.upcasters?.[version];
    if (version > declared.version || !upcast) throw new UnknownVersion(event, Number(number));
    data = upcast(data) as Readonly<Record<string, unknown>>;
  }
  return { ...message, type: `raccordo.${context}.${event}.v${declared.version}`, data };
}
