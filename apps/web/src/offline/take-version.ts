import { useSyncExternalStore } from 'react';

/** A version that is installed and waits to be taken. */
let waiting: ServiceWorker | undefined;
const listeners = new Set<() => void>();

const found = (worker: ServiceWorker | null): void => {
  if (!worker) return;
  waiting = worker;
  for (const listener of listeners) listener();
};

/** The page can open without a line from its second visit on. Without TLS, or in a private window, it cannot, and nothing else changes. */
export async function keepShell(): Promise<void> {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return;
  const registration = await navigator.serviceWorker.register('/sw.js', { updateViaCache: 'none' });
  found(registration.waiting);
  registration.addEventListener('updatefound', () => {
    const coming = registration.installing;
    coming?.addEventListener('statechange', () => {
      // The very first one replaces nothing: nobody need be asked.
      if (coming.state === 'installed' && navigator.serviceWorker.controller) found(coming);
    });
  });
}

/** Only when somebody says so, and with a page that begins anew: a form is never changed under their hands. */
export function takeVersion(): void {
  if (!waiting) return location.reload();
  navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true });
  waiting.postMessage('take');
}

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => void listeners.delete(listener);
};
export const useWaitingVersion = (): boolean => useSyncExternalStore(subscribe, () => waiting !== undefined);
