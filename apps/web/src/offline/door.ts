import { useSyncExternalStore } from 'react';
import type { OpenLocker } from './locker';

/** What the page knows of the locker on this device. The key lives here and nowhere else, and goes with the page. */
export interface Door {
  /** Nobody looked yet · this device keeps nothing for this person · closed · open. */
  readonly state: 'unknown' | 'none' | 'closed' | 'open';
  readonly locker?: OpenLocker;
  /** Commands that wait to be sent; known without the key. */
  readonly waiting: number;
  readonly drafts: number;
  /** Goes up whenever what lies inside may have changed. */
  readonly version: number;
}

let door: Door = { state: 'unknown', waiting: 0, drafts: 0, version: 0 };
const listeners = new Set<() => void>();

export const doorNow = (): Door => door;

export function setDoor(change: Partial<Pick<Door, 'state' | 'waiting' | 'drafts'>> & { locker?: OpenLocker | undefined }): void {
  const { locker = door.locker, ...rest } = change;
  const next = { ...door, ...rest, version: door.version + 1 };
  door = next.state === 'open' && locker ? { ...next, locker } : without(next);
  for (const listener of listeners) listener();
}
const without = ({ state, waiting, drafts, version }: Door): Door => ({ state, waiting, drafts, version });

/** Forgets the key. What is sealed stays sealed. */
export const closeDoor = (): void => {
  if (door.state === 'open') setDoor({ state: 'closed' });
};

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => void listeners.delete(listener);
};
export const useDoor = (): Door => useSyncExternalStore(subscribe, doorNow);

const subscribeLine = (listener: () => void): (() => void) => {
  window.addEventListener('online', listener);
  window.addEventListener('offline', listener);
  return () => {
    window.removeEventListener('online', listener);
    window.removeEventListener('offline', listener);
  };
};
/** What the browser believes. That the server answers is known only by asking it. */
export const useOnline = (): boolean => useSyncExternalStore(subscribeLine, () => navigator.onLine);
