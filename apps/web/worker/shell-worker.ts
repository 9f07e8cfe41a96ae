// Keeps the page itself, and nothing the server says: what is asked of the API goes past here. A new version waits until somebody takes it, so
// that no page changes under a form.

/** Filled in by the build: files of this version, first parts of addresses that are screens, and a name that changes with the files. */
declare const SHELL: readonly string[];
declare const SCREENS: readonly string[];
declare const VERSION: string;

// The library of types knows workers of any kind.
const worker = self as unknown as ServiceWorkerGlobalScope;
const PREFIX = 'rete-';
const CACHE = PREFIX + VERSION;
const PAGE = '/index.html';

worker.addEventListener('install', (event) => {
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll([...SHELL])));
});

worker.addEventListener('activate', (event) => {
  const old = async (): Promise<void> => {
    // Oldest first. The version before stays for pages that still show it: a part of theirs that is missing would take what is typed with it.
    const names = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== CACHE);
    await Promise.all(names.slice(0, -1).map((name) => caches.delete(name)));
  };
  event.waitUntil(old());
});

worker.addEventListener('message', (event) => {
  if (event.data === 'take') void worker.skipWaiting();
});

worker.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== worker.location.origin) return;
  if (request.mode === 'navigate') {
    if (SCREENS.includes(pathname.split('/')[1] ?? '')) event.respondWith(fromShell(PAGE, request));
  } else if (SHELL.includes(pathname)) event.respondWith(fromShell(pathname, request));
  else if (pathname.startsWith('/assets/')) event.respondWith(keeping(request));
});

async function fromShell(address: string, request: Request): Promise<Response> {
  const cache = await caches.open(CACHE);
  return (await cache.match(address)) ?? fetch(request);
}

/** Screens somebody has been to open without a line as well. Their names change with their content: whichever version holds one holds the right one. */
async function keeping(request: Request): Promise<Response> {
  const known = await caches.match(request);
  if (known) return known;
  const response = await fetch(request);
  if (response.ok) await (await caches.open(CACHE)).put(request, response.clone());
  return response;
}
