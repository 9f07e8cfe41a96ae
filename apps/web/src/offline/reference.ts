import type { QueryClient } from '@tanstack/react-query';
import { get } from '../api/client';
import { rememberComuni, type Comune } from '../text/known-comuni';
import type { OpenLocker } from './locker';
import { one, put } from './outbox';

/** What a form needs to be filled without a line: words to choose from and the municipalities of one's region. Nothing about anybody. */
interface Reference {
  readonly region: string;
  readonly codes: unknown;
  readonly comuni: readonly Comune[];
  readonly teams: unknown;
}
const ID = (locker: OpenLocker): string => `reference ${locker.id}`;
const CODES = ['/api/codes', {}, {}, ''] as const;

/** Put by while there is a line. */
export async function takeAlong(locker: OpenLocker, client: QueryClient, me: { region: string; teams: unknown }): Promise<void> {
  const [codes, comuni] = await Promise.all([
    get<unknown>('/api/codes', { passive: true }),
    get<{ items: readonly Comune[] }>('/api/comuni/all', { query: { region: me.region } as never, passive: true }),
  ]);
  client.setQueryData(CODES, codes);
  await put(locker, 'reference', ID(locker), {
    region: me.region,
    teams: me.teams,
    codes: codes.data,
    comuni: comuni.data.items,
  } satisfies Reference);
  rememberComuni(me.region, comuni.data.items);
}

/** Laid out where forms look, when the locker is opened. */
export async function layOut(locker: OpenLocker, client: QueryClient): Promise<void> {
  const reference = await one<Reference>(locker, 'reference', ID(locker));
  if (!reference) return;
  rememberComuni(reference.region, reference.comuni);
  if (client.getQueryData(CODES) === undefined) client.setQueryData(CODES, { data: reference.codes, text: '', etag: undefined });
}
