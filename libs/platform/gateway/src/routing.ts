/** Service → paths it answers. Below `/api` each stands for everything underneath; any other stands for itself. */
export type Routes = Readonly<Record<string, readonly string[]>>;

/** The service that answers a path; undefined for what the gateway answers itself, or nobody. */
export function serviceFor(routes: Routes, path: string): string | undefined {
  for (const [service, prefixes] of Object.entries(routes))
    if (prefixes.some((prefix) => path === prefix || (prefix.startsWith('/api/') && path.startsWith(`${prefix}/`)))) return service;
  return undefined;
}
