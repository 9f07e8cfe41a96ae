import type { QueryClient } from '@tanstack/react-query';
import type { GetPath } from '../api/client';
import { contextOf, type LiveContext } from './contexts';

/** Readings that a notice of the server set off, and nobody at the keyboard: they must not keep the session alive. */
const told = new Set<string>();

/** Reads again what is shown of a context; what is not shown is read when it is. */
export function readAgain(client: QueryClient, context: LiveContext): void {
  const at = Date.now();
  const filters = {
    predicate: ({ queryKey, state }: { queryKey: readonly unknown[]; state: { dataUpdatedAt: number } }) =>
      typeof queryKey[0] === 'string' && contextOf(queryKey[0] as GetPath) === context && state.dataUpdatedAt <= at,
  };
  for (const query of client.getQueryCache().findAll({ ...filters, type: 'active' })) told.add(query.queryHash);
  void client.invalidateQueries(filters);
}

/** Whether this reading was set off so. */
export const wasTold = (hash: string): boolean => told.has(hash);
/** It was read: what asks next is somebody at the keyboard again. */
export const settled = (hash: string): void => void told.delete(hash);
