import type { ReactNode } from 'react';
import { useRead } from '../api/query';

interface Comune {
  readonly istat: string;
  readonly name: string;
  readonly province: string;
}

/** A municipality by name, or the coarser place somebody may know. */
export function Place({ of, band }: { readonly of: string | undefined; readonly band?: string | undefined }): ReactNode {
  const { data } = useRead<{ items: readonly Comune[] }, '/api/comuni'>('/api/comuni', {
    query: { istat: of ?? '' },
    enabled: of !== undefined,
    steady: true,
  });
  if (of === undefined) return band ?? '–';
  const found = data?.data.items[0];
  return found ? `${found.name} (${found.province})` : of;
}
