import { FIELD_GROUPS, type FieldGroup, type View } from '@platform/kernel';
import { documentName, type HeldDocument } from './document-reference';

/** What the read model holds of one field group: codes and dates in `content`, vault references by field in `refs`. */
export interface GroupContent {
  readonly content: Readonly<Record<string, unknown>>;
  readonly refs: Readonly<Record<string, string>>;
  /** References to documents of this group, in the order of their numbers. */
  readonly documents?: readonly HeldDocument[];
}

/** How one field group is shown. Values of the vault never stand here: they are revealed one by one, with a reason. */
export interface ShownGroup {
  readonly view: View;
  readonly [field: string]: unknown;
}

/** One case as one audience sees it. The order of keys is fixed: a preview and the answer it foresees are equal byte for byte. */
export interface CaseView {
  readonly handle: string;
  readonly codename: string;
  readonly groups: Partial<Record<FieldGroup, ShownGroup>>;
}

export interface Companies {
  /** What this audience calls each linked company. */
  readonly of: (dossier: string) => { handle: string; codename: string } | undefined;
}

/** Bands for counts, so that a number says little: 0, 1–3, 4–9, 10 and more. */
export const countBand = (n: number): string => (n === 0 ? '0' : n < 4 ? '1-3' : n < 10 ? '4-9' : '10+');

/** Cuts what the read model holds down to what the views allow. Groups at `none` do not appear at all, not even as a name. */
export function maskCase(
  called: { handle: string; codename: string },
  views: Readonly<Record<FieldGroup, View>>,
  groups: Readonly<Partial<Record<FieldGroup, GroupContent>>>,
  companies: Companies,
  places: { band: (comune: string) => string; region: (comune: string) => string },
): CaseView {
  const shown: Partial<Record<FieldGroup, ShownGroup>> = {};
  for (const group of FIELD_GROUPS) {
    const view = views[group];
    const held = groups[group] ?? EMPTY;
    if (view === 'none') continue;
    if (view === 'aggregate' && group !== 'TERR') continue; // aggregates are counted over many cases, never shown on one
    shown[group] = { view, ...MASKS[group](view, held, called, companies, places), ...documents(view, held) };
  }
  return { handle: called.handle, codename: called.codename, groups: shown };
}

const EMPTY: GroupContent = { content: {}, refs: {} };

type Mask = (
  view: View,
  held: GroupContent,
  called: { handle: string; codename: string },
  companies: Companies,
  places: { band: (comune: string) => string; region: (comune: string) => string },
) => Record<string, unknown>;

const fieldsOf = (held: GroupContent): string[] => Object.keys(held.refs).sort();

/** Vault groups: who sees them in full sees which values may be revealed; the pseudonym is all that is ever shown of a person. */
const person: Mask = (view, held, called) =>
  view === 'full' ? { codename: called.codename, revealable: fieldsOf(held) } : { codename: called.codename };
const vaulted: Mask = (view, held) => (view === 'full' ? { revealable: fieldsOf(held) } : { recorded: fieldsOf(held).length > 0 });
/** What was written beside the codes lies in the vault: whoever sees the group in full is told what of it there is to open. */
const written = (held: GroupContent): { revealable?: string[] } =>
  Object.keys(held.refs).length === 0 ? {} : { revealable: fieldsOf(held) };
/** Sealed groups: codes in full; banded, only whether something is recorded. */
const sealed: Mask = (view, held) => (view === 'full' ? { ...held.content } : { recorded: Object.keys(held.content).length > 0 });

const texts = (value: unknown): string[] => (Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : []);

const exploitation: Mask = (view, held) => {
  const indicators = texts(held.content.indicators);
  if (view === 'banded') return { indicators: countBand(indicators.length) };
  if (view === 'codes') return { indicators, indication: held.content.indication ?? null };
  return { ...held.content, ...written(held) };
};

const companyLinks: Mask = (view, held, _called, companies) => ({
  companies: texts(held.content.dossiers)
    .map((dossier) => companies.of(dossier))
    .filter((one) => one !== undefined),
  ...(view === 'full' ? { revealable: fieldsOf(held) } : {}),
});

const territory: Mask = (view, held, _called, _companies, places) => {
  const comune = typeof held.content.comune === 'string' ? held.content.comune : '';
  if (!comune) return {};
  if (view === 'full') return { comune, from: held.content.from ?? null, to: held.content.to ?? null };
  return view === 'aggregate' ? { region: places.region(comune) } : { province: places.band(comune) };
};

/** In full, or not at all: no count and no "something is recorded" tells whoever sees less that a document exists. */
const documents = (view: View, { documents: held = [] }: GroupContent): { documents?: object[] } =>
  view !== 'full' || held.length === 0 ? {} : { documents: documentLines(held) };

/** References as they are told: what and where in codes, never what lies in the vault nor where it lies. */
export const documentLines = (held: readonly HeldDocument[]): object[] =>
  held.map(({ group, number, kind, dated, received, keeper, fingerprintRef, withdrawn }) => ({
    ...{ reference: documentName({ group, number }), kind, dated: dated ?? null, received, keeper },
    ...{ fingerprint: fingerprintRef !== undefined, withdrawn: withdrawn ?? null },
  }));

/** How far the path is; a band of it would say as much. */
const plan: Mask = (view, held) => (view === 'full' ? { ...held.content, ...written(held) } : view === 'codes' ? { ...held.content } : {});

const MASKS: Record<FieldGroup, Mask> = {
  REF: (_view, held) => ({ ...held.content }),
  ID: person,
  CON: vaulted,
  PROT: vaulted,
  FAM: vaulted,
  HEA: sealed,
  LEG: sealed,
  OFF: sealed,
  PLAN: plan,
  NEED: (_view, held) => ({ needs: texts(held.content.needs) }),
  EXP: exploitation,
  COMP: companyLinks,
  TERR: territory,
};
