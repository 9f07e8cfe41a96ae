/** Runs in the page: everything this origin keeps in the browser, as text, bytes included. */
export async function everythingKept(): Promise<{ records: number; text: string; cached: string[] }> {
  const parts: string[] = [JSON.stringify({ ...localStorage }), JSON.stringify({ ...sessionStorage }), document.cookie];
  let records = 0;
  const say = (value: unknown): string => {
    if (value instanceof ArrayBuffer) return say(new Uint8Array(value));
    if (value instanceof Uint8Array) return String.fromCharCode(...value);
    if (Array.isArray(value)) return value.map(say).join('\n');
    if (typeof value === 'object' && value !== null)
      return Object.entries(value)
        .map(([name, one]) => `${name}: ${say(one)}`)
        .join('\n');
    return String(value);
  };
  for (const { name } of await indexedDB.databases()) {
    const db = await new Promise<IDBDatabase>((resolve, reject) => {
      const asked = indexedDB.open(name ?? '');
      asked.onsuccess = () => resolve(asked.result);
      asked.onerror = () => reject(new Error('the database did not open'));
    });
    for (const store of db.objectStoreNames) {
      const all = await new Promise<unknown[]>((resolve) => {
        const asked = db.transaction(store).objectStore(store).getAll();
        asked.onsuccess = () => resolve(asked.result as unknown[]);
      });
      records += all.length;
      parts.push(say(all));
    }
    db.close();
  }
  const cached: string[] = [];
  for (const name of await caches.keys()) {
    for (const request of await (await caches.open(name)).keys()) cached.push(new URL(request.url).pathname + new URL(request.url).search);
  }
  return { records, text: parts.join('\n'), cached };
}
