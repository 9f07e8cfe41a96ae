import { useRead } from '../api/query';
import type { Choice } from '../text/codes';

export interface Organisation {
  readonly organisation: string;
  readonly region: string;
  readonly kind: string;
  readonly sector: string;
  /** Null for a company: its designation is no public one. */
  readonly designation: string | null;
  readonly status: string;
  readonly etag: string;
}

/** The network's organisations by their public designation. */
export function useOrganisations(): {
  readonly all: readonly Organisation[];
  readonly name: (id: string) => string;
  readonly choices: (fits: (one: Organisation) => boolean) => readonly Choice[];
} {
  const { data } = useRead<{ items: readonly Organisation[] }>('/api/organisations');
  const all = data?.data.items ?? [];
  return {
    all,
    name: (id) => all.find(({ organisation }) => organisation === id)?.designation ?? '–',
    choices: (fits) =>
      all.filter(fits).map(({ organisation, designation }) => ({ value: organisation, label: designation ?? organisation.slice(-8) })),
  };
}
