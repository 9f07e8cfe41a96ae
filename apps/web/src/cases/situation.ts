/** What a case has in common with others, as `/api/cases/{handle}/links` tells whoever has it in charge. */
export interface CaseLink {
  /** Random: the same on each case of a situation, and nothing else. */
  readonly link: string;
  readonly reason: 'one_situation' | 'joint_referral' | 'confirmed_match';
  readonly cases: readonly { readonly handle: string; readonly codename: string }[];
}

const situationsOf = (links: readonly CaseLink[]): readonly string[] =>
  links.filter(({ reason }) => reason === 'one_situation').map(({ link }) => link);

/** The link two cases are to carry: that of a situation one of them is part of already, the other's first; else a new one. */
export function sharedLink(ours: readonly CaseLink[], theirs: readonly CaseLink[], fresh: string): string {
  const both = situationsOf(ours).find((link) => situationsOf(theirs).includes(link));
  return both ?? situationsOf(theirs)[0] ?? situationsOf(ours)[0] ?? fresh;
}

export const carries = (links: readonly CaseLink[], link: string): boolean => links.some((one) => one.link === link);
