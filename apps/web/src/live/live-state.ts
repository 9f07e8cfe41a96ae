import { useSyncExternalStore } from 'react';
import type { LiveContext } from './contexts';

/** `off`: nobody follows, as before sign-in. `interrupted`: pages ask by themselves every few seconds until the stream is back. */
export type LiveState = 'off' | 'live' | 'interrupted';

let states: Readonly<Partial<Record<LiveContext, LiveState>>> = {};
const listeners = new Set<() => void>();

export const setLive = (context: LiveContext, state: LiveState): void => {
  if (states[context] === state) return;
  states = { ...states, [context]: state };
  for (const listener of listeners) listener();
};
export const liveStates = (): typeof states => states;

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => void listeners.delete(listener);
};

export const useLive = (context: LiveContext | undefined): boolean =>
  useSyncExternalStore(subscribe, () => context !== undefined && states[context] === 'live');

export const useInterrupted = (): boolean => useSyncExternalStore(subscribe, () => Object.values(states).includes('interrupted'));
