/** A context's name becomes part of SQL: it must be a plain word. */
export function assertContextName(context: string): string {
  if (!/^[a-z][a-z_]{1,30}$/.test(context)) throw new Error('a context is a plain lower-case word');
  return context;
}
