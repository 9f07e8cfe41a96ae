import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import { RELATIONS } from '@platform/access';
import { FIELD_GROUPS, ORGANISATION_KINDS } from '@platform/kernel';
import { parse } from 'yaml';

export interface Specimen extends Record<string, unknown> {
  commands: Record<string, { may: Record<string, Record<string, unknown>> }>;
  relations: Record<string, Record<string, unknown>>;
  limits: Record<string, unknown>[];
  seal: Record<string, unknown>;
}

export const cells = (word: string): string => FIELD_GROUPS.map(() => word).join(' ');
const because = { it: 'prova', en: 'specimen' };
const own = parse(readFileSync(path.join(__dirname, '..', 'src', 'regions.policy.yaml'), 'utf8')) as Specimen;

/** An access policy of full size as data: the commands of this context, and a reading half made here, so that no other context's file is needed. */
export const specimen = (): Specimen => ({
  ...{ policy: 'cases', version: '1', columns: FIELD_GROUPS.join(' '), commands: structuredClone(own.commands) },
  kinds: { everybody: { id: 'K-ALL', kinds: [...ORGANISATION_KINDS], relations: [...RELATIONS], cells: cells('P'), because } },
  relations: Object.fromEntries(
    RELATIONS.map((name, n) => [
      name,
      {
        id: `R-${n}`,
        cells: cells('P'),
        bound_by: ['kind'],
        grant: 'required',
        purposes: ['joint_case'],
        phases: ['Emersion'],
        acr: 2,
        because,
      },
    ]),
  ),
  limits: [{ id: 'L-HEA', group: 'HEA', disciplines: ['physician'], others: '-', because }],
  seal: { id: 'S-SEAL', readers: 'nobody', because },
});
