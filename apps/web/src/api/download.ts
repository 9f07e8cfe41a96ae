import { problemOf } from './problem';
import { addressOf, type Asking, type GetPath, type Purpose, type Reading } from './client';

/** Forms a list can be taken away in. */
export const FORMS = {
  csv: 'text/csv',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  pdf: 'application/pdf',
} as const;
export type Form = keyof typeof FORMS;

async function ask(
  address: string,
  { purpose, signal }: Pick<Asking, 'purpose' | 'signal'>,
  headers: Readonly<Record<string, string>>,
): Promise<Response> {
  const response = await fetch(address, {
    headers: { ...(purpose === undefined ? {} : { 'Raccordo-Purpose': purpose }), ...headers },
    credentials: 'same-origin',
    cache: 'no-store',
    signal: signal ?? null,
  });
  if (!response.ok) throw await problemOf(response);
  return response;
}

/** A file as it comes, byte for byte: nothing is parsed, and nothing of it is kept. */
export const fetchFile = async (path: GetPath, purpose?: Purpose): Promise<Blob> => (await ask(path, { purpose }, {})).blob();

/** A list as a file, and where its next piece begins. */
export async function fetchList<P extends GetPath>(
  path: P,
  form: Form,
  reading: Reading<P>,
  language: string,
): Promise<{ file: Blob; next: string | undefined }> {
  const response = await ask(addressOf(path, reading), reading, { Accept: FORMS[form], 'Accept-Language': language });
  return { file: await response.blob(), next: response.headers.get('Raccordo-Next') ?? undefined };
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
