import { useSyncExternalStore } from 'react';

/** `waiting`: installed, and waits to be taken. `former`: another page of this browser took it, and this one is of the version before. */
export type VersionState = 'current' | 'waiting' | 'former';

let state: VersionState = 'current';
let waiting: ServiceWorker | undefined;
let taking = false;
const listeners = new Set<() => void>();
/** A page may stay open for days: asked for at most this often, when somebody comes back to it. */
const ASK_AGAIN = 60 * 60_000;

const become = (next: VersionState): void => {
  state = next;
  for (const listener of listeners) listener();
};
const found = (worker: ServiceWorker | null): void => {
  if (!worker) return;
  waiting = worker;
  become('waiting');
};

/** The page can open without a line from its second visit on. Without TLS, or in a private window, it cannot, and nothing else changes. */
export async function keepShell(): Promise<void> {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return;
  const { serviceWorker } = navigator;
  // The very first one replaces nothing: nobody need be asked.
  let served = serviceWorker.controller !== null;
  serviceWorker.addEventListener('controllerchange', () => {
    // Reloaded only where somebody asked for it: in another page something may be half written.
    if (taking) location.reload();
    else if (served) become('former');
    served = true;
  });
  const registration = await serviceWorker.register('/sw.js', { updateViaCache: 'none' });
  found(registration.waiting);
  registration.addEventListener('updatefound', () => {
    const coming = registration.installing;
    coming?.addEventListener('statechange', () => {
      if (coming.state === 'installed' && serviceWorker.controller) found(coming);
    });
  });
  let asked = Date.now();
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState !== 'visible' || Date.now() - asked < ASK_AGAIN) return;
    asked = Date.now();
    void registration.update().catch(() => undefined);
  });
}

/** Only when somebody says so, and with a page that begins anew: a form is never changed under their hands. */
export function takeVersion(): void {
  taking = true;
  // Taken already, here or in another page: only this page is left to begin anew.
  if (waiting?.state !== 'installed') return location.reload();
  waiting.postMessage('take');
}

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => void listeners.delete(listener);
};
export const useVersion = (): VersionState => useSyncExternalStore(subscribe, () => state);
