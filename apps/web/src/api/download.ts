import { problemOf } from './problem';
import type { GetPath, Purpose } from './client';

/** A file as it comes, byte for byte: nothing is parsed, and nothing of it is kept. */
export async function fetchFile(path: GetPath, purpose?: Purpose): Promise<Blob> {
  const response = await fetch(path, {
    headers: purpose === undefined ? {} : { 'Raccordo-Purpose': purpose },
    credentials: 'same-origin',
    cache: 'no-store',
  });
  if (!response.ok) throw await problemOf(response);
  return response.blob();
}

/** Hands a file to the person, as the browser does with any download. */
export function saveFile(content: Blob, name: string): void {
  const address = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}
