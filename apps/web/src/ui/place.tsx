import type { ReactNode } from 'react';
import { useRead } from '../api/query';
import { useCodes } from '../text/codes';

interface Comune {
  readonly istat: string;
  readonly name: string;
  readonly province: string;
}

const PROVINCE = /^[0-9]{3}$/;

/** A municipality by name, or the coarser place somebody may know instead. */
export function Place({ of, band }: { readonly of: string | undefined; readonly band?: string | undefined }): ReactNode {
  const codes = useCodes();
  const { data } = useRead<{ items: readonly Comune[] }, '/api/comuni'>('/api/comuni', {
    query: { istat: of ?? '' },
    enabled: of !== undefined,
    steady: true,
  });
  if (of === undefined) return band === undefined ? '–' : codes.label(PROVINCE.test(band) ? 'province' : 'region', band);
  const found = data?.data.items[0];
  return found ? `${found.name} (${found.province})` : of;
}
